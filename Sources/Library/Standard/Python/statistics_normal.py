"""The normal distribution, straight lines through points, and the median of grouped data."""
import bisect as _bisect
import math as _math
from collections import namedtuple as _namedtuple

LinearRegression = _namedtuple('LinearRegression', ('slope', 'intercept'))

def _ratio(r, above, below):
    """One polynomial over another, highest power first."""
    num = den = 0.0
    for a, b in zip(above, below):
        num = num * r + a
        den = den * r + b
    return num, den

# Wichura's algorithm AS241 (Applied Statistics 37, 1988): the middle, the tails, and what lies far out.
_MIDDLE = (
    (2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
     1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0),
    (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
     5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0))
_TAIL = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
     3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0))
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0))

def _inverse_cdf(p, mu, sigma):
    q = p - 0.5
    if abs(q) <= 0.425:
        num, den = _ratio(0.180625 - q * q, *_MIDDLE)
        return mu + num * q / den * sigma
    r = _math.sqrt(-_math.log(p if q <= 0.0 else 1.0 - p))
    num, den = _ratio(r - 1.6, *_TAIL) if r <= 5.0 else _ratio(r - 5.0, *_FAR)
    x = num / den
    return mu + (-x if q < 0.0 else x) * sigma

def make(StatisticsError, fmean, stdev):
    """The class and the functions, with what they need of statistics."""
    class NormalDist:
        """Normal distribution of a random variable"""
        def __init__(self, mu=0.0, sigma=1.0):
            if sigma < 0.0:
                raise StatisticsError('sigma must be non-negative')
            self._mu = float(mu)
            self._sigma = float(sigma)

        @classmethod
        def from_samples(cls, data):
            """The distribution that data suggests."""
            data = list(data)
            spread = stdev(data)
            return cls(fmean(data), spread)

        def samples(self, n, *, seed=None):
            """n random samples."""
            import random as _random
            gauss = _random.gauss if seed is None else _random.Random(seed).gauss
            return [gauss(self._mu, self._sigma) for _ in range(n)]

        def pdf(self, x):
            """The density at x."""
            variance = self._sigma * self._sigma
            if not variance:
                raise StatisticsError('pdf() not defined when sigma is zero')
            diff = x - self._mu
            return _math.exp(diff * diff / (-2.0 * variance)) / _math.sqrt(_math.tau * variance)

        def cdf(self, x):
            """The probability of values up to x."""
            if not self._sigma:
                raise StatisticsError('cdf() not defined when sigma is zero')
            return 0.5 * (1.0 + _math.erf((x - self._mu) / (self._sigma * _math.sqrt(2.0))))

        def inv_cdf(self, p):
            """The x whose cdf is p."""
            if p <= 0.0 or p >= 1.0:
                raise StatisticsError('p must be in the range 0.0 < p < 1.0')
            if self._sigma <= 0.0:
                raise StatisticsError('cdf() not defined when sigma at or below zero')
            return _inverse_cdf(p, self._mu, self._sigma)

        def quantiles(self, n=4):
            """The n - 1 points that part the distribution in n of equal probability."""
            return [self.inv_cdf(i / n) for i in range(1, n)]

        def overlap(self, other):
            """How much two distributions have in common, from 0.0 to 1.0."""
            if not isinstance(other, NormalDist):
                raise TypeError('Expected another NormalDist instance')
            X, Y = self, other
            if (Y._sigma, Y._mu) < (X._sigma, X._mu):
                X, Y = Y, X
            X_var, Y_var = X.variance, Y.variance
            if not X_var or not Y_var:
                raise StatisticsError('overlap() not defined when sigma is zero')
            dv = Y_var - X_var
            dm = abs(Y._mu - X._mu)
            if not dv:
                return 1.0 - _math.erf(dm / (2.0 * X._sigma * _math.sqrt(2.0)))
            a = X._mu * Y_var - Y._mu * X_var
            b = X._sigma * Y._sigma * _math.sqrt(dm * dm + dv * _math.log(Y_var / X_var))
            x1, x2 = (a + b) / dv, (a - b) / dv
            return 1.0 - (abs(Y.cdf(x1) - X.cdf(x1)) + abs(Y.cdf(x2) - X.cdf(x2)))

        def zscore(self, x):
            """How many standard deviations x is above the mean."""
            if not self._sigma:
                raise StatisticsError('zscore() not defined when sigma is zero')
            return (x - self._mu) / self._sigma

        mean = median = mode = property(lambda self: self._mu)
        stdev = property(lambda self: self._sigma)
        variance = property(lambda self: self._sigma * self._sigma)

        def __add__(self, other):
            if isinstance(other, NormalDist):
                return NormalDist(self._mu + other._mu, _math.hypot(self._sigma, other._sigma))
            return NormalDist(self._mu + other, self._sigma)

        __radd__ = __add__

        def __sub__(self, other):
            if isinstance(other, NormalDist):
                return NormalDist(self._mu - other._mu, _math.hypot(self._sigma, other._sigma))
            return NormalDist(self._mu - other, self._sigma)

        def __rsub__(self, other):
            return -(self - other)

        def __mul__(self, other):
            return NormalDist(self._mu * other, self._sigma * abs(other))

        __rmul__ = __mul__

        def __truediv__(self, other):
            return NormalDist(self._mu / other, self._sigma / abs(other))

        def __pos__(self):
            return NormalDist(self._mu, self._sigma)

        def __neg__(self):
            return NormalDist(-self._mu, self._sigma)

        def __eq__(self, other):
            if not isinstance(other, NormalDist):
                return NotImplemented
            return self._mu == other._mu and self._sigma == other._sigma

        def __hash__(self):
            return hash((self._mu, self._sigma))

        def __repr__(self):
            return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'

    NormalDist.__qualname__ = 'NormalDist'

    def linear_regression(x, y, /, *, proportional=False):
        """Slope and intercept of the straight line nearest to points."""
        n = len(x)
        if len(y) != n:
            raise StatisticsError('linear regression requires that both inputs have same number of data points')
        if n < 2:
            raise StatisticsError('linear regression requires at least two data points')
        xbar = 0.0 if proportional else _math.fsum(x) / n
        ybar = 0.0 if proportional else _math.fsum(y) / n
        sxy = _math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y))
        sxx = _math.fsum((xi - xbar) * (xi - xbar) for xi in x)
        try:
            slope = sxy / sxx
        except ZeroDivisionError:
            raise StatisticsError('x is constant')
        return LinearRegression(slope=slope, intercept=0.0 if proportional else ybar - slope * xbar)

    def median_grouped(data, interval=1.0):
        """The middle of data that is grouped in intervals around its values."""
        data = sorted(data)
        n = len(data)
        if not n:
            raise StatisticsError('no median for empty data')
        x = data[n // 2]
        i = _bisect.bisect_left(data, x)
        j = _bisect.bisect_right(data, x, lo=i)
        try:
            interval, x = float(interval), float(x)
        except ValueError:
            raise TypeError('Value cannot be converted to a float')
        return x - interval / 2.0 + interval * (n / 2 - i) / (j - i)

    return NormalDist, linear_regression, median_grouped

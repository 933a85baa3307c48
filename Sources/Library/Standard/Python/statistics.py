"""Averages and spread."""
import math
from fractions import Fraction

class StatisticsError(ValueError):
    """There is too little data."""

def _exact(data):
    data = list(data)
    total = Fraction(0)
    floats = False
    for x in data:
        if isinstance(x, float):
            floats = True
            if not math.isfinite(x):
                return data, math.fsum(data), True
        elif not hasattr(x, 'numerator'):
            raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")
        total += Fraction(x)
    return data, total, floats

def _back(value, floats):
    if not isinstance(value, Fraction):
        return value
    if floats or value.denominator != 1:
        return float(value)
    return int(value)

def mean(data):
    """The arithmetic mean."""
    data, total, floats = _exact(data)
    if not data:
        raise StatisticsError('mean requires at least one data point')
    return _back(total / len(data), floats)

def fmean(data, weights=None):
    """The arithmetic mean as a float."""
    data = list(map(float, data))
    if weights is None:
        if not data:
            raise StatisticsError('fmean requires at least one data point')
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError('data and weights must be the same length')
    total = math.fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return math.fsum(x * w for x, w in zip(data, weights)) / total

def geometric_mean(data):
    """The geometric mean."""
    try:
        return math.exp(fmean(map(math.log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None

def harmonic_mean(data, weights=None):
    """The harmonic mean."""
    data = list(data)
    if not data:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if any(x < 0 for x in data):
        raise StatisticsError('harmonic mean does not support negative values')
    if 0 in data:
        return 0
    if weights is None:
        weights = [1] * len(data)
    total = sum((Fraction(w / x) for w, x in zip(weights, data)), Fraction(0))
    return float(Fraction(sum(weights)) / total)

def median(data):
    """The middle value, or the mean of the two in the middle."""
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError('no median for empty data')
    if n % 2 == 1:
        return data[n // 2]
    return (data[n // 2 - 1] + data[n // 2]) / 2

def median_low(data):
    """The middle value, or the lower of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[(len(data) - 1) // 2]

def median_high(data):
    """The middle value, or the higher of the two in the middle."""
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data[len(data) // 2]

def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts

def mode(data):
    """The commonest value."""
    counts = _counts(data)
    if not counts:
        raise StatisticsError('no mode for empty data')
    return max(counts, key=counts.get)

def multimode(data):
    """All values that are commonest."""
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]

def _squares(data, center):
    data, total, floats = _exact(data)
    if not isinstance(total, Fraction):
        c = total / len(data)
        return data, sum((x - c) ** 2 for x in data), True
    c = total / len(data) if center is None and data else Fraction(center or 0)
    return data, sum(((Fraction(x) - c) ** 2 for x in data), Fraction(0)), floats

def variance(data, xbar=None):
    """The sample variance."""
    data, squares, floats = _squares(data, xbar)
    if len(data) < 2:
        raise StatisticsError('variance requires at least two data points')
    return _back(squares / (len(data) - 1), floats)

def pvariance(data, mu=None):
    """The variance of a whole population."""
    data, squares, floats = _squares(data, mu)
    if not data:
        raise StatisticsError('pvariance requires at least one data point')
    return _back(squares / len(data), floats)

def _root(value):
    if not isinstance(value, Fraction):
        return math.sqrt(value)
    n, d = value.numerator, value.denominator
    if n == 0:
        return 0.0
    shift = max(0, 128 - (n.bit_length() - d.bit_length()))
    shift += shift % 2
    scaled = (n << shift) // d
    root = math.isqrt(scaled)
    if root * root != scaled or (n << shift) % d:
        root = root * 2 + 1
        return float(Fraction(root, 2 << (shift // 2)))
    return float(Fraction(root, 1 << (shift // 2)))

def stdev(data, xbar=None):
    """The sample standard deviation."""
    data, squares, floats = _squares(data, xbar)
    if len(data) < 2:
        raise StatisticsError('stdev requires at least two data points')
    return _root(squares / (len(data) - 1))

def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    data, squares, floats = _squares(data, mu)
    if not data:
        raise StatisticsError('pstdev requires at least one data point')
    return _root(squares / len(data))

def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 points that part the data in n groups of equal size."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    result = []
    if method == 'inclusive':
        m = size - 1
        for i in range(1, n):
            j, delta = divmod(i * m, n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method != 'exclusive':
        raise ValueError(f'Unknown method: {method!r}')
    m = size + 1
    for i in range(1, n):
        j = i * m // n
        j = 1 if j < 1 else size - 1 if j > size - 1 else j
        delta = i * m - j * n
        result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return result

def covariance(x, y, /):
    """The sample covariance."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError('covariance requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('covariance requires at least two data points')
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    return math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y)) / (n - 1)

def correlation(x, y, /):
    """Pearson's correlation coefficient."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError('correlation requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError('correlation requires at least two data points')
    xbar = math.fsum(x) / n
    ybar = math.fsum(y) / n
    sxy = math.fsum((xi - xbar) * (yi - ybar) for xi, yi in zip(x, y))
    sxx = math.fsum((xi - xbar) ** 2.0 for xi in x)
    syy = math.fsum((yi - ybar) ** 2.0 for yi in y)
    try:
        return sxy / math.sqrt(sxx * syy)
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')

from _statistics_normal import LinearRegression, make as _make
NormalDist, linear_regression, median_grouped = _make(StatisticsError, fmean, stdev)

"""Random numbers from a Mersenne Twister, as Python draws them."""
from _random import Core
from math import log, exp, sqrt, cos, acos, sin, pi, floor, ceil, isfinite, e

TWOPI = 2.0 * pi
NV_MAGICCONST = 4 * exp(-0.5) / sqrt(2.0)
LOG4 = log(4.0)
SG_MAGICCONST = 1.0 + log(4.5)

def _index(value):
    try:
        return value.__index__()
    except AttributeError:
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None

def _whole(value, what):
    """An argument of randrange: an int, or a float that is a whole number."""
    try:
        return _index(value)
    except TypeError:
        whole = int(value)
        if whole != value:
            raise ValueError(f'non-integer {what} for randrange()') from None
        return whole

class Random:
    """A generator of its own."""
    def __init__(self, x=None):
        self._core = Core()
        self.gauss_next = None
        self.seed(x)

    def seed(self, a=None, version=2):
        """Begins the sequence that belongs to a; without a one that differs every time."""
        if a is not None and not isinstance(a, (int, float, str, bytes)):
            raise TypeError('The only supported seed types are: None,\nint, float, str, bytes, and bytearray.')
        self._core.seed(a)
        self.gauss_next = None

    def getstate(self):
        """The state, for setstate."""
        return (3, self._core.getstate(), self.gauss_next)

    def setstate(self, state):
        """Goes back to a state that getstate gave."""
        version, internal, gauss_next = state
        if version != 3:
            raise ValueError(f'state with version {version} passed to Random.setstate() of version 3')
        self._core.setstate(internal)
        self.gauss_next = gauss_next

    def random(self):
        """The next number in [0, 1)."""
        return self._core.random()

    def getrandbits(self, k):
        """An int of k random bits."""
        return self._core.getrandbits(k)

    def randbytes(self, n):
        """n random bytes."""
        return self._core.getrandbits(n * 8).to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=1):
        """A random item of range(start, stop, step)."""
        start = _whole(start, 'arg 1')
        if stop is None:
            if step != 1:
                raise TypeError('Missing a non-None stop argument')
            if start > 0:
                return self._core.below(start)
            raise ValueError('empty range for randrange()')
        stop = _whole(stop, 'stop')
        width = stop - start
        step = _whole(step, 'step')
        if step == 1:
            if width > 0:
                return start + self._core.below(width)
            raise ValueError(f'empty range for randrange() ({start}, {stop}, {width})')
        if step > 0:
            n = (width + step - 1) // step
        elif step < 0:
            n = (width + step + 1) // step
        else:
            raise ValueError('zero step for randrange()')
        if n <= 0:
            raise ValueError('empty range for randrange()')
        return start + step * self._core.below(n)

    def randint(self, a, b):
        """A random int from a to b, both included."""
        return self.randrange(a, b + 1)

    def choice(self, seq):
        """A random item of a sequence."""
        if not len(seq):
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._core.below(len(seq))]

    def shuffle(self, x):
        """Shuffles a list in place."""
        below = self._core.below
        for i in reversed(range(1, len(x))):
            j = below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        """k different items of a sequence, in random order."""
        if isinstance(population, (set, frozenset, dict)) or not hasattr(population, '__getitem__'):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        n = len(population)
        if counts is not None:
            spread = []
            for item, count in zip(population, counts):
                spread.extend([item] * count)
            population = spread
            n = len(population)
        if not 0 <= k <= n:
            raise ValueError('Sample larger than population or is negative')
        below = self._core.below
        result = [None] * k
        # A list costs n places, a set about four for each of k: CPython's choice between them decides what is drawn.
        setsize = 21
        if k > 5:
            setsize += 4 ** ceil(log(k * 3, 4))
        if n <= setsize:
            pool = list(population)
            for i in range(k):
                j = below(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
        else:
            selected = set()
            for i in range(k):
                j = below(n)
                while j in selected:
                    j = below(n)
                selected.add(j)
                result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items, each drawn from all, with weights."""
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                return [population[floor(random() * (n + 0.0))] for _ in range(k)]
            if isinstance(weights, int):
                k = weights
                raise TypeError(f'The number of choices must be a keyword argument: {k=}')
            total = 0
            cum_weights = []
            for w in weights:
                total = total + w if cum_weights else w
                cum_weights.append(total)
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if len(cum_weights) != n:
            raise ValueError('The number of weights does not match the population')
        total = cum_weights[-1] + 0.0
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        if not isfinite(total):
            raise ValueError('Total of weights must be finite')
        result = []
        for _ in range(k):
            x = random() * total
            low, high = 0, n - 1
            while low < high:
                middle = (low + high) // 2
                if x < cum_weights[middle]:
                    high = middle
                else:
                    low = middle + 1
            result.append(population[low])
        return result

    def uniform(self, a, b):
        """A random number between a and b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """From the triangular distribution between low and high."""
        u = self.random()
        try:
            c = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * sqrt(u * c)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """From the normal distribution, by Kinderman and Monahan's ratio method."""
        random = self.random
        while True:
            u1 = random()
            u2 = 1.0 - random()
            z = NV_MAGICCONST * (u1 - 0.5) / u2
            if z * z / 4.0 <= -log(u2):
                break
        return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """From the normal distribution, by Box and Muller's method; two at a time."""
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            x2pi = self.random() * TWOPI
            g2rad = sqrt(-2.0 * log(1.0 - self.random()))
            z = cos(x2pi) * g2rad
            self.gauss_next = sin(x2pi) * g2rad
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """From the distribution whose logarithm is normal."""
        return exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        """From the exponential distribution."""
        return -log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """From the von Mises distribution of angles."""
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        s = 0.5 / kappa
        r = s + sqrt(1.0 + s * s)
        while True:
            u1 = random()
            z = cos(pi * u1)
            d = z / (r + z)
            u2 = random()
            if u2 < 1.0 - d * d or u2 <= (1.0 - d) * exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        u3 = random()
        if u3 > 0.5:
            return (mu + acos(f)) % TWOPI
        return (mu - acos(f)) % TWOPI

    def gammavariate(self, alpha, beta):
        """From the gamma distribution, by Cheng's and by Ahrens and Dieter's methods."""
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        random = self.random
        if alpha > 1.0:
            ainv = sqrt(2.0 * alpha - 1.0)
            bbb = alpha - LOG4
            ccc = alpha + ainv
            while True:
                u1 = random()
                if not 1e-7 < u1 < 0.9999999:
                    continue
                u2 = 1.0 - random()
                v = log(u1 / (1.0 - u1)) / ainv
                x = alpha * exp(v)
                z = u1 * u1 * u2
                r = bbb + ccc * v - x
                if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= log(z):
                    return x * beta
        if alpha == 1.0:
            return -log(1.0 - random()) * beta
        while True:
            u = random()
            b = (e + alpha) / e
            p = b * u
            if p <= 1.0:
                x = p ** (1.0 / alpha)
            else:
                x = -log((b - p) / alpha)
            u1 = random()
            if p > 1.0:
                if u1 <= x ** (alpha - 1.0):
                    break
            elif u1 <= exp(-x):
                break
        return x * beta

    def betavariate(self, alpha, beta):
        """From the beta distribution."""
        y = self.gammavariate(alpha, 1.0)
        if y:
            return y / (y + self.gammavariate(beta, 1.0))
        return 0.0

    def paretovariate(self, alpha):
        """From the Pareto distribution."""
        u = 1.0 - self.random()
        return u ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """From the Weibull distribution."""
        u = 1.0 - self.random()
        return alpha * (-log(u)) ** (1.0 / beta)

class SystemRandom(Random):
    """Seeded by the system; seeding it has no effect."""
    def seed(self, a=None, version=2):
        self._core.seed(None)
        self.gauss_next = None

_inst = Random(0)
_inst._core.begin()
seed = _inst.seed
random = _inst._core.random
uniform = _inst.uniform
triangular = _inst.triangular
randint = _inst.randint
choice = _inst.choice
randrange = _inst.randrange
sample = _inst.sample
shuffle = _inst.shuffle
choices = _inst.choices
normalvariate = _inst.normalvariate
lognormvariate = _inst.lognormvariate
expovariate = _inst.expovariate
vonmisesvariate = _inst.vonmisesvariate
gammavariate = _inst.gammavariate
gauss = _inst.gauss
betavariate = _inst.betavariate
paretovariate = _inst.paretovariate
weibullvariate = _inst.weibullvariate
getstate = _inst.getstate
setstate = _inst.setstate
getrandbits = _inst._core.getrandbits
randbytes = _inst.randbytes

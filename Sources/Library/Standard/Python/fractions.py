"""Exact fractions."""
import math

def _parse(text):
    s = text.strip()
    bad = ValueError(f'Invalid literal for Fraction: {text!r}')
    try:
        if '/' in s:
            numerator, _, denominator = s.partition('/')
            if not denominator[:1].isdigit():
                raise bad
            return int(numerator), int(denominator)
        mantissa, _, exponent = s.lower().partition('e')
        power = int(exponent) if exponent else 0
        whole, _, decimals = mantissa.partition('.')
        n = int((whole or '0') + decimals) if whole not in ('', '-', '+') else int((whole or '') + '0' + decimals)
    except ValueError:
        raise bad from None
    power -= len(decimals)
    return (n * 10 ** power, 1) if power >= 0 else (n, 10 ** -power)

class Fraction:
    """A fraction in lowest terms."""
    def __init__(self, numerator=0, denominator=None):
        if denominator is None:
            if isinstance(numerator, int):
                self._numerator, self._denominator = int(numerator), 1
                return
            if isinstance(numerator, Fraction):
                self._numerator, self._denominator = numerator._numerator, numerator._denominator
                return
            if isinstance(numerator, float):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return
            if not isinstance(numerator, str):
                raise TypeError('argument should be a string or a Rational instance')
            numerator, denominator = _parse(numerator)
        elif not isinstance(numerator, (int, Fraction)) or not isinstance(denominator, (int, Fraction)):
            raise TypeError('both arguments should be Rational instances')
        if isinstance(numerator, Fraction) or isinstance(denominator, Fraction):
            a, b = Fraction(numerator), Fraction(denominator)
            numerator, denominator = a._numerator * b._denominator, a._denominator * b._numerator
        if denominator == 0:
            raise ZeroDivisionError(f'Fraction({numerator}, 0)')
        g = math.gcd(numerator, denominator)
        if denominator < 0:
            g = -g
        self._numerator = numerator // g
        self._denominator = denominator // g

    numerator = property(lambda self: self._numerator)
    denominator = property(lambda self: self._denominator)

    @classmethod
    def from_float(cls, f):
        return cls(f)

    def as_integer_ratio(self):
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction with a denominator of at most max_denominator."""
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        bound1 = Fraction(p0 + k * p1, q0 + k * q1)
        bound2 = Fraction(p1, q1)
        return bound2 if abs(bound2 - self) <= abs(bound1 - self) else bound1

    def __repr__(self):
        return f'Fraction({self._numerator}, {self._denominator})'

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    def _with(self, other, operation, as_float):
        if isinstance(other, int):
            other = Fraction(other)
        if isinstance(other, Fraction):
            return operation(self, other)
        if isinstance(other, float):
            return as_float(float(self), other)
        return NotImplemented

    def __add__(a, b):
        return a._with(b, lambda x, y: Fraction(
            x._numerator * y._denominator + y._numerator * x._denominator, x._denominator * y._denominator),
            lambda x, y: x + y)

    def __radd__(b, a):
        return b + a

    def __sub__(a, b):
        return a._with(b, lambda x, y: Fraction(
            x._numerator * y._denominator - y._numerator * x._denominator, x._denominator * y._denominator),
            lambda x, y: x - y)

    def __rsub__(b, a):
        return -b + a

    def __mul__(a, b):
        return a._with(b, lambda x, y: Fraction(x._numerator * y._numerator, x._denominator * y._denominator),
                       lambda x, y: x * y)

    def __rmul__(b, a):
        return b * a

    def __truediv__(a, b):
        return a._with(b, lambda x, y: Fraction(x._numerator * y._denominator, x._denominator * y._numerator),
                       lambda x, y: x / y)

    def __rtruediv__(b, a):
        if isinstance(a, int):
            return Fraction(a) / b
        return a / float(b) if isinstance(a, float) else NotImplemented

    def __floordiv__(a, b):
        return a._with(b, lambda x, y: (x._numerator * y._denominator) // (x._denominator * y._numerator),
                       lambda x, y: x // y)

    def __rfloordiv__(b, a):
        return Fraction(a) // b if isinstance(a, int) else a // float(b)

    def __mod__(a, b):
        return a._with(b, lambda x, y: x - y * (x // y), lambda x, y: x % y)

    def __rmod__(b, a):
        return Fraction(a) % b if isinstance(a, int) else a % float(b)

    def __divmod__(a, b):
        q = a // b
        return q, a - b * q

    def __pow__(a, b):
        if isinstance(b, int):
            if b >= 0:
                return Fraction(a._numerator ** b, a._denominator ** b)
            if a._numerator == 0:
                raise ZeroDivisionError(f'Fraction({a._denominator ** -b}, 0)')
            return Fraction(a._denominator ** -b, a._numerator ** -b)
        return float(a) ** float(b)

    def __rpow__(b, a):
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        return a ** float(b)

    def __neg__(a):
        return Fraction(-a._numerator, a._denominator)

    def __pos__(a):
        return Fraction(a)

    def __abs__(a):
        return Fraction(abs(a._numerator), a._denominator)

    def __bool__(a):
        return a._numerator != 0

    def __float__(a):
        return a._numerator / a._denominator

    def __int__(a):
        return a.__trunc__()

    def __trunc__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, remainder = divmod(self._numerator, self._denominator)
            if remainder * 2 < self._denominator:
                return floor
            if remainder * 2 > self._denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        return Fraction(round(self * shift), shift) if ndigits > 0 else Fraction(round(self / shift) * shift)

    def __hash__(self):
        if self._denominator == 1:
            return hash(self._numerator)
        return hash((self._numerator, self._denominator))

    def __eq__(a, b):
        if isinstance(b, int):
            return a._numerator == b and a._denominator == 1
        if isinstance(b, Fraction):
            return a._numerator == b._numerator and a._denominator == b._denominator
        if isinstance(b, float):
            return math.isfinite(b) and a == Fraction(b)
        return NotImplemented

    def _compare(a, b, test):
        if isinstance(b, int):
            b = Fraction(b)
        if isinstance(b, Fraction):
            return test(a._numerator * b._denominator, b._numerator * a._denominator)
        if isinstance(b, float):
            return test(a, Fraction(b)) if math.isfinite(b) else test(0.0, b)
        return NotImplemented

    def __lt__(a, b):
        return a._compare(b, lambda x, y: x < y)

    def __le__(a, b):
        return a._compare(b, lambda x, y: x <= y)

    def __gt__(a, b):
        return a._compare(b, lambda x, y: x > y)

    def __ge__(a, b):
        return a._compare(b, lambda x, y: x >= y)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

gcd = math.gcd

"""Functions of single elements and of single numbers, made of numpy's other functions."""
import math
import operator
import numpy as np
from _numpy_arguments import _refuse, _float


def divmod(x1, x2, /):
    """Quotients rounded down, and remainders."""
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


def modf(x, /):
    """Fractional and whole parts."""
    x = _float(x)
    whole = np.trunc(x)
    return np.copysign(x - whole, x), whole


def frexp(x, /):
    """Mantissas between 0.5 and 1 and exponents of two."""
    x = _float(x)
    pairs = [math.frexp(v) for v in np.ravel(x).tolist()]
    mantissa = np.array([m for m, _ in pairs], dtype=x.dtype).reshape(x.shape)
    exponent = np.array([e for _, e in pairs], dtype=np.int32).reshape(x.shape)
    return (mantissa, exponent) if x.ndim else (mantissa[()], exponent[()])


def ldexp(x1, x2, /):
    """x1 · 2 ** x2."""
    return _float(x1) * np.float64(2) ** np.asarray(x2)


def float_power(x1, x2, /):
    """Powers in double precision."""
    return np.power(np.asarray(x1, dtype=np.float64), np.asarray(x2, dtype=np.float64))


def logaddexp2(x1, x2, /):
    """log2(2 ** x1 + 2 ** x2)."""
    x1, x2 = _float(x1), _float(x2)
    largest = np.maximum(x1, x2)
    return largest + np.log1p(np.exp2(np.minimum(x1, x2) - largest)) * 1.4426950408889634


def fix(x, out=None):
    """Rounded towards zero."""
    _refuse('fix', out=out)
    return np.trunc(x)


def sinc(x):
    """sin(πx) / (πx), 1 at 0."""
    x = _float(x)
    y = np.pi * np.where(x == 0, 1.0e-20, x)
    return np.sin(y) / y


def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """Angles without jumps of a whole period."""
    p = _float(p)
    if discont is None:
        discont = period / 2
    difference = np.diff(p, axis=axis)
    low = -period / 2
    modulo = np.mod(difference - low, period) + low
    modulo = np.where((modulo == low) & (difference > 0), -low, modulo)
    correction = modulo - difference
    correction = np.where(np.abs(difference) < discont, 0, correction)
    first = np.take(p, [0], axis=axis)
    return np.concatenate([first, np.take(p, range(1, p.shape[axis]), axis=axis) + np.cumsum(correction, axis=axis)], axis=axis)


def iterable(y):
    """Whether it can be iterated over."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


def isreal(x):
    """True for every element: numbers are real."""
    result = np.ones(np.shape(x), dtype=bool)
    return result if np.ndim(x) else True


def iscomplex(x):
    """False for every element: numbers are real."""
    result = np.zeros(np.shape(x), dtype=bool)
    return result if np.ndim(x) else False


def isrealobj(x):
    """True: numbers are real."""
    return True


def iscomplexobj(x):
    """False: numbers are real."""
    return False


def real(val):
    """The array itself."""
    return np.asarray(val) if not isinstance(val, (int, float, np.generic)) else val


def conjugate(x, /):
    """The array itself."""
    return real(x)


conj = conjugate


def binary_repr(num, width=None):
    """The binary digits of a number."""
    num = operator.index(num)
    if num >= 0:
        return bin(num)[2:].zfill(width or 0)
    if width is None:
        return '-' + bin(-num)[2:]
    return bin(2 ** width + num)[2:].zfill(width)


def base_repr(number, base=2, padding=0):
    """The digits of a number in some base."""
    if not 2 <= base <= 36:
        raise ValueError('Bases greater than 36 not handled in base_repr.' if base > 36
                         else 'Bases less than 2 not handled in base_repr.')
    n, digits = abs(int(number)), []
    while n:
        digits.append('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % base])
        n //= base
    digits.append('0' * padding if digits else '0' * (padding or 1))
    return ('-' if number < 0 else '') + ''.join(reversed(digits))

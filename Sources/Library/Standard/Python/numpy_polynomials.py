"""Polynomials by their coefficients, made of numpy's other functions."""
import numpy as np
from _numpy_arguments import _refuse


def _coefficients(p):
    return np.asarray(p.coeffs if hasattr(p, 'coeffs') else p)


def polyadd(a1, a2):
    """The sum of polynomials."""
    a1, a2 = np.atleast_1d(_coefficients(a1)), np.atleast_1d(_coefficients(a2))
    n = len(a2) - len(a1)
    if n > 0:
        a1 = np.concatenate([np.zeros(n, a1.dtype), a1])
    elif n < 0:
        a2 = np.concatenate([np.zeros(-n, a2.dtype), a2])
    return a1 + a2


def polysub(a1, a2):
    """The difference of polynomials."""
    return polyadd(a1, -np.atleast_1d(_coefficients(a2)))


def polymul(a1, a2):
    """The product of polynomials."""
    return np.convolve(np.atleast_1d(_coefficients(a1)), np.atleast_1d(_coefficients(a2)))


def polydiv(u, v):
    """Quotient and remainder of polynomials."""
    u, v = np.atleast_1d(_coefficients(u)) + 0.0, np.atleast_1d(_coefficients(v)) + 0.0
    m, n = len(u) - 1, len(v) - 1
    scale = 1.0 / v[0]
    q = np.zeros((max(m - n + 1, 1),))
    r = u.copy()
    for k in range(0, m - n + 1):
        d = scale * r[k]
        q[k] = d
        r[k:k + n + 1] -= d * v
    while np.allclose(r[0], 0, rtol=1e-14) and r.shape[-1] > 1:
        r = r[1:]
    return q, r


def _like(p, made):
    return poly1d(made) if isinstance(p, poly1d) else made


def polyder(p, m=1):
    """The derivative of a polynomial."""
    if m < 0:
        raise ValueError('Order of derivative must be positive (see polyint)')
    c = np.asarray(_coefficients(p))
    for _ in range(m):
        c = c[:-1] * np.arange(len(c) - 1, 0, -1)
    return _like(p, c)


def polyint(p, m=1, k=None):
    """The antiderivative of a polynomial."""
    if m < 0:
        raise ValueError('Order of integral must be positive (see polyder)')
    c = np.asarray(_coefficients(p))
    constants = [0] * m if k is None else [k] * m if np.ndim(k) == 0 else list(k)
    if len(constants) == 1 and m > 1:
        constants *= m
    if len(constants) < m:
        raise ValueError('k must be a scalar or a rank-1 array of length 1 or >m.')
    for constant in constants[:m]:
        c = np.concatenate([c / np.arange(len(c), 0, -1), [constant]])
    return _like(p, c)


def polyval(p, x):
    """The value of a polynomial."""
    coefficients = np.asarray(_coefficients(p))
    y = 0 if isinstance(x, poly1d) else np.zeros_like(x)
    for c in coefficients:
        y = y * x + c
    return y


def poly(seq_of_zeros):
    """The coefficients of the polynomial that is zero there, or a matrix's characteristic polynomial."""
    zeros = np.atleast_1d(seq_of_zeros)
    if zeros.ndim == 2 and zeros.shape[0] == zeros.shape[1] and zeros.shape[0]:
        zeros = np.linalg.eigvals(zeros)
    elif zeros.ndim != 1:
        raise ValueError('input must be 1d or non-empty square 2d array.')
    if len(zeros) == 0:
        return 1.0
    c = np.ones(1, dtype=np.result_type(zeros, np.float64) if zeros.dtype.kind != 'f' else zeros.dtype)
    for zero in zeros:
        c = np.convolve(c, np.array([1, -zero], dtype=c.dtype))
    return c


def roots(p):
    """Where a polynomial is zero, as far as those are real numbers."""
    p = np.atleast_1d(_coefficients(p))
    if p.ndim != 1:
        raise ValueError('Input must be a rank-1 array.')
    nonzero = np.nonzero(p)[0]
    if len(nonzero) == 0:
        return np.array([])
    zeros_at_end = len(p) - int(nonzero[-1]) - 1
    p = p[int(nonzero[0]):int(nonzero[-1]) + 1]
    p = p if p.dtype.kind == 'f' else p.astype(float)
    n = len(p)
    if n > 1:
        companion = np.diag(np.ones(n - 2, p.dtype), -1)
        companion[0, :] = -p[1:] / p[0]
        try:
            found = np.linalg.eigvals(companion)
        except NotImplementedError:
            raise NotImplementedError('numpy.roots of a polynomial with complex roots is not available in tnb') from None
    else:
        found = np.array([])
    return np.concatenate([found, np.zeros(zeros_at_end, found.dtype)])


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """The coefficients of a fitted polynomial."""
    order = int(deg) + 1
    x, y = np.asarray(x) + 0.0, np.asarray(y) + 0.0
    if deg < 0:
        raise ValueError('expected deg >= 0')
    if x.ndim != 1:
        raise TypeError('expected 1D vector for x')
    if x.size == 0:
        raise TypeError('expected non-empty vector for x')
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError('expected 1D or 2D array for y')
    if x.shape[0] != y.shape[0]:
        raise TypeError('expected x and y to have same length')
    if rcond is None:
        rcond = len(x) * np.finfo(x.dtype).eps
    lhs, rhs = np.vander(x, order), y
    if w is not None:
        w = np.asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError('expected a 1-d array for weights')
        if w.shape[0] != y.shape[0]:
            raise TypeError('expected w and y to have the same length')
        lhs = lhs * w[:, None]
        rhs = rhs * (w[:, None] if rhs.ndim == 2 else w)
    scale = np.sqrt((lhs * lhs).sum(axis=0))
    lhs = lhs / scale
    c, residuals, rank, s = np.linalg.lstsq(lhs, rhs, rcond)
    c = (c.T / scale).T
    if full:
        return c, residuals, rank, s, rcond
    if not cov:
        return c
    base = np.linalg.inv(np.dot(lhs.T, lhs)) / np.outer(scale, scale)
    if cov != 'unscaled':
        if len(x) <= order:
            raise ValueError('the number of data points must exceed order to scale the covariance matrix')
        factor = residuals / (len(x) - order)
    else:
        factor = 1
    return c, base * factor if y.ndim == 1 else base[:, :, None] * factor


def _lifted(text):
    """The text with its exponents on a line above."""
    upper, lower = '', ''
    while '**' in text:
        before, text = text.split('**', 1)
        power = ''
        while text and text[0].isdigit():
            power, text = power + text[0], text[1:]
        upper += ' ' * (len(before) - 1) + power
        lower += before + ' ' * (len(power) - 1)
    return ' ' + upper + '\n' + lower + text


class poly1d:
    """A polynomial that can be called and computed with."""
    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            self._coeffs, self._variable = c_or_r._coeffs, variable or c_or_r._variable
            return
        c = np.atleast_1d(poly(c_or_r) if r else c_or_r)
        if c.ndim > 1:
            raise ValueError('Polynomial must be 1d only.')
        c = np.trim_zeros(c, trim='f')
        self._coeffs, self._variable = c if len(c) else np.array([0], dtype=c.dtype), variable or 'x'

    c = coef = coefficients = coeffs = property(lambda self: self._coeffs)
    o = order = property(lambda self: len(self._coeffs) - 1)
    r = roots = property(lambda self: roots(self._coeffs))
    variable = property(lambda self: self._variable)
    __hash__ = None

    def __array__(self, t=None, copy=None):
        return np.asarray(self._coeffs, t)

    def __repr__(self):
        return f'poly1d({repr(self._coeffs)[6:-1]})'

    def __len__(self):
        return self.order

    def __str__(self):
        parts = []
        for k, coefficient in enumerate(self._coeffs):
            power = self.order - k
            text = f'{float(coefficient):.4g}'
            if text == '0' and not (power == 0 and self.order == 0):
                continue
            text += '' if power == 0 else f' {self._variable}' if power == 1 else f' {self._variable}**{power}'
            if not parts:
                parts.append(text)
            else:
                parts.append(f' - {text[1:]}' if text.startswith('-') else f' + {text}')
        return _lifted(''.join(parts) or '0')

    def __call__(self, val):
        return polyval(self, val)

    def __neg__(self):
        return poly1d(-self._coeffs)

    def __pos__(self):
        return self

    def __mul__(self, other):
        return poly1d(self._coeffs * other if np.isscalar(other) else polymul(self, poly1d(other)))

    __rmul__ = __mul__

    def __add__(self, other):
        return poly1d(polyadd(self, poly1d(other)))

    __radd__ = __add__

    def __sub__(self, other):
        return poly1d(polysub(self, poly1d(other)))

    def __rsub__(self, other):
        return poly1d(polysub(poly1d(other), self))

    def __pow__(self, val):
        if not np.isscalar(val) or int(val) != val or val < 0:
            raise ValueError('Power to non-negative integers only.')
        result = [1]
        for _ in range(int(val)):
            result = polymul(self, result)
        return poly1d(result)

    def __truediv__(self, other):
        if np.isscalar(other):
            return poly1d(self._coeffs / other)
        return tuple(poly1d(part) for part in polydiv(self, poly1d(other)))

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        return self._coeffs.shape == other._coeffs.shape and (self._coeffs == other._coeffs).all()

    def __getitem__(self, val):
        return self._coeffs[self.order - val] if 0 <= val <= self.order else self._coeffs.dtype.type(0)

    def __setitem__(self, key, val):
        if key < 0:
            raise ValueError('Does not support negative powers.')
        missing = max(key - self.order, 0)
        self._coeffs = np.concatenate((np.zeros(missing, self._coeffs.dtype), self._coeffs))
        self._coeffs[self.order - key] = val

    def __iter__(self):
        return iter(self._coeffs)

    def integ(self, m=1, k=0):
        """The antiderivative."""
        return polyint(self, m=m, k=k)

    def deriv(self, m=1):
        """The derivative."""
        return polyder(self, m=m)

"""Polynomials by their coefficients, and windows, made of numpy's other functions."""
import numpy as np


def _window(M, formula):
    if M < 1:
        return np.array([], dtype=np.float64)
    if M == 1:
        return np.ones(1)
    return formula(np.arange(1 - M, M, 2, dtype=np.float64))


def hanning(M):
    """Half a cosine wave, raised to run from zero to zero."""
    return _window(M, lambda n: 0.5 + 0.5 * np.cos(np.pi * n / (M - 1)))


def hamming(M):
    """A cosine wave that ends a little above zero."""
    return _window(M, lambda n: 0.54 + 0.46 * np.cos(np.pi * n / (M - 1)))


def blackman(M):
    """A sum of two cosine waves."""
    return _window(M, lambda n: 0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1)))


def bartlett(M):
    """A triangle."""
    return _window(M, lambda n: np.where(np.less_equal(n, 0), 1 + n / (M - 1), 1 - n / (M - 1)))


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


def polyder(p, m=1):
    """The derivative of a polynomial."""
    p = np.asarray(_coefficients(p))
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def polyint(p, m=1, k=None):
    """The antiderivative of a polynomial."""
    p = np.asarray(_coefficients(p))
    constants = [0] * m if k is None else [k] * m if np.ndim(k) == 0 else list(k)
    for c in constants:
        p = np.concatenate([p / np.arange(len(p), 0, -1), [c]])
    return p


def roots(p):
    raise NotImplementedError('numpy.roots is not available in tnb: its results are complex numbers')

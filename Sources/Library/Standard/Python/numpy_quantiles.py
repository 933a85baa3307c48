"""Quantiles by each of numpy's methods, made of its other functions."""
import numpy as np
from _numpy_arguments import _refuse, _axes, _store


def _between(alpha, beta):
    return lambda n, q: n * q + (alpha + q * (1 - alpha - beta)) - 1


def _next_where(index, stays):
    """The position after each of these, or the position itself where `stays` says so."""
    floor = np.floor(index)
    return np.where(stays(index - floor, index), floor, floor + 1).astype(np.intp)


def _as_is(gamma, index):
    return gamma


# The place of each quantile among n sorted values, and what its fraction becomes; None: the place is a whole number.
_methods = {
    'inverted_cdf': (lambda n, q: _next_where(n * q - 1, lambda g, i: g == 0), None),
    'averaged_inverted_cdf': (lambda n, q: n * q - 1, lambda g, i: np.where(g == 0, 0.5, 1.)),
    'closest_observation': (
        lambda n, q: _next_where(n * q - 1 - 0.5, lambda g, i: (g == 0) & (np.floor(i) % 2 == 1)), None),
    'interpolated_inverted_cdf': (_between(0, 1), _as_is),
    'hazen': (_between(0.5, 0.5), _as_is),
    'weibull': (_between(0, 0), _as_is),
    'linear': (lambda n, q: (n - 1) * q, _as_is),
    'median_unbiased': (_between(1 / 3.0, 1 / 3.0), _as_is),
    'normal_unbiased': (_between(3 / 8.0, 3 / 8.0), _as_is),
    'lower': (lambda n, q: np.floor((n - 1) * q).astype(np.intp), None),
    'higher': (lambda n, q: np.ceil((n - 1) * q).astype(np.intp), None),
    'midpoint': (lambda n, q: 0.5 * (np.floor((n - 1) * q) + np.ceil((n - 1) * q)),
                 lambda g, i: np.where(i % 1 == 0, 0., 0.5)),
    'nearest': (lambda n, q: np.around((n - 1) * q).astype(np.intp), None),
}


def _sorted_first(a, axis):
    """The values to choose from along the first axis, sorted, and the other axes' shape with and without kept ones."""
    axes = tuple(range(a.ndim)) if axis is None else _axes(axis, a.ndim)
    kept = [i for i in range(a.ndim) if i not in axes]
    moved = np.transpose(a, list(axes) + kept) if a.ndim else a
    rest = tuple(a.shape[i] for i in kept)
    count = a.size // max(int(np.prod(rest)), 1) if a.size else 0
    shape = tuple(1 if i in axes else n for i, n in enumerate(a.shape))
    return np.sort(moved.reshape((count,) + rest), axis=0), shape


def _quantile(a, q, axis, method, keepdims):
    if method not in _methods:
        raise ValueError(f'{method!r} is not a valid method. Use one of: {_methods.keys()}')
    if q.ndim > 2:
        raise ValueError('q must be a scalar or 1d')
    rows, kept = _sorted_first(a, axis)
    n = rows.shape[0]
    if n == 0:
        raise IndexError('index -1 is out of bounds for axis 0 with size 0')
    place, fraction = _methods[method]
    index = place(n, q)
    if fraction is None:
        result = rows[np.clip(index, 0, n - 1)]
    else:
        before = np.floor(index)
        low = np.where(index < 0, 0, np.where(index >= n - 1, n - 1, before)).astype(np.intp)
        high = np.where(index < 0, 0, np.where(index >= n - 1, n - 1, before + 1)).astype(np.intp)
        gamma = np.asarray(fraction(index - before, index)).reshape(q.shape + (1,) * (rows.ndim - 1))
        if rows.dtype.kind == 'f':
            gamma = gamma.astype(rows.dtype)
        low, high = rows[low], rows[high]
        step = np.subtract(high, low)
        result = np.where(gamma >= 0.5, high - step * (1 - gamma), low + step * gamma)
    if rows.dtype.kind == 'f':
        result = np.where(np.isnan(rows[-1]), np.nan, result).astype(rows.dtype)
    if keepdims:
        result = np.reshape(result, q.shape + kept)
    return result if np.ndim(result) else result[()]


def _values(a, q, weights):
    _refuse('quantile', weights=weights)
    a = np.asarray(a)
    if a.dtype == bool:
        raise TypeError('numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` '
                        'operator, or the logical_xor function instead.')
    return a, np.asarray(q)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Values below which a share in percent lies."""
    a, q = _values(a, q, weights)
    q = np.true_divide(q, a.dtype.type(100) if a.dtype.kind == 'f' else 100)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError('Percentiles must be in the range [0, 100]')
    return _store(_quantile(a, np.asarray(q), axis, method, keepdims), out)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Values below which a share lies."""
    a, q = _values(a, q, weights)
    if q.dtype.kind != 'f':
        q = q.astype(np.float64)
    if not np.all((q >= 0) & (q <= 1)):
        raise ValueError('Quantiles must be in the range [0, 1]')
    return _store(_quantile(a, q, axis, method, keepdims), out)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The middle value."""
    a = np.asarray(a)
    rows, kept = _sorted_first(a, axis)
    n = rows.shape[0]
    if n == 0:
        result = np.full(rows.shape[1:], np.nan)
    else:
        result = np.mean(rows[n // 2:n // 2 + 1] if n % 2 else rows[n // 2 - 1:n // 2 + 1], axis=0)
        if rows.dtype.kind == 'f':
            result = np.where(np.isnan(rows[-1]), rows[-1], result)
    if keepdims:
        result = np.reshape(result, kept)
    return _store(result if np.ndim(result) else result[()], out)

"""Means, running sums, counts, and what leaves NaN out, made of numpy's other functions."""
import numpy as np
from _numpy_arguments import _refuse, _float, _axis


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    """The mean, weighted where weights are given."""
    a = np.asarray(a)
    if weights is None:
        result = a.mean(axis, keepdims=keepdims)
        scale = np.full(np.shape(result), a.size / max(np.size(result), 1))
        scale = scale if np.ndim(scale) else np.float64(scale)
    else:
        weights = np.asarray(weights)
        if a.shape != weights.shape:
            if axis is None:
                raise TypeError('Axis must be specified when shapes of a and weights differ.')
            axis = _axis(axis, a.ndim)
            if weights.shape != (a.shape[axis],):
                raise ValueError('Shape of weights must be consistent with shape of a along specified axis.')
            weights = weights.reshape([-1 if i == axis else 1 for i in range(a.ndim)])
            weights = weights * np.ones(a.shape, dtype=weights.dtype)
        scale = weights.sum(axis, keepdims=keepdims)
        if np.any(scale == 0.0):
            raise ZeroDivisionError('Weights sum to zero, can\'t be normalized')
        result = np.multiply(a, weights).sum(axis, keepdims=keepdims) / scale
    return (result, scale) if returned else result


def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours, between other elements."""
    parts = [np.diff(np.ravel(ary))]
    if to_begin is not None:
        parts.insert(0, np.ravel(to_begin))
    if to_end is not None:
        parts.append(np.ravel(to_end))
    return np.concatenate(parts)


def _all_nan(a, axis):
    if np.any(np.all(np.isnan(a), axis=axis)):
        raise ValueError('All-NaN slice encountered')


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    """The position of the smallest element, NaN left out."""
    _refuse('nanargmin', out=out)
    a = np.asarray(a)
    if a.dtype.kind == 'f':
        _all_nan(a, axis)
        a = np.where(np.isnan(a), np.inf, a)
    return np.argmin(a, axis=axis, keepdims=keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    """The position of the largest element, NaN left out."""
    _refuse('nanargmax', out=out)
    a = np.asarray(a)
    if a.dtype.kind == 'f':
        _all_nan(a, axis)
        a = np.where(np.isnan(a), -np.inf, a)
    return np.argmax(a, axis=axis, keepdims=keepdims)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """The variance, NaN left out."""
    _refuse('nanvar', dtype=dtype, out=out)
    a = _float(a)
    keep = ~np.isnan(a)
    count = keep.sum(axis=axis, keepdims=True)
    mean = np.where(keep, a, 0).sum(axis=axis, keepdims=True) / count
    squares = np.where(keep, a - mean, 0) ** 2
    return squares.sum(axis=axis, keepdims=keepdims) / (keep.sum(axis=axis, keepdims=keepdims) - ddof)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False):
    """The product, NaN left out."""
    _refuse('nanprod', dtype=dtype, out=out)
    a = np.asarray(a)
    return np.prod(np.where(np.isnan(a), 1, a) if a.dtype.kind == 'f' else a, axis=axis, keepdims=keepdims)


def nancumsum(a, axis=None, dtype=None, out=None):
    """Running sums, NaN counted as 0."""
    _refuse('nancumsum', dtype=dtype, out=out)
    a = np.asarray(a)
    return np.cumsum(np.where(np.isnan(a), 0, a) if a.dtype.kind == 'f' else a, axis=axis)


def nancumprod(a, axis=None, dtype=None, out=None):
    """Running products, NaN counted as 1."""
    _refuse('nancumprod', dtype=dtype, out=out)
    a = np.asarray(a)
    return np.cumprod(np.where(np.isnan(a), 1, a) if a.dtype.kind == 'f' else a, axis=axis)


def _without_nan(function, a, axis):
    a = _float(a)
    if axis is None:
        flat = np.ravel(a)
        return function(flat[~np.isnan(flat)])
    rows = np.moveaxis(a, _axis(axis, a.ndim), -1)
    flat = rows.reshape(-1, rows.shape[-1])
    return np.array([function(row[~np.isnan(row)]) for row in flat]).reshape(rows.shape[:-1])


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The median, NaN left out."""
    _refuse('nanmedian', out=out, keepdims=keepdims)
    return _without_nan(np.median, a, axis)


def nanpercentile(a, q, axis=None):
    """Percentiles, NaN left out."""
    return _without_nan(lambda row: np.percentile(row, q), a, axis)


def nanquantile(a, q, axis=None):
    """Quantiles, NaN left out."""
    return _without_nan(lambda row: np.quantile(row, q), a, axis)


def _cumulative(running, start, x, axis, dtype, include_initial):
    x = np.asarray(x)
    if axis is None and x.ndim > 1:
        raise ValueError('For arrays which have more than one dimension ``axis`` argument is required.')
    result = running(x, axis=axis, dtype=dtype)
    if include_initial:
        shape = list(result.shape)
        shape[axis or 0] = 1
        result = np.concatenate([start(shape, dtype=result.dtype), result], axis=axis or 0)
    return result


def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running sums."""
    _refuse('cumulative_sum', out=out)
    return _cumulative(np.cumsum, np.zeros, x, axis, dtype, include_initial)


def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running products."""
    _refuse('cumulative_prod', out=out)
    return _cumulative(np.cumprod, np.ones, x, axis, dtype, include_initial)


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges of the parts that `histogram` counts in."""
    return np.histogram(a, bins, range)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Counts of pairs in the parts of two ranges."""
    pair = bins if not np.ndim(bins) == 0 and len(bins) == 2 else (bins, bins)
    spans = range if range is not None else (None, None)
    edges = [np.histogram(v, b, s)[1] for v, b, s in zip((x, y), pair, spans)]
    places = []
    for v, e in zip((x, y), edges):
        v = np.asarray(v)
        i = np.searchsorted(e, v, side='right') - 1
        places.append(np.where(v == e[-1], len(e) - 2, i))
    shape = [len(e) - 1 for e in edges]
    counts = np.zeros(shape)
    ws = np.ones(len(places[0])) if weights is None else np.asarray(weights)
    for i, j, w in zip(places[0].tolist(), places[1].tolist(), ws.tolist()):
        if 0 <= i < shape[0] and 0 <= j < shape[1]:
            counts[i, j] += w
    if density:
        counts = counts / np.diff(edges[0])[:, None] / np.diff(edges[1])[None, :] / counts.sum()
    return counts, edges[0], edges[1]

"""Functions of numpy that leave NaN out, made of its other functions."""
import numpy as np
from _numpy_arguments import _axis, _axes, _store


def _filled(a, value):
    """The array with a value for NaN, and where it was; None where no NaN can be."""
    a = np.asarray(a)
    if a.dtype.kind != 'f':
        return a, None
    nan = np.isnan(a)
    return np.where(nan, np.asarray(value, dtype=a.dtype), a), nan



def nansum(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=True):
    """The sum, NaN left out."""
    return np.sum(_filled(a, 0)[0], axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False, initial=1, where=True):
    """The product, NaN left out."""
    return np.prod(_filled(a, 1)[0], axis=axis, dtype=dtype, out=out, keepdims=keepdims, initial=initial, where=where)


def nancumsum(a, axis=None, dtype=None, out=None):
    """Running sums, NaN counted as 0."""
    return np.cumsum(_filled(a, 0)[0], axis=axis, dtype=dtype, out=out)


def nancumprod(a, axis=None, dtype=None, out=None):
    """Running products, NaN counted as 1."""
    return np.cumprod(_filled(a, 1)[0], axis=axis, dtype=dtype, out=out)


def _extreme(function, neutral, a, axis, out, keepdims):
    a, nan = _filled(a, neutral)
    result = function(a, axis=axis, keepdims=keepdims)
    if nan is not None:
        result = np.where(np.all(nan, axis=axis, keepdims=keepdims), np.nan, result).astype(a.dtype)[()]
    return _store(result, out)


def nanmax(a, axis=None, out=None, keepdims=False):
    """The largest, NaN left out."""
    return _extreme(np.max, -np.inf, a, axis, out, keepdims)


def nanmin(a, axis=None, out=None, keepdims=False):
    """The smallest, NaN left out."""
    return _extreme(np.min, np.inf, a, axis, out, keepdims)


def _place(function, neutral, a, axis, out, keepdims):
    a, nan = _filled(a, neutral)
    if nan is not None and np.any(np.all(nan, axis=axis)):
        raise ValueError('All-NaN slice encountered')
    return function(a, axis=axis, out=out, keepdims=keepdims)


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    """The position of the smallest element, NaN left out."""
    return _place(np.argmin, np.inf, a, axis, out, keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    """The position of the largest element, NaN left out."""
    return _place(np.argmax, -np.inf, a, axis, out, keepdims)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
    """The mean, NaN left out."""
    values, nan = _filled(a, 0)
    if nan is None:
        return np.mean(values, axis=axis, dtype=dtype, out=out, keepdims=keepdims, where=where)
    counted = ~nan & where
    total = np.sum(values, axis=axis, dtype=dtype, keepdims=keepdims, where=where)
    count = np.sum(counted, axis=axis, keepdims=keepdims)
    return _store(np.true_divide(total, np.asarray(count).astype(total.dtype))[()], out)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, correction=None):
    """The variance, NaN left out."""
    ddof = ddof if correction is None else correction
    values, nan = _filled(a, 0)
    if nan is None:
        return np.var(values, axis=axis, dtype=dtype, out=out, ddof=ddof, keepdims=keepdims, where=where)
    counted = ~nan & where
    if dtype is not None:
        values = values.astype(dtype)
    kind = values.dtype
    mean = np.sum(values, axis=axis, keepdims=True, where=where) / np.sum(counted, axis=axis, keepdims=True).astype(kind)
    squares = np.where(counted, values - mean, np.asarray(0, dtype=kind)) ** 2
    count = np.asarray(np.sum(counted, axis=axis, keepdims=keepdims) - ddof)
    result = np.sum(squares, axis=axis, keepdims=keepdims) / count.astype(kind)
    return _store(np.where(count <= 0, np.asarray(np.nan, dtype=kind), result)[()], out)


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, correction=None):
    """The standard deviation, NaN left out."""
    return _store(np.sqrt(nanvar(a, axis, dtype, None, ddof, keepdims, where=where, correction=correction)), out)


def _by_rows(function, a, axis, keepdims, out, lead=()):
    """What a function gives for the numbers of each row; its results' shape comes first."""
    a = np.asarray(a)
    axes = tuple(range(a.ndim)) if axis is None else _axes(axis, a.ndim)
    kept = [i for i in range(a.ndim) if i not in axes]
    rows = np.transpose(a, kept + list(axes)) if a.ndim else a
    shape = tuple(a.shape[i] for i in kept)
    rows = rows.reshape(int(np.prod(shape)), -1)
    results = []
    for row in rows:
        row = row[~np.isnan(row)] if row.dtype.kind == 'f' else row
        results.append(function(row) if len(row) else np.full(lead, np.nan))
    result = np.array(results).reshape(shape + lead)
    result = np.moveaxis(result, range(len(shape), result.ndim), range(len(lead))) if lead else result
    if keepdims:
        result = result.reshape(lead + tuple(1 if i in axes else n for i, n in enumerate(a.shape)))
    return _store(result if result.ndim else result[()], out)


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The median, NaN left out."""
    return _by_rows(np.median, a, axis, keepdims, out)


def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False):
    """Percentiles, NaN left out."""
    return _by_rows(lambda row: np.percentile(row, q, method=method), a, axis, keepdims, out, np.shape(q))


def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False):
    """Quantiles, NaN left out."""
    return _by_rows(lambda row: np.quantile(row, q, method=method), a, axis, keepdims, out, np.shape(q))

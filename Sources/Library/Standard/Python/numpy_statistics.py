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
        scale = weights.sum(axis, dtype=np.result_type(a, weights, np.float64), keepdims=keepdims)
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

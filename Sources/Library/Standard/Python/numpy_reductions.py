"""Reductions of numpy that start from a given value or leave elements out."""
import numpy as np
from _numpy_arguments import _axes

_absent = object()


def _filled(a, where, value):
    return a if where is True else np.where(where, a, np.asarray(value).astype(a.dtype))


def _count(a, where, axis, keepdims):
    flags = np.broadcast_to(np.asarray(where).astype(bool), a.shape)
    return np.sum(flags, axis=axis, keepdims=keepdims)


def sum(a, axis, dtype, keepdims, initial, where):
    total = np.sum(_filled(a, where, 0), axis=axis, dtype=dtype, keepdims=keepdims)
    return total if initial is _absent else total + initial


def prod(a, axis, dtype, keepdims, initial, where):
    total = np.prod(_filled(a, where, 1), axis=axis, dtype=dtype, keepdims=keepdims)
    return total if initial is _absent else total * initial


def _extreme(name, pick, a, axis, keepdims, initial, where):
    if initial is _absent:
        raise ValueError(f"reduction operation '{name}' does not have an identity, so to use a where mask one has to "
                         "specify 'initial'")
    start = np.asarray(initial)
    if a.dtype.kind != 'f' and start.dtype.kind == 'f' and start == int(start):
        start = start.astype(a.dtype)
    a = a if where is True else np.where(where, a, start)
    axes = tuple(range(a.ndim)) if axis is None else _axes(axis, a.ndim)
    if a.size == 0:
        shape = [1 if i in axes else n for i, n in enumerate(a.shape) if keepdims or i not in axes]
        return np.full(shape, start.astype(a.dtype))[()]
    found = (np.max if pick is np.maximum else np.min)(a, axis=axis, keepdims=keepdims)
    return pick(found, initial)


def max(a, axis, dtype, keepdims, initial, where):
    return _extreme('maximum', np.maximum, a, axis, keepdims, initial, where)


def min(a, axis, dtype, keepdims, initial, where):
    return _extreme('minimum', np.minimum, a, axis, keepdims, initial, where)


def mean(a, axis, dtype, keepdims, initial, where):
    dtype = dtype or (None if a.dtype.kind == 'f' else np.float64)
    total = np.sum(_filled(a, where, 0), axis=axis, dtype=dtype, keepdims=keepdims)
    return np.true_divide(total, np.asarray(_count(a, where, axis, keepdims)).astype(total.dtype))[()]


def var(a, axis, dtype, keepdims, ddof, where):
    a = a.astype(dtype or (a.dtype if a.dtype.kind == 'f' else np.float64))
    squares = _filled((a - mean(a, axis, None, True, None, where)) ** 2, where, 0)
    count = np.asarray(np.maximum(_count(a, where, axis, keepdims) - ddof, 0)).astype(a.dtype)
    return np.true_divide(np.sum(squares, axis=axis, keepdims=keepdims), count)[()]


def std(a, axis, dtype, keepdims, ddof, where):
    return np.sqrt(var(a, axis, dtype, keepdims, ddof, where))


def all(a, axis, dtype, keepdims, initial, where):
    return np.all(np.where(where, a, True), axis=axis, keepdims=keepdims)


def any(a, axis, dtype, keepdims, initial, where):
    return np.any(np.where(where, a, False), axis=axis, keepdims=keepdims)

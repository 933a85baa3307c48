"""Choosing, writing and ordering elements in numpy, made of its other functions."""
import numpy as np
from _numpy_arguments import _refuse, _axis, _positions


def take_along_axis(arr, indices, axis=-1):
    """Elements by an array of positions along an axis."""
    return arr[_along(arr, indices, axis)]


def put_along_axis(arr, indices, values, axis):
    """Writes elements at an array of positions along an axis."""
    arr[_along(arr, indices, axis)] = values


def _along(arr, index, axis):
    if axis is None:
        raise NotImplementedError('axis=None is not available in tnb')
    if index.dtype.kind not in 'iu':
        raise IndexError('`indices` must be an integer array')
    if arr.ndim != index.ndim:
        raise ValueError('`indices` and `arr` must have the same number of dimensions')
    axis = _axis(axis, arr.ndim)
    n = arr.ndim
    return tuple(index if i == axis else np.arange(arr.shape[i]).reshape((1,) * i + (-1,) + (1,) * (n - i - 1))
                 for i in range(n))


def put(a, ind, v, mode='raise'):
    """Writes elements by their positions in the flattened array."""
    ind = np.ravel(np.asarray(ind)).astype(int)
    v = np.resize(np.asarray(v), len(ind))
    for i, value in zip(ind.tolist(), v):
        if mode == 'wrap':
            i %= a.size
        elif mode == 'clip':
            i = min(max(i, 0), a.size - 1)
        elif not -a.size <= i < a.size:
            raise IndexError(f'index {i} is out of bounds for axis 0 with size {a.size}')
        a[tuple(int(k) for k in np.unravel_index(i % a.size, a.shape))] = value


def place(arr, mask, vals):
    """Writes values where a mask holds, in turn."""
    mask = np.asarray(mask).astype(bool)
    n = int(mask.sum())
    if n:
        arr[mask] = np.resize(np.asarray(vals), n)


def putmask(a, mask, values):
    """Writes the values that stand where a mask holds."""
    mask = np.asarray(mask).astype(bool)
    values = np.resize(np.asarray(values), a.shape)
    a[mask] = values[mask]


def copyto(dst, src, casting='same_kind', where=True):
    """Writes one array's elements into another."""
    if where is True:
        dst[...] = src
    else:
        mask = np.broadcast_to(where, dst.shape)
        dst[mask] = np.broadcast_to(src, dst.shape)[mask]


def extract(condition, arr):
    """The elements where a condition holds."""
    return np.ravel(arr)[np.nonzero(np.ravel(condition))[0]]


def compress(condition, a, axis=None, out=None):
    """Entries along an axis where a condition holds."""
    _refuse('compress', out=out)
    picks = np.nonzero(np.asarray(condition))[0]
    return np.take(np.ravel(a) if axis is None else a, picks, axis=0 if axis is None else axis)


def choose(a, choices, out=None, mode='raise'):
    """For each position the element of the choice that `a` numbers."""
    _refuse('choose', out=out)
    n = len(choices)
    a = _positions(np.asarray(a), n, mode, 'choice')
    stacked = np.stack(np.broadcast_arrays(*choices, a)[:n])
    a = np.broadcast_to(a, stacked.shape[1:])
    return take_along_axis(stacked, np.array(a)[None], 0)[0]


def select(condlist, choicelist, default=0):
    """For each position the element of the first choice whose condition holds."""
    if len(condlist) != len(choicelist):
        raise ValueError('list of cases must be same length as list of conditions')
    if not condlist:
        raise ValueError('select with an empty condition list is not possible')
    result = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist)):
        result = np.where(condition, choice, result)
    return result


def piecewise(x, condlist, funclist, *args, **kw):
    """A function made of others, each where its condition holds."""
    x = np.asarray(x)
    conditions = [np.asarray(c).astype(bool) for c in (condlist if isinstance(condlist, (list, tuple)) else [condlist])]
    if len(funclist) == len(conditions) + 1:
        rest = conditions[0]
        for c in conditions[1:]:
            rest = rest | c
        conditions.append(~rest)
    elif len(funclist) != len(conditions):
        n = len(conditions)
        raise ValueError(f'with {n} condition(s), either {n} or {n + 1} functions are expected')
    y = np.zeros_like(x)
    for condition, function in zip(conditions, funclist):
        if callable(function):
            part = x[condition]
            if part.size:
                y[condition] = function(part, *args, **kw)
        else:
            y[condition] = function
    return y


def trim_zeros(filt, trim='fb', axis=None):
    """Without zeros at the ends."""
    _refuse('trim_zeros', axis=axis)
    kept = np.nonzero(np.asarray(filt))[0]
    if len(kept) == 0:
        return filt[:0]
    first = int(kept[0]) if 'f' in trim.lower() else 0
    last = int(kept[-1]) + 1 if 'b' in trim.lower() else len(filt)
    return filt[first:last]


def lexsort(keys, axis=-1):
    """The order by the last key, then the one before it …"""
    keys = [np.asarray(k) for k in keys]
    order = np.arange(len(keys[0]))
    for key in keys:
        order = order[np.argsort(key[order], kind='stable')]
    return order


def partition(a, kth, axis=-1, kind='introselect', order=None):
    """A copy in which the k-th element stands where sorting would put it."""
    _refuse('partition', order=order)
    return np.sort(a, axis=axis) if axis is not None else np.sort(np.ravel(a))


def argpartition(a, kth, axis=-1, kind='introselect', order=None):
    """The order of `partition`."""
    _refuse('argpartition', order=order)
    return np.argsort(a, axis=axis, kind='stable') if axis is not None else np.argsort(np.ravel(a), kind='stable')

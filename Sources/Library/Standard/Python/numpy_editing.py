"""Arrays with elements added, removed, moved or repeated, made of numpy's other functions."""
import numpy as np
from _numpy_arguments import _index, _axis, _axes


def _along(axis, index):
    return (slice(None),) * axis + (index,)


def _flat_or_axis(arr, axis):
    arr = np.asarray(arr)
    if axis is None:
        return np.ravel(arr), 0
    return arr, _axis(axis, arr.ndim)


def delete(arr, obj, axis=None):
    """Without some elements."""
    arr, axis = _flat_or_axis(arr, axis)
    size = arr.shape[axis]
    keep = np.ones(size, dtype=bool)
    if isinstance(obj, slice):
        keep[obj] = False
        return arr[_along(axis, keep)]
    given, obj = obj, np.asarray(obj)
    if obj.size == 0 and not isinstance(given, np.ndarray):
        obj = obj.astype(np.intp)
    if obj.dtype == bool:
        if obj.shape != (size,):
            raise ValueError('boolean array argument obj to delete must be one dimensional and match the axis '
                             f'length of {size}')
        return arr[_along(axis, ~obj)]
    if obj.dtype.kind not in 'iu':
        raise IndexError('arrays used as indices must be of integer (or boolean) type')
    for i in np.ravel(obj).tolist():
        if not -size <= i < size:
            raise IndexError(f'index {i} is out of bounds for axis {axis} with size {size}')
    keep[np.ravel(obj)] = False
    return arr[_along(axis, keep)]


def _insert_places(obj, size, axis):
    if isinstance(obj, slice):
        return np.arange(*obj.indices(size))
    places = np.array(obj)
    if places.dtype == bool:
        if places.ndim != 1:
            raise ValueError('boolean array argument obj to insert must be one dimensional')
        return np.flatnonzero(places)
    if places.ndim > 1:
        raise ValueError('index array argument obj to insert must be one dimensional or scalar')
    if places.size == 0:
        return places.astype(np.intp)
    if places.dtype.kind not in 'iu':
        raise IndexError('arrays used as indices must be of integer (or boolean) type')
    for i in np.ravel(places).tolist():
        if not -size <= i <= size:
            raise IndexError(f'index {obj if places.size == 1 else i} is out of bounds for axis {axis} with size {size}')
    return places


def insert(arr, obj, values, axis=None):
    """With elements more."""
    arr, axis = _flat_or_axis(arr, axis)
    size = arr.shape[axis]
    places = _insert_places(obj, size, axis)
    if places.size == 1:
        index = places.item()
        index = index + size if index < 0 else index
        values = np.asarray(values).astype(arr.dtype)
        values = values.reshape((1,) * (arr.ndim - values.ndim) + values.shape)
        if places.ndim == 0:
            values = np.moveaxis(values, 0, axis)
        wide = list(arr.shape)
        wide[axis] = values.shape[axis]
        values = np.broadcast_to(values, wide)
        return np.concatenate((arr[_along(axis, slice(None, index))], values, arr[_along(axis, slice(index, None))]), axis)
    places = np.where(places < 0, places + size, places)
    order = np.argsort(places, kind='stable')
    places[order] += np.arange(len(places))
    shape = list(arr.shape)
    shape[axis] += len(places)
    old = np.ones(shape[axis], dtype=bool)
    old[places] = False
    new = np.empty(shape, arr.dtype)
    new[_along(axis, places)] = values
    new[_along(axis, old)] = arr
    return new


def roll(a, shift, axis=None):
    """The elements moved around."""
    a = np.asarray(a)
    if axis is None:
        return roll(np.ravel(a), shift, 0).reshape(a.shape)
    axes = tuple(_axis(i, a.ndim) for i in (axis if np.ndim(axis) else (axis,)))
    shifts = shift if np.ndim(shift) else (shift,)
    n = max(len(axes), len(shifts))
    if len(axes) not in (1, n) or len(shifts) not in (1, n):
        raise ValueError('shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg 0 '
                         f'with shape {np.shape(shift)} and arg 1 with shape ({len(axes)},).')
    for i in range(n):
        k, d = _index(shifts[i % len(shifts)]), axes[i % len(axes)]
        size = a.shape[d]
        if size:
            k %= size
            a = np.concatenate((a[_along(d, slice(size - k, None))], a[_along(d, slice(None, size - k))]), d)
    return a if n else a.copy()


def rot90(m, k=1, axes=(0, 1)):
    """Turned by quarters, from the first of two axes towards the second."""
    m, axes = np.asarray(m), tuple(axes)
    if len(axes) != 2:
        raise ValueError('len(axes) must be 2.')
    if axes[0] == axes[1] or abs(axes[0] - axes[1]) == m.ndim:
        raise ValueError('Axes must be different.')
    if not all(-m.ndim <= i < m.ndim for i in axes):
        raise ValueError(f'Axes={axes} out of range for array of ndim={m.ndim}.')
    k %= 4
    if k == 0:
        return m[:]
    if k == 2:
        return np.flip(np.flip(m, axes[0]), axes[1])
    order = list(range(m.ndim))
    order[axes[0]], order[axes[1]] = order[axes[1]], order[axes[0]]
    return np.transpose(np.flip(m, axes[1]), order) if k == 1 else np.flip(np.transpose(m, order), axes[1])


def moveaxis(a, source, destination):
    """Axes moved to other places."""
    a = np.asarray(a)
    named = []
    for name, given in (('source', source), ('destination', destination)):
        given = [given] if np.ndim(given) == 0 else list(given)
        for i in given:
            if not -a.ndim <= _index(i) < a.ndim:
                raise np.exceptions.AxisError(f'{name}: axis {i} is out of bounds for array of dimension {a.ndim}')
        given = [i + a.ndim if i < 0 else i for i in given]
        if len(set(given)) != len(given):
            raise ValueError(f'repeated axis in `{name}` argument')
        named.append(given)
    source, destination = named
    if len(source) != len(destination):
        raise ValueError('`source` and `destination` arguments must have the same number of elements')
    order = [i for i in range(a.ndim) if i not in source]
    for to, axis in sorted(zip(destination, source)):
        order.insert(to, axis)
    return np.transpose(a, order)


def expand_dims(a, axis):
    """With dimensions of size one more."""
    a = np.asarray(a)
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    axes = _axes(axes, a.ndim + len(axes))
    sizes = iter(a.shape)
    return a.reshape([1 if i in axes else next(sizes) for i in range(a.ndim + len(axes))])

"""What several of numpy's written functions do with their arguments."""
import numpy as np


def _refuse(function, **arguments):
    """Raises for arguments of numpy's that are not there, where they are given."""
    for name, value in arguments.items():
        if value is not None and value is not False:
            raise NotImplementedError(f'numpy.{function}: {name}= is not available in tnb')


def _index(value):
    """A whole number, with Python's error for other values."""
    try:
        return value.__index__()
    except AttributeError:
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer") from None


def _float(a):
    a = np.asarray(a)
    return a if a.dtype.kind == 'f' else a.astype(np.float64)


def _axis(axis, ndim):
    axis = _index(axis)
    if not -ndim <= axis < ndim:
        raise np.exceptions.AxisError(f'axis {axis} is out of bounds for array of dimension {ndim}')
    return axis + ndim if axis < 0 else axis


def _positions(a, size, mode, owner):
    """Positions within 0..<size: those beyond wrap around, stay at an end, or raise, naming the array they are from."""
    if mode == 'wrap':
        return a % size
    if mode == 'clip':
        return np.clip(a, 0, size - 1)
    if np.any((a < 0) | (a >= size)):
        raise ValueError(f'invalid entry in {owner} array')
    return a


def _axes(axis, ndim):
    """Axes counted from the front; a single one stands for a tuple of it."""
    axes = tuple(_axis(i, ndim) for i in ((axis,) if np.ndim(axis) == 0 else axis))
    if len(set(axes)) != len(axes):
        raise ValueError('repeated axis')
    return axes


def _store(result, out):
    """The result, written where `out` wants it."""
    if out is None:
        return result
    out[...] = result
    return out

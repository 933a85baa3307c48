"""What several of numpy's written functions do with their arguments."""
import operator
import numpy as np


def _refuse(function, **arguments):
    """Raises for arguments of numpy's that are not there, where they are given."""
    for name, value in arguments.items():
        if value is not None and value is not False:
            raise NotImplementedError(f'numpy.{function}: {name}= is not available in tnb')


def _float(a):
    a = np.asarray(a)
    return a if a.dtype.kind == 'f' else a.astype(np.float64)


def _axis(axis, ndim):
    axis = operator.index(axis)
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

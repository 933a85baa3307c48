"""What several of numpy's written functions do with their arguments."""
import operator
import numpy as np


def _float(a):
    a = np.asarray(a)
    return a if a.dtype.kind == 'f' else a.astype(np.float64)


def _axis(axis, ndim):
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise np.exceptions.AxisError(f'axis {axis} is out of bounds for array of dimension {ndim}')
    return axis + ndim if axis < 0 else axis

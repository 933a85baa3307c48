"""Views with steps of their own: numpy.lib.stride_tricks."""
import numpy as np
from _numpy_arguments import _axis, _refuse


def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    """A view with a given shape and given steps in bytes."""
    _refuse('lib.stride_tricks.as_strided', subok=subok)
    x = np.asarray(x)
    view = np._strided(x, x.shape if shape is None else tuple(np.ravel(shape).tolist()),
                       x.strides if strides is None else tuple(np.ravel(strides).tolist()))
    if not writeable:
        view.flags.writeable = False
    return view


def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """Windows that slide over an array."""
    window_shape = tuple(window_shape) if np.ndim(window_shape) else (window_shape,)
    x = np.asarray(x)
    if any(w < 0 for w in window_shape):
        raise ValueError('`window_shape` cannot contain negative values')
    if axis is None:
        axes = tuple(range(x.ndim))
        if len(window_shape) != len(axes):
            raise ValueError('Since axis is None, must provide window_shape for all dimensions of `x`; got '
                             f'{len(window_shape)} window_shape elements and `x.ndim` is {x.ndim}.')
    else:
        axes = tuple(_axis(i, x.ndim) for i in (axis if np.ndim(axis) else (axis,)))
        if len(window_shape) != len(axes):
            raise ValueError('Must provide matching length window_shape and axis; got '
                             f'{len(window_shape)} window_shape elements and {len(axes)} axes elements.')
    shape = list(x.shape)
    for i, size in zip(axes, window_shape):
        if shape[i] < size:
            raise ValueError('window shape cannot be larger than input array shape')
        shape[i] -= size - 1
    return as_strided(x, tuple(shape) + window_shape, x.strides + tuple(x.strides[i] for i in axes), subok, writeable)


def broadcast_to(array, shape, subok=False):
    """A view in a larger shape."""
    return np.broadcast_to(array, shape, subok)


def broadcast_arrays(*args, subok=False):
    """The arrays in the shape that all broadcast to."""
    return np.broadcast_arrays(*args, subok=subok)

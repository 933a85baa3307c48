"""Numbers at equal distances or ratios in numpy, made of its other functions."""
import numpy as np
from _numpy_arguments import _index, _refuse


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """Numbers at equal distances."""
    num = _index(num)
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    if np.ndim(start) == 0 and np.ndim(stop) == 0:
        values, step = np._linspace(start, stop, num, endpoint, dtype)
        return (values, step) if retstep else values
    start, stop = np.asarray(start) * 1.0, np.asarray(stop) * 1.0
    parts = num - 1 if endpoint else num
    delta = np.subtract(stop, start)
    steps = np.arange(num).reshape((-1,) + (1,) * delta.ndim) * 1.0
    step = np.nan
    if parts > 0:
        step = delta / parts
        y = np.where(step == 0, steps / parts * delta, steps * step)
    else:
        y = steps * delta
    y = y + start
    if endpoint and num > 1:
        y[-1, ...] = stop
    if axis != 0:
        y = np.moveaxis(y, 0, axis)
    if dtype is not None:
        y = (np.floor(y) if np.dtype(dtype).kind in 'iu' else y).astype(dtype)
    return (y, step) if retstep else y


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Numbers at equal ratios, between powers of the base."""
    y = np.power(base, linspace(start, stop, num, endpoint, axis=axis))
    return y if dtype is None else y.astype(dtype)


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Numbers at equal ratios."""
    start, stop = np.asarray(start), np.asarray(stop)
    if np.any(start == 0) or np.any(stop == 0):
        raise ValueError('Geometric sequence cannot include zero')
    kind = np.result_type(start, stop, np.float64)
    start, stop = start.astype(kind), stop.astype(kind)
    if np.any(np.sign(start) != np.sign(stop)):
        raise NotImplementedError('numpy.geomspace between numbers of different sign is not available in tnb')
    sign = np.sign(start)
    result = logspace(np.log10(start / sign), np.log10(stop / sign), num, endpoint, 10.0)
    if num > 0:
        result[0] = start / sign
        if num > 1 and endpoint:
            result[-1] = stop / sign
    result = result * sign
    if axis != 0:
        result = np.moveaxis(result, 0, axis)
    return result if dtype is None else result.astype(dtype)

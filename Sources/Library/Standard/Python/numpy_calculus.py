"""Differences, derivatives, integrals, and values between points in numpy, made of its other functions."""
import numpy as np
from _numpy_arguments import _axis, _axes, _float

_absent = object()


def diff(a, n=1, axis=-1, prepend=_absent, append=_absent):
    """Differences of neighbours."""
    if n == 0:
        return a
    if n < 0:
        raise ValueError(f'order must be non-negative but got {n!r}')
    a = np.asarray(a)
    if a.ndim == 0:
        raise ValueError('diff requires input that is at least one dimensional')
    axis = _axis(axis, a.ndim)
    parts = [a]
    for end, position in ((prepend, 0), (append, len)):
        if end is not _absent:
            end = np.asarray(end)
            if end.ndim == 0:
                end = np.broadcast_to(end, a.shape[:axis] + (1,) + a.shape[axis + 1:])
            parts.insert(0 if position == 0 else len(parts), end)
    if len(parts) > 1:
        a = np.concatenate(parts, axis)
    later = (slice(None),) * axis + (slice(1, None),)
    earlier = (slice(None),) * axis + (slice(None, -1),)
    for _ in range(n):
        a = np.not_equal(a[later], a[earlier]) if a.dtype == bool else np.subtract(a[later], a[earlier])
    return a


def _spacings(f, axes, varargs):
    """A step, or the distances between neighbours, for each axis."""
    if not varargs:
        return [1.0] * len(axes)
    if len(varargs) == 1 and np.ndim(varargs[0]) == 0:
        return list(varargs) * len(axes)
    if len(varargs) != len(axes):
        raise TypeError('invalid number of arguments')
    steps = []
    for axis, distances in zip(axes, varargs):
        distances = np.asarray(distances)
        if distances.ndim > 1:
            raise ValueError('distances must be either scalars or 1d')
        if distances.ndim == 1:
            if len(distances) != f.shape[axis]:
                raise ValueError('when 1d, distances must match the length of the corresponding dimension')
            distances = np.diff(_float(distances))
            if (distances == distances[0]).all():
                distances = distances[0]
        steps.append(distances)
    return steps


def _edge(f, step, order, last):
    """The derivative at one end, of rows along the first axis."""
    i, j, k = (-1, -2, -3) if last else (0, 1, 2)
    uniform = np.ndim(step) == 0
    if order == 1:
        width = step if uniform else step[i]
        return (f[i] - f[j]) / width if last else (f[j] - f[i]) / width
    if uniform:
        a, b, c = (0.5 / step, -2. / step, 1.5 / step) if last else (-1.5 / step, 2. / step, -0.5 / step)
    elif last:
        d1, d2 = step[-2], step[-1]
        a, b, c = d2 / (d1 * (d1 + d2)), -(d2 + d1) / (d1 * d2), (2. * d2 + d1) / (d2 * (d1 + d2))
    else:
        d1, d2 = step[0], step[1]
        a, b, c = -(2. * d1 + d2) / (d1 * (d1 + d2)), (d1 + d2) / (d1 * d2), -d1 / (d2 * (d1 + d2))
    return a * f[k] + b * f[j] + c * f[i] if last else a * f[i] + b * f[j] + c * f[k]


def gradient(f, *varargs, axis=None, edge_order=1):
    """Derivatives by central differences, an array for each axis."""
    f = _float(f)
    axes = tuple(range(f.ndim)) if axis is None else _axes(axis, f.ndim)
    steps = _spacings(f, axes, varargs)
    if edge_order > 2:
        raise ValueError("'edge_order' greater than 2 not supported")
    results = []
    for axis, step in zip(axes, steps):
        if f.shape[axis] < edge_order + 1:
            raise ValueError('Shape of array too small to calculate a numerical gradient, '
                             'at least (edge_order + 1) elements are required.')
        rows = np.moveaxis(f, axis, 0)
        out = np.empty_like(rows)
        if np.ndim(step) == 0:
            out[1:-1] = (rows[2:] - rows[:-2]) / (2. * step)
        else:
            d1, d2 = [d.reshape((-1,) + (1,) * (f.ndim - 1)) for d in (step[:-1], step[1:])]
            a, b, c = -d2 / (d1 * (d1 + d2)), (d2 - d1) / (d1 * d2), d1 / (d2 * (d1 + d2))
            out[1:-1] = a * rows[:-2] + b * rows[1:-1] + c * rows[2:]
        out[0] = _edge(rows, step, edge_order, False)
        out[-1] = _edge(rows, step, edge_order, True)
        results.append(np.moveaxis(out, 0, axis))
    return results[0] if len(results) == 1 else tuple(results)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """The area under points."""
    y = np.asarray(y)
    axis = _axis(axis, y.ndim)
    if x is None:
        d = dx
    else:
        d = np.diff(x) if np.ndim(x) == 1 else np.diff(x, axis=axis)
        if np.ndim(x) == 1:
            d = d.reshape([-1 if i == axis else 1 for i in range(y.ndim)])
    rows = (slice(None),) * axis
    return (d * (y[rows + (slice(1, None),)] + y[rows + (slice(None, -1),)]) / 2.0).sum(axis)


def interp(x, xp, fp, left=None, right=None, period=None):
    """Values between given points."""
    x, xp, fp = (np.asarray(v, dtype=np.float64) for v in (x, xp, fp))
    if period is not None:
        if period == 0:
            raise ValueError('period must be a non-zero value')
        period, left, right = abs(period), None, None
        if xp.ndim != 1 or fp.ndim != 1:
            raise ValueError('Data points must be 1-D sequences')
        if xp.shape[0] != fp.shape[0]:
            raise ValueError('fp and xp are not of the same length')
        x, xp = x % period, xp % period
        order = np.argsort(xp)
        xp, fp = xp[order], fp[order]
        xp = np.concatenate((xp[-1:] - period, xp, xp[0:1] + period))
        fp = np.concatenate((fp[-1:], fp, fp[0:1]))
    for points in (xp, fp):
        if points.ndim != 1:
            raise ValueError(f'object {"of too small depth" if points.ndim == 0 else "too deep"} for desired array')
    if len(xp) == 0:
        raise ValueError('array of sample points is empty')
    if len(xp) != len(fp):
        raise ValueError('fp and xp are not of the same length.')
    left, right = fp[0] if left is None else left, fp[-1] if right is None else right
    return np._interp(x, xp, fp, left, right)


def _cut(full, n, m, mode):
    """What `mode` keeps of a full convolution of n elements with m, n being no less."""
    if mode not in ('full', 'same', 'valid'):
        raise ValueError(f"mode must be one of 'valid', 'same', or 'full' (got '{mode}')")
    if mode == 'same':
        return full[(m - 1) // 2:(m - 1) // 2 + n]
    return full[m - 1:n] if mode == 'valid' else full


def convolve(a, v, mode='full'):
    """The convolution of two vectors."""
    a, v = np.atleast_1d(np.asarray(a)), np.atleast_1d(np.asarray(v))
    if len(v) > len(a):
        a, v = v, a
    for name, vector in (('a', a), ('v', v)):
        if len(vector) == 0:
            raise ValueError(f'{name} cannot be empty')
    return _cut(np._convolve(a, v), len(a), len(v), mode)

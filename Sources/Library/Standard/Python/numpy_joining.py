"""Products, and arrays put together and taken apart, made of numpy's other functions."""
import math
import numpy as np
from _numpy_arguments import _axis


def apply_over_axes(func, a, axes):
    """Applies a reducing function over several axes."""
    result = np.asarray(a)
    for axis in (axes if np.ndim(axes) else [axes]):
        n = result.ndim
        axis = axis + n if axis < 0 else axis
        reduced = func(result, axis)
        result = reduced if np.ndim(reduced) == n else np.expand_dims(reduced, axis)
    return result


def kron(a, b):
    """The Kronecker product."""
    a, b = np.asarray(a), np.asarray(b)
    n = max(a.ndim, b.ndim)
    a = a.reshape((1,) * (n - a.ndim) + a.shape)
    b = b.reshape((1,) * (n - b.ndim) + b.shape)
    wide = a.reshape([k for s in a.shape for k in (s, 1)]) * b.reshape([k for s in b.shape for k in (1, s)])
    return wide.reshape([i * j for i, j in zip(a.shape, b.shape)])


def tensordot(a, b, axes=2):
    """Products summed over given axes."""
    a, b = np.asarray(a), np.asarray(b)
    if isinstance(axes, int):
        left, right = list(range(-axes, 0)), list(range(axes))
    else:
        left, right = [[i] if isinstance(i, int) else list(i) for i in axes]
    left = [i + a.ndim if i < 0 else i for i in left]
    right = [i + b.ndim if i < 0 else i for i in right]
    if len(left) != len(right) or any(a.shape[i] != b.shape[j] for i, j in zip(left, right)):
        raise ValueError('shape-mismatch for sum')
    kept_a = [i for i in range(a.ndim) if i not in left]
    kept_b = [i for i in range(b.ndim) if i not in right]
    n = math.prod(a.shape[i] for i in left)
    rows = np.transpose(a, kept_a + left).reshape(-1, n)
    columns = np.transpose(b, right + kept_b).reshape(n, -1)
    return np.dot(rows, columns).reshape([a.shape[i] for i in kept_a] + [b.shape[i] for i in kept_b])


def dstack(tup):
    """Arrays side by side along a third axis."""
    return np.concatenate([atleast_3d(a) for a in tup], 2)


def dsplit(ary, indices_or_sections):
    """Parts along the third axis."""
    if np.ndim(ary) < 3:
        raise ValueError('dsplit only works on arrays of 3 or more dimensions')
    return np.split(ary, indices_or_sections, 2)


def atleast_3d(*arys):
    """Arrays with at least three dimensions."""
    result = []
    for a in arys:
        a = np.asarray(a)
        result.append(a.reshape(1, 1, 1) if a.ndim == 0 else a[None, :, None] if a.ndim == 1
                      else a[:, :, None] if a.ndim == 2 else a)
    return result[0] if len(result) == 1 else tuple(result)


def block(arrays):
    """An array put together of nested lists of arrays."""
    def depth(x):
        return 1 + depth(x[0]) if isinstance(x, list) else 0
    levels = depth(arrays)

    def least(a, n):
        a = np.asarray(a)
        return a.reshape((1,) * (n - a.ndim) + a.shape) if a.ndim < n else a

    def ndim(x):
        return max(ndim(i) for i in x) if isinstance(x, list) else np.ndim(x)
    n = max(levels, ndim(arrays))

    def join(x, level):
        if not isinstance(x, list):
            return least(x, n)
        return np.concatenate([join(i, level + 1) for i in x], axis=n - levels + level)
    return np.array(join(arrays, 0))


def unstack(x, /, *, axis=0):
    """The entries along an axis."""
    if x.ndim == 0:
        raise ValueError('Input array must be at least 1-d.')
    return tuple(np.moveaxis(x, axis, 0))


def rollaxis(a, axis, start=0):
    """An axis moved in front of another."""
    axis = _axis(axis, a.ndim)
    start = start + a.ndim if start < 0 else start
    if axis < start:
        start -= 1
    order = [i for i in range(a.ndim) if i != axis]
    order.insert(start, axis)
    return np.transpose(a, order)


def matrix_transpose(x, /):
    """The last two axes exchanged."""
    x = np.asarray(x)
    if x.ndim < 2:
        raise ValueError(f'Input array must be at least 2-dimensional, but it is {x.ndim}')
    return np.swapaxes(x, -1, -2)


def resize(a, new_shape):
    """The elements, repeated as often as needed, in another shape."""
    shape = (new_shape,) if isinstance(new_shape, (int, np.integer)) else tuple(new_shape)
    flat = np.ravel(a)
    total = math.prod(shape)
    if total == 0 or flat.size == 0:
        return np.zeros(shape, dtype=flat.dtype)
    return np.concatenate([flat] * -(-total // flat.size))[:total].reshape(shape)


def array_equiv(a1, a2):
    """Whether arrays are equal after broadcasting."""
    a1, a2 = np.asarray(a1), np.asarray(a2)
    try:
        np.broadcast_shapes(a1.shape, a2.shape)
    except ValueError:
        return False
    return bool(np.all(a1 == a2))


def correlate(a, v, mode='valid'):
    """Sums of products of one sequence with the other moved along it."""
    return np.convolve(a, np.asarray(v)[::-1], mode)


def vecdot(x1, x2, /, axis=-1):
    """Dot products along an axis."""
    return np.sum(np.multiply(x1, x2), axis=axis)


def matvec(x1, x2, /):
    """Products of matrices and vectors."""
    return np.matmul(x1, np.asarray(x2)[..., None])[..., 0]


def vecmat(x1, x2, /):
    """Products of vectors and matrices."""
    return np.matmul(np.asarray(x1)[..., None, :], x2)[..., 0, :]

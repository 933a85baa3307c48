"""Parts of numpy.linalg, made of its other functions."""
import numpy as np
from _numpy_arguments import _index, _axis, _axes, _float


def _square(*arrays):
    for a in arrays:
        if a.ndim < 2:
            raise np.linalg.LinAlgError(f'{a.ndim}-dimensional array given. Array must be at least two-dimensional')
        if a.shape[-1] != a.shape[-2]:
            raise np.linalg.LinAlgError('Last 2 dimensions of the array must be square')


def matrix_power(a, n):
    """A matrix multiplied with itself; a negative power is one of the inverse."""
    a = np.asarray(a)
    _square(a)
    try:
        n = _index(n)
    except TypeError:
        raise TypeError('exponent must be an integer') from None
    if n == 0:
        return np.array(np.broadcast_to(np.eye(a.shape[-2], dtype=a.dtype), a.shape))
    if n < 0:
        a, n = np.linalg.inv(a), -n
    result = None
    while n:
        if n & 1:
            result = a if result is None else np.matmul(result, a)
        n >>= 1
        if n:
            a = np.matmul(a, a)
    return result.copy()


def multi_dot(arrays, *, out=None):
    """The product of several matrices, in the order that takes the fewest multiplications."""
    arrays = [np.asarray(a) for a in arrays]
    if len(arrays) < 2:
        raise ValueError('Expecting at least two arrays.')
    first, last = arrays[0].ndim == 1, arrays[-1].ndim == 1
    arrays[0], arrays[-1] = np.atleast_2d(arrays[0]), arrays[-1][:, None] if last else arrays[-1]
    for a in arrays:
        if a.ndim != 2:
            raise np.linalg.LinAlgError(f'{a.ndim}-dimensional array given. Array must be two-dimensional')
    sizes = [a.shape[0] for a in arrays] + [arrays[-1].shape[1]]
    known = {}

    def cheapest(i, j):
        if (i, j) not in known:
            known[i, j] = (0, i) if i == j else min(
                (cheapest(i, k)[0] + cheapest(k + 1, j)[0] + sizes[i] * sizes[k + 1] * sizes[j + 1], k) for k in range(i, j))
        return known[i, j]

    def product(i, j):
        if i == j:
            return arrays[i]
        k = cheapest(i, j)[1]
        return np.dot(product(i, k), product(k + 1, j))
    result = product(0, len(arrays) - 1)
    if first or last:
        result = result.reshape(() if first and last else -1)[()]
    if out is not None:
        out[...] = result
        return out
    return result


def svdvals(x, /):
    """The singular values."""
    return np.linalg.svd(x, compute_uv=False)


def _vector_norm(x, order, axes, keepdims):
    size = np.abs(x)
    if order in (None, 2):
        return np.sqrt(np.sum(x * x, axis=axes, keepdims=keepdims))
    if order == np.inf:
        return np.max(size, axis=axes, keepdims=keepdims)
    if order == -np.inf:
        return np.min(size, axis=axes, keepdims=keepdims)
    if order == 0:
        return np.sum((x != 0).astype(x.dtype), axis=axes, keepdims=keepdims)
    if order == 1:
        return np.sum(size, axis=axes, keepdims=keepdims)
    if isinstance(order, str):
        raise ValueError(f"Invalid norm order '{order}' for vectors")
    return np.sum(size ** order, axis=axes, keepdims=keepdims) ** (1.0 / order)


def _matrix_norm(x, order, row, column, keepdims):
    if row == column:
        raise ValueError('Duplicate axes given.')
    if order in (2, -2, 'nuc'):
        s = svdvals(np.moveaxis(x, (row, column), (-2, -1)))
        result = s.sum(axis=-1) if order == 'nuc' else s.max(axis=-1) if order == 2 else s.min(axis=-1)
    elif order in (1, -1, np.inf, -np.inf):
        summed, other = (row, column) if order in (1, -1) else (column, row)
        sums = np.sum(np.abs(x), axis=summed)
        other -= 1 if other > summed else 0
        result = sums.max(axis=other) if order > 0 else sums.min(axis=other)
    elif order in (None, 'fro', 'f'):
        result = np.sqrt(np.sum(x * x, axis=(row, column)))
    else:
        raise ValueError('Invalid norm order for matrices.')
    return np.expand_dims(result, (row, column)) if keepdims else result


def norm(x, ord=None, axis=None, keepdims=False):
    """The length of vectors, or a norm of matrices."""
    x = _float(x)
    if axis is None:
        if ord is None or (ord in ('f', 'fro') and x.ndim == 2) or (ord == 2 and x.ndim == 1):
            flat = np.ravel(x)
            result = np.sqrt(flat.dot(flat))
            return np.reshape(result, (1,) * x.ndim) if keepdims else result
        axis = tuple(range(x.ndim))
    axes = tuple(_axis(i, x.ndim) for i in (axis if np.ndim(axis) else (axis,)))
    if len(axes) == 1:
        return _vector_norm(x, ord, axes[0], keepdims)
    if len(axes) == 2:
        return _matrix_norm(x, ord, *axes, keepdims)
    raise ValueError('Improper number of dimensions to norm.')


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """The length of vectors."""
    x = _float(x)
    return _vector_norm(x, ord, None if axis is None else _axes(axis, x.ndim), keepdims)


def matrix_norm(x, /, *, keepdims=False, ord='fro'):
    """A norm of matrices."""
    return norm(x, axis=(-2, -1), keepdims=keepdims, ord=ord)


def cond(x, p=None):
    """How much a matrix magnifies errors."""
    x = _float(x)
    if p is None or p in (2, -2):
        s = svdvals(x)
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    _square(x)
    return norm(x, p, axis=(-2, -1)) * norm(np.linalg.inv(x), p, axis=(-2, -1))


def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    """The pseudo-inverse."""
    a = _float(a)
    if rcond is None:
        rcond = 1e-15 if rtol is None else rtol
    elif rtol is not None:
        raise ValueError('`rtol` and `rcond` can\'t be both set.')
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    large = s > np.asarray(rcond)[..., None] * np.max(s, axis=-1, keepdims=True)
    s = np.where(large, 1 / np.where(large, s, 1), 0)
    return np.matmul(np.swapaxes(vt, -1, -2), s[..., None] * np.swapaxes(u, -1, -2))


def lstsq(a, b, rcond=None):
    """Least squares: the solution, squared residuals, rank and singular values."""
    a, b = _float(a), _float(b)
    if a.ndim != 2:
        raise np.linalg.LinAlgError(f'{a.ndim}-dimensional array given. Array must be two-dimensional')
    m, n = a.shape
    if b.ndim not in (1, 2):
        raise np.linalg.LinAlgError(f'{b.ndim}-dimensional array given. Array must be two-dimensional')
    if b.shape[0] != m:
        raise np.linalg.LinAlgError('Incompatible dimensions')
    columns = b[:, None] if b.ndim == 1 else b
    if rcond is None:
        rcond = np.finfo(np.float64).eps * max(n, m)
    elif rcond == -1:
        rcond = np.finfo(np.float64).eps
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    large = s > rcond * s[0] if len(s) else s > 0
    rank = int(np.sum(large))
    if rank == n and m >= n:
        x = np.linalg._least_squares(a, columns)
    else:
        x = np.dot(vt.T, np.where(large, 1 / np.where(large, s, 1), 0)[:, None] * np.dot(u.T, columns))
    rest = columns - np.dot(a, x)
    residuals = np.sum(rest * rest, axis=0) if rank == n and m > n else np.array([])
    return (x[:, 0] if b.ndim == 1 else x), residuals, np.int32(rank), s


def tensorinv(a, ind=2):
    """The inverse with respect to a tensor product."""
    a = np.asarray(a)
    if ind <= 0:
        raise ValueError('Invalid ind argument.')
    rows = int(np.prod(a.shape[ind:]))
    return np.linalg.inv(a.reshape(rows, -1)).reshape(a.shape[ind:] + a.shape[:ind])


def tensorsolve(a, b, axes=None):
    """The tensor x with tensordot(a, x, x.ndim) = b."""
    a, b = np.asarray(a), np.asarray(b)
    if axes is not None:
        order = [i for i in range(a.ndim) if i not in axes] + list(axes)
        a = np.transpose(a, order)
    shape = a.shape[-(a.ndim - b.ndim):]
    total = int(np.prod(shape))
    if a.size != total ** 2:
        raise np.linalg.LinAlgError('Input arrays must satisfy the requirement prod(a.shape[b.ndim:]) == '
                                    'prod(a.shape[:b.ndim])')
    return np.linalg.solve(a.reshape(total, total), np.ravel(b)).reshape(shape)


def outer(x1, x2, /):
    """All products of two vectors' elements."""
    x1, x2 = np.asarray(x1), np.asarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(f'Input arrays must be one-dimensional, but they are x1.ndim={x1.ndim} and x2.ndim={x2.ndim}.')
    return np.outer(x1, x2)


def cross(x1, x2, /, *, axis=-1):
    """The vector product in three dimensions."""
    x1, x2 = np.asarray(x1), np.asarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError('Both input arrays must be (arrays of) 3-dimensional vectors, but they are '
                         f'{x1.shape[axis]} and {x2.shape[axis]} dimensional instead.')
    return np.cross(x1, x2, axis=axis)


def trace(x, /, *, offset=0, dtype=None):
    """The sum of the last two dimensions' diagonal."""
    return np.trace(x, offset, axis1=-2, axis2=-1, dtype=dtype)


def diagonal(x, /, *, offset=0):
    """The diagonal of the last two dimensions."""
    return np.diagonal(x, offset, axis1=-2, axis2=-1)


def matrix_transpose(x, /):
    """The last two dimensions exchanged."""
    return np.matrix_transpose(x)


def matmul(x1, x2, /):
    """The product of matrices."""
    return np.matmul(x1, x2)


def vecdot(x1, x2, /, *, axis=-1):
    """Dot products along an axis."""
    return np.vecdot(x1, x2, axis=axis)


def tensordot(x1, x2, /, *, axes=2):
    """Products summed over given axes."""
    return np.tensordot(x1, x2, axes=axes)

"""Grids, indices and shapes of numpy, made of its other functions."""
import math
import numpy as np
from _numpy_arguments import _refuse, _positions


def broadcast_shapes(*args):
    """The shape that arrays of these shapes broadcast to."""
    shapes = [(s,) if isinstance(s, int) else tuple(s) for s in args]
    result = []
    for i in range(max((len(s) for s in shapes), default=0)):
        size = 1
        for k, s in enumerate(shapes):
            n = s[-1 - i] if i < len(s) else 1
            if n != 1 and size != 1 and n != size:
                raise ValueError('shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between '
                                 f'arg {first} with shape {shapes[first]} and arg {k} with shape {s}.')
            if n != 1:
                size, first = n, k
        result.append(size)
    return tuple(reversed(result))


def broadcast_arrays(*args, subok=False):
    """The arrays in the shape that all broadcast to."""
    _refuse('broadcast_arrays', subok=subok)
    arrays = [np.asarray(a) for a in args]
    shape = broadcast_shapes(*[a.shape for a in arrays])
    return tuple(np.broadcast_to(a, shape) for a in arrays)


def tri(N, M=None, k=0, dtype=float):
    """Ones on and below a diagonal."""
    rows, columns = np.arange(N), np.arange(-k, (N if M is None else M) - k)
    return np.greater_equal(rows[:, None], columns[None, :]).astype(dtype)


def tril_indices(n, k=0, m=None):
    """The indices of a matrix's lower triangle."""
    return np.nonzero(tri(n, m, k=k, dtype=bool))


def triu_indices(n, k=0, m=None):
    """The indices of a matrix's upper triangle."""
    return np.nonzero(~tri(n, m, k=k - 1, dtype=bool))


def _matrix(arr):
    if np.ndim(arr) != 2:
        raise ValueError('input array must be 2-d')
    return np.shape(arr)


def tril_indices_from(arr, k=0):
    """The indices of this matrix's lower triangle."""
    n, m = _matrix(arr)
    return tril_indices(n, k=k, m=m)


def triu_indices_from(arr, k=0):
    """The indices of this matrix's upper triangle."""
    n, m = _matrix(arr)
    return triu_indices(n, k=k, m=m)


def diag_indices(n, ndim=2):
    """The indices of a diagonal."""
    return (np.arange(n),) * ndim


def diag_indices_from(arr):
    """The indices of this array's diagonal."""
    if not arr.ndim >= 2:
        raise ValueError('input array must be at least 2-d')
    if len(set(arr.shape)) > 1:
        raise ValueError('All dimensions of input must be of equal length')
    return diag_indices(arr.shape[0], arr.ndim)


def diagflat(v, k=0):
    """A matrix with the elements on a diagonal."""
    return np.diag(np.ravel(np.asarray(v)), k)


def fill_diagonal(a, val, wrap=False):
    """Writes on the diagonal."""
    if a.ndim < 2:
        raise ValueError('array must be at least 2-d')
    if a.ndim > 2 and len(set(a.shape)) > 1:
        raise ValueError('All dimensions of input must be of equal length')
    n = min(a.shape)
    a[(np.arange(n),) * a.ndim] = val if np.ndim(val) == 0 else np.resize(val, n)


def vander(x, N=None, increasing=False):
    """Powers of the elements, a row for each."""
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError('x must be a one-dimensional array or sequence.')
    powers = np.arange(len(x) if N is None else N)
    return x[:, None] ** (powers if increasing else powers[::-1])[None, :]


def ndindex(*shape):
    """All indices of an array of this shape."""
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        shape = tuple(shape[0])
    return _indices_of(shape)


def _indices_of(shape):
    if not shape:
        yield ()
        return
    for first in range(shape[0]):
        for rest in _indices_of(shape[1:]):
            yield (first,) + rest


def ndenumerate(arr):
    """Indices and elements."""
    arr = np.asarray(arr)
    for index in _indices_of(arr.shape):
        yield index, arr[index]


def indices(dimensions, dtype=int, sparse=False):
    """A grid's indices, one array a dimension."""
    dimensions = tuple(dimensions)
    n = len(dimensions)
    parts = [np.arange(d, dtype=dtype).reshape((1,) * i + (d,) + (1,) * (n - i - 1)) for i, d in enumerate(dimensions)]
    if sparse:
        return tuple(parts)
    if not parts:
        return np.zeros((0,), dtype=dtype)
    return np.stack([np.array(np.broadcast_to(p, dimensions)) for p in parts])


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """The function of a grid's indices."""
    _refuse('fromfunction', like=like)
    return function(*indices(shape, dtype=dtype), **kwargs)


def fromiter(iter, dtype, count=-1, *, like=None):
    """An array of what an iterable gives."""
    _refuse('fromiter', like=like)
    values = []
    for value in iter:
        if len(values) == count:
            break
        values.append(value)
    if count > len(values):
        raise ValueError(f'iterator too short: Expected {count} but iterator had only {len(values)} items.')
    return np.array(values, dtype=dtype)


class _Grid:
    def __init__(self, sparse):
        self._sparse = sparse

    def _line(self, key):
        start = 0 if key.start is None else key.start
        step = 1 if key.step is None else key.step
        return np.arange(start, key.stop, step)

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._line(key)
        lines = [self._line(k) for k in key]
        grids = np.meshgrid(*lines, indexing='ij', sparse=self._sparse)
        return tuple(grids) if self._sparse else np.stack(np.broadcast_arrays(*grids))


mgrid = _Grid(False)
ogrid = _Grid(True)


class _Index:
    def __init__(self, always):
        self._always = always

    def __getitem__(self, item):
        return (item,) if self._always and not isinstance(item, tuple) else item


s_ = _Index(False)
index_exp = _Index(True)


def unravel_index(indices, shape, order='C'):
    """Multi-indices of positions in a flattened array."""
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    flat = np.asarray(indices)
    total = math.prod(shape)
    for i in np.ravel(flat).tolist():
        if not 0 <= i < total:
            raise ValueError(f'index {i} is out of bounds for array with size {total}')
    result = []
    for size in reversed(shape) if order == 'C' else shape:
        result.append(flat % size)
        flat = flat // size
    result = [r if np.ndim(r) else np.int64(r) for r in result]
    return tuple(reversed(result)) if order == 'C' else tuple(result)


def ravel_multi_index(multi_index, dims, mode='raise', order='C'):
    """Positions in a flattened array."""
    parts = [np.asarray(m) for m in multi_index]
    if len(parts) != len(dims):
        raise ValueError('parameter multi_index must be a sequence of length ' + str(len(dims)))
    flat = 0
    pairs = list(zip(parts, dims))
    for part, size in pairs if order == 'C' else reversed(pairs):
        flat = flat * size + _positions(part, size, mode, 'coordinates')
    return flat if np.ndim(flat) else np.int64(flat)

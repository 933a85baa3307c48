"""Functions of numpy made of its others."""
from collections import namedtuple as _namedtuple
import math
import operator
import numpy as np

__name__ = 'numpy'

# Python's own, where numpy's names would hide them.
_max, _min, _set, _abs, _bin = max, min, set, abs, bin


_results = {'eig': _namedtuple('EigResult', 'eigenvalues eigenvectors'),
            'eigh': _namedtuple('EighResult', 'eigenvalues eigenvectors'), 'svd': _namedtuple('SVDResult', 'U S Vh'),
            'qr': _namedtuple('QRResult', 'Q R'), 'slogdet': _namedtuple('SlogdetResult', 'sign logabsdet')}


def _result(name, *values):
    return _results[name](*values) if name in _results else values


def _float(a):
    a = np.asarray(a)
    return a if a.dtype.kind == 'f' else a.astype(np.float64)


def _axis(axis, ndim):
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise np.exceptions.AxisError(f'axis {axis} is out of bounds for array of dimension {ndim}')
    return axis + ndim if axis < 0 else axis


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    """The mean, weighted where weights are given."""
    a = np.asarray(a)
    if weights is None:
        result = a.mean(axis, keepdims=keepdims)
        scale = np.full(np.shape(result), a.size / _max(np.size(result), 1))
        scale = scale if np.ndim(scale) else np.float64(scale)
    else:
        weights = np.asarray(weights)
        if a.shape != weights.shape:
            if axis is None:
                raise TypeError('Axis must be specified when shapes of a and weights differ.')
            axis = _axis(axis, a.ndim)
            if weights.shape != (a.shape[axis],):
                raise ValueError('Shape of weights must be consistent with shape of a along specified axis.')
            weights = weights.reshape([-1 if i == axis else 1 for i in range(a.ndim)])
            weights = weights * np.ones(a.shape, dtype=weights.dtype)
        scale = weights.sum(axis, keepdims=keepdims)
        if np.any(scale == 0.0):
            raise ZeroDivisionError('Weights sum to zero, can\'t be normalized')
        result = np.multiply(a, weights).sum(axis, keepdims=keepdims) / scale
    return (result, scale) if returned else result


def broadcast_shapes(*args):
    """The shape that arrays of these shapes broadcast to."""
    shapes = [(s,) if isinstance(s, int) else tuple(s) for s in args]
    result = []
    for i in range(_max((len(s) for s in shapes), default=0)):
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
    if len(_set(arr.shape)) > 1:
        raise ValueError('All dimensions of input must be of equal length')
    return diag_indices(arr.shape[0], arr.ndim)


def diagflat(v, k=0):
    """A matrix with the elements on a diagonal."""
    return np.diag(np.ravel(np.asarray(v)), k)


def fill_diagonal(a, val, wrap=False):
    """Writes on the diagonal."""
    if a.ndim < 2:
        raise ValueError('array must be at least 2-d')
    if a.ndim > 2 and len(_set(a.shape)) > 1:
        raise ValueError('All dimensions of input must be of equal length')
    n = _min(a.shape)
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
    return function(*indices(shape, dtype=dtype), **kwargs)


def fromiter(iter, dtype, count=-1, *, like=None):
    """An array of what an iterable gives."""
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
        if mode == 'wrap':
            part = part % size
        elif mode == 'clip':
            part = np.clip(part, 0, size - 1)
        elif np.any((part < 0) | (part >= size)):
            raise ValueError('invalid entry in coordinates array')
        flat = flat * size + part
    return flat if np.ndim(flat) else np.int64(flat)


def take_along_axis(arr, indices, axis=-1):
    """Elements by an array of positions along an axis."""
    return arr[_along(arr, indices, axis)]


def put_along_axis(arr, indices, values, axis):
    """Writes elements at an array of positions along an axis."""
    arr[_along(arr, indices, axis)] = values


def _along(arr, index, axis):
    if axis is None:
        raise NotImplementedError('axis=None is not available in tnb')
    if index.dtype.kind not in 'iu':
        raise IndexError('`indices` must be an integer array')
    if arr.ndim != index.ndim:
        raise ValueError('`indices` and `arr` must have the same number of dimensions')
    axis = _axis(axis, arr.ndim)
    n = arr.ndim
    return tuple(index if i == axis else np.arange(arr.shape[i]).reshape((1,) * i + (-1,) + (1,) * (n - i - 1))
                 for i in range(n))


def put(a, ind, v, mode='raise'):
    """Writes elements by their positions in the flattened array."""
    ind = np.ravel(np.asarray(ind)).astype(int)
    v = np.resize(np.asarray(v), len(ind))
    for i, value in zip(ind.tolist(), v):
        if mode == 'wrap':
            i %= a.size
        elif mode == 'clip':
            i = _min(_max(i, 0), a.size - 1)
        elif not -a.size <= i < a.size:
            raise IndexError(f'index {i} is out of bounds for axis 0 with size {a.size}')
        a[tuple(int(k) for k in unravel_index(i % a.size, a.shape))] = value


def place(arr, mask, vals):
    """Writes values where a mask holds, in turn."""
    mask = np.asarray(mask).astype(bool)
    n = int(mask.sum())
    if n:
        arr[mask] = np.resize(np.asarray(vals), n)


def putmask(a, mask, values):
    """Writes the values that stand where a mask holds."""
    mask = np.asarray(mask).astype(bool)
    values = np.resize(np.asarray(values), a.shape)
    a[mask] = values[mask]


def copyto(dst, src, casting='same_kind', where=True):
    """Writes one array's elements into another."""
    if where is True:
        dst[...] = src
    else:
        mask = np.broadcast_to(where, dst.shape)
        dst[mask] = np.broadcast_to(src, dst.shape)[mask]


def extract(condition, arr):
    """The elements where a condition holds."""
    return np.ravel(arr)[np.nonzero(np.ravel(condition))[0]]


def compress(condition, a, axis=None, out=None):
    """Entries along an axis where a condition holds."""
    picks = np.nonzero(np.asarray(condition))[0]
    return np.take(np.ravel(a) if axis is None else a, picks, axis=0 if axis is None else axis)


def choose(a, choices, out=None, mode='raise'):
    """For each position the element of the choice that `a` numbers."""
    a = np.asarray(a)
    n = len(choices)
    if mode == 'wrap':
        a = a % n
    elif mode == 'clip':
        a = np.clip(a, 0, n - 1)
    elif np.any((a < 0) | (a >= n)):
        raise ValueError('invalid entry in choice array')
    stacked = np.stack(np.broadcast_arrays(*choices, a)[:n])
    a = np.broadcast_to(a, stacked.shape[1:])
    return take_along_axis(stacked, np.array(a)[None], 0)[0]


def select(condlist, choicelist, default=0):
    """For each position the element of the first choice whose condition holds."""
    if len(condlist) != len(choicelist):
        raise ValueError('list of cases must be same length as list of conditions')
    if not condlist:
        raise ValueError('select with an empty condition list is not possible')
    result = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist)):
        result = np.where(condition, choice, result)
    return result


def piecewise(x, condlist, funclist, *args, **kw):
    """A function made of others, each where its condition holds."""
    x = np.asarray(x)
    conditions = [np.asarray(c).astype(bool) for c in (condlist if isinstance(condlist, (list, tuple)) else [condlist])]
    if len(funclist) == len(conditions) + 1:
        rest = conditions[0]
        for c in conditions[1:]:
            rest = rest | c
        conditions.append(~rest)
    elif len(funclist) != len(conditions):
        n = len(conditions)
        raise ValueError(f'with {n} condition(s), either {n} or {n + 1} functions are expected')
    y = np.zeros_like(x)
    for condition, function in zip(conditions, funclist):
        if callable(function):
            part = x[condition]
            if part.size:
                y[condition] = function(part, *args, **kw)
        else:
            y[condition] = function
    return y


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
    n = _max(a.ndim, b.ndim)
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
        return _max(ndim(i) for i in x) if isinstance(x, list) else np.ndim(x)
    n = _max(levels, ndim(arrays))

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


def trim_zeros(filt, trim='fb', axis=None):
    """Without zeros at the ends."""
    kept = np.nonzero(np.asarray(filt))[0]
    if len(kept) == 0:
        return filt[:0]
    first = int(kept[0]) if 'f' in trim.lower() else 0
    last = int(kept[-1]) + 1 if 'b' in trim.lower() else len(filt)
    return filt[first:last]


def ediff1d(ary, to_end=None, to_begin=None):
    """Differences of neighbours, between other elements."""
    parts = [np.diff(np.ravel(ary))]
    if to_begin is not None:
        parts.insert(0, np.ravel(to_begin))
    if to_end is not None:
        parts.append(np.ravel(to_end))
    return np.concatenate(parts)


def array_equiv(a1, a2):
    """Whether arrays are equal after broadcasting."""
    a1, a2 = np.asarray(a1), np.asarray(a2)
    try:
        broadcast_shapes(a1.shape, a2.shape)
    except ValueError:
        return False
    return bool(np.all(a1 == a2))


def union1d(ar1, ar2):
    """The sorted distinct elements of two arrays."""
    return np.unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def setxor1d(ar1, ar2, assume_unique=False):
    """The sorted elements that are in one of two arrays only."""
    both = np.concatenate((np.unique(ar1), np.unique(ar2)))
    values, counts = np.unique(both, return_counts=True)
    return values[counts == 1]


def lexsort(keys, axis=-1):
    """The order by the last key, then the one before it …"""
    keys = [np.asarray(k) for k in keys]
    order = np.arange(len(keys[0]))
    for key in keys:
        order = order[np.argsort(key[order], kind='stable')]
    return order


def partition(a, kth, axis=-1, kind='introselect', order=None):
    """A copy in which the k-th element stands where sorting would put it."""
    return np.sort(a, axis=axis) if axis is not None else np.sort(np.ravel(a))


def argpartition(a, kth, axis=-1, kind='introselect', order=None):
    """The order of `partition`."""
    return np.argsort(a, axis=axis, kind='stable') if axis is not None else np.argsort(np.ravel(a), kind='stable')


def _all_nan(a, axis):
    if np.any(np.all(np.isnan(a), axis=axis)):
        raise ValueError('All-NaN slice encountered')


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    """The position of the smallest element, NaN left out."""
    a = np.asarray(a)
    if a.dtype.kind == 'f':
        _all_nan(a, axis)
        a = np.where(np.isnan(a), np.inf, a)
    return np.argmin(a, axis=axis, keepdims=keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    """The position of the largest element, NaN left out."""
    a = np.asarray(a)
    if a.dtype.kind == 'f':
        _all_nan(a, axis)
        a = np.where(np.isnan(a), -np.inf, a)
    return np.argmax(a, axis=axis, keepdims=keepdims)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    """The variance, NaN left out."""
    a = _float(a)
    keep = ~np.isnan(a)
    count = keep.sum(axis=axis, keepdims=True)
    mean = np.where(keep, a, 0).sum(axis=axis, keepdims=True) / count
    squares = np.where(keep, a - mean, 0) ** 2
    return squares.sum(axis=axis, keepdims=keepdims) / (keep.sum(axis=axis, keepdims=keepdims) - ddof)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=False):
    """The product, NaN left out."""
    a = np.asarray(a)
    return np.prod(np.where(np.isnan(a), 1, a) if a.dtype.kind == 'f' else a, axis=axis, keepdims=keepdims)


def nancumsum(a, axis=None, dtype=None, out=None):
    """Running sums, NaN counted as 0."""
    a = np.asarray(a)
    return np.cumsum(np.where(np.isnan(a), 0, a) if a.dtype.kind == 'f' else a, axis=axis)


def nancumprod(a, axis=None, dtype=None, out=None):
    """Running products, NaN counted as 1."""
    a = np.asarray(a)
    return np.cumprod(np.where(np.isnan(a), 1, a) if a.dtype.kind == 'f' else a, axis=axis)


def _without_nan(function, a, axis):
    a = _float(a)
    if axis is None:
        flat = np.ravel(a)
        return function(flat[~np.isnan(flat)])
    rows = np.moveaxis(a, _axis(axis, a.ndim), -1)
    flat = rows.reshape(-1, rows.shape[-1])
    return np.array([function(row[~np.isnan(row)]) for row in flat]).reshape(rows.shape[:-1])


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The median, NaN left out."""
    return _without_nan(np.median, a, axis)


def nanpercentile(a, q, axis=None):
    """Percentiles, NaN left out."""
    return _without_nan(lambda row: np.percentile(row, q), a, axis)


def nanquantile(a, q, axis=None):
    """Quantiles, NaN left out."""
    return _without_nan(lambda row: np.quantile(row, q), a, axis)


def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running sums."""
    x = np.asarray(x)
    if axis is None and x.ndim > 1:
        raise ValueError('For arrays which have more than one dimension ``axis`` argument is required.')
    result = np.cumsum(x, axis=axis, dtype=dtype)
    if include_initial:
        shape = list(result.shape)
        shape[axis or 0] = 1
        result = np.concatenate([np.zeros(shape, dtype=result.dtype), result], axis=axis or 0)
    return result


def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Running products."""
    x = np.asarray(x)
    if axis is None and x.ndim > 1:
        raise ValueError('For arrays which have more than one dimension ``axis`` argument is required.')
    result = np.cumprod(x, axis=axis, dtype=dtype)
    if include_initial:
        shape = list(result.shape)
        shape[axis or 0] = 1
        result = np.concatenate([np.ones(shape, dtype=result.dtype), result], axis=axis or 0)
    return result


def divmod(x1, x2, /):
    """Quotients rounded down, and remainders."""
    return np.floor_divide(x1, x2), np.remainder(x1, x2)


def modf(x, /):
    """Fractional and whole parts."""
    x = _float(x)
    whole = np.trunc(x)
    return np.copysign(x - whole, x), whole


def frexp(x, /):
    """Mantissas between 0.5 and 1 and exponents of two."""
    x = _float(x)
    pairs = [math.frexp(v) for v in np.ravel(x).tolist()]
    mantissa = np.array([m for m, _ in pairs], dtype=x.dtype).reshape(x.shape)
    exponent = np.array([e for _, e in pairs], dtype=np.int32).reshape(x.shape)
    return (mantissa, exponent) if x.ndim else (mantissa[()], exponent[()])


def ldexp(x1, x2, /):
    """x1 · 2 ** x2."""
    return _float(x1) * np.float64(2) ** np.asarray(x2)


def float_power(x1, x2, /):
    """Powers in double precision."""
    return np.power(np.asarray(x1, dtype=np.float64), np.asarray(x2, dtype=np.float64))


def logaddexp2(x1, x2, /):
    """log2(2 ** x1 + 2 ** x2)."""
    x1, x2 = _float(x1), _float(x2)
    largest = np.maximum(x1, x2)
    return largest + np.log1p(np.exp2(np.minimum(x1, x2) - largest)) * 1.4426950408889634


def fix(x, out=None):
    """Rounded towards zero."""
    return np.trunc(x)


def sinc(x):
    """sin(πx) / (πx), 1 at 0."""
    x = _float(x)
    y = np.pi * np.where(x == 0, 1.0e-20, x)
    return np.sin(y) / y


def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """Angles without jumps of a whole period."""
    p = _float(p)
    if discont is None:
        discont = period / 2
    difference = np.diff(p, axis=axis)
    low = -period / 2
    modulo = np.mod(difference - low, period) + low
    modulo = np.where((modulo == low) & (difference > 0), -low, modulo)
    correction = modulo - difference
    correction = np.where(np.abs(difference) < discont, 0, correction)
    first = np.take(p, [0], axis=axis)
    return np.concatenate([first, np.take(p, range(1, p.shape[axis]), axis=axis) + np.cumsum(correction, axis=axis)], axis=axis)


def iterable(y):
    """Whether it can be iterated over."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


def isreal(x):
    """True for every element: numbers are real."""
    result = np.ones(np.shape(x), dtype=bool)
    return result if np.ndim(x) else True


def iscomplex(x):
    """False for every element: numbers are real."""
    result = np.zeros(np.shape(x), dtype=bool)
    return result if np.ndim(x) else False


def isrealobj(x):
    """True: numbers are real."""
    return True


def iscomplexobj(x):
    """False: numbers are real."""
    return False


def real(val):
    """The array itself."""
    return np.asarray(val) if not isinstance(val, (int, float, np.generic)) else val


def conjugate(x, /):
    """The array itself."""
    return real(x)


conj = conjugate


def binary_repr(num, width=None):
    """The binary digits of a number."""
    num = operator.index(num)
    if num >= 0:
        return _bin(num)[2:].zfill(width or 0)
    if width is None:
        return '-' + _bin(-num)[2:]
    return _bin(2 ** width + num)[2:].zfill(width)


def base_repr(number, base=2, padding=0):
    """The digits of a number in some base."""
    if not 2 <= base <= 36:
        raise ValueError('Bases greater than 36 not handled in base_repr.' if base > 36
                         else 'Bases less than 2 not handled in base_repr.')
    n, digits = _abs(int(number)), []
    while n:
        digits.append('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % base])
        n //= base
    digits.append('0' * padding if digits else '0' * (padding or 1))
    return ('-' if number < 0 else '') + ''.join(reversed(digits))


def _window(M, formula):
    if M < 1:
        return np.array([], dtype=np.float64)
    if M == 1:
        return np.ones(1)
    return formula(np.arange(1 - M, M, 2, dtype=np.float64))


def hanning(M):
    """Half a cosine wave, raised to run from zero to zero."""
    return _window(M, lambda n: 0.5 + 0.5 * np.cos(np.pi * n / (M - 1)))


def hamming(M):
    """A cosine wave that ends a little above zero."""
    return _window(M, lambda n: 0.54 + 0.46 * np.cos(np.pi * n / (M - 1)))


def blackman(M):
    """A sum of two cosine waves."""
    return _window(M, lambda n: 0.42 + 0.5 * np.cos(np.pi * n / (M - 1)) + 0.08 * np.cos(2.0 * np.pi * n / (M - 1)))


def bartlett(M):
    """A triangle."""
    return _window(M, lambda n: np.where(np.less_equal(n, 0), 1 + n / (M - 1), 1 - n / (M - 1)))


def correlate(a, v, mode='valid'):
    """Sums of products of one sequence with the other moved along it."""
    return np.convolve(a, np.asarray(v)[::-1], mode)


def _coefficients(p):
    return np.asarray(p.coeffs if hasattr(p, 'coeffs') else p)


def polyadd(a1, a2):
    """The sum of polynomials."""
    a1, a2 = np.atleast_1d(_coefficients(a1)), np.atleast_1d(_coefficients(a2))
    n = len(a2) - len(a1)
    if n > 0:
        a1 = np.concatenate([np.zeros(n, a1.dtype), a1])
    elif n < 0:
        a2 = np.concatenate([np.zeros(-n, a2.dtype), a2])
    return a1 + a2


def polysub(a1, a2):
    """The difference of polynomials."""
    return polyadd(a1, -np.atleast_1d(_coefficients(a2)))


def polymul(a1, a2):
    """The product of polynomials."""
    return np.convolve(np.atleast_1d(_coefficients(a1)), np.atleast_1d(_coefficients(a2)))


def polydiv(u, v):
    """Quotient and remainder of polynomials."""
    u, v = np.atleast_1d(_coefficients(u)) + 0.0, np.atleast_1d(_coefficients(v)) + 0.0
    m, n = len(u) - 1, len(v) - 1
    scale = 1.0 / v[0]
    q = np.zeros((_max(m - n + 1, 1),))
    r = u.copy()
    for k in range(0, m - n + 1):
        d = scale * r[k]
        q[k] = d
        r[k:k + n + 1] -= d * v
    while np.allclose(r[0], 0, rtol=1e-14) and r.shape[-1] > 1:
        r = r[1:]
    return q, r


def polyder(p, m=1):
    """The derivative of a polynomial."""
    p = np.asarray(_coefficients(p))
    for _ in range(m):
        p = p[:-1] * np.arange(len(p) - 1, 0, -1)
    return p


def polyint(p, m=1, k=None):
    """The antiderivative of a polynomial."""
    p = np.asarray(_coefficients(p))
    constants = [0] * m if k is None else [k] * m if np.ndim(k) == 0 else list(k)
    for c in constants:
        p = np.concatenate([p / np.arange(len(p), 0, -1), [c]])
    return p




def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges of the parts that `histogram` counts in."""
    return np.histogram(a, bins, range)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Counts of pairs in the parts of two ranges."""
    pair = bins if not np.ndim(bins) == 0 and len(bins) == 2 else (bins, bins)
    spans = range if range is not None else (None, None)
    edges = [np.histogram(v, b, s)[1] for v, b, s in zip((x, y), pair, spans)]
    places = []
    for v, e in zip((x, y), edges):
        v = np.asarray(v)
        i = np.searchsorted(e, v, side='right') - 1
        places.append(np.where(v == e[-1], len(e) - 2, i))
    shape = [len(e) - 1 for e in edges]
    counts = np.zeros(shape)
    ws = np.ones(len(places[0])) if weights is None else np.asarray(weights)
    for i, j, w in zip(places[0].tolist(), places[1].tolist(), ws.tolist()):
        if 0 <= i < shape[0] and 0 <= j < shape[1]:
            counts[i, j] += w
    if density:
        counts = counts / np.diff(edges[0])[:, None] / np.diff(edges[1])[None, :] / counts.sum()
    return counts, edges[0], edges[1]


def vecdot(x1, x2, /, axis=-1):
    """Dot products along an axis."""
    return np.sum(np.multiply(x1, x2), axis=axis)


def matvec(x1, x2, /):
    """Products of matrices and vectors."""
    return np.matmul(x1, np.asarray(x2)[..., None])[..., 0]


def vecmat(x1, x2, /):
    """Products of vectors and matrices."""
    return np.matmul(np.asarray(x1)[..., None, :], x2)[..., 0, :]


def may_share_memory(a, b, /, max_work=None):
    """Whether two arrays may lie in the same memory."""
    return np.shares_memory(a, b)


def get_printoptions():
    raise NotImplementedError('numpy.get_printoptions is not available in tnb')


def roots(p):
    raise NotImplementedError('numpy.roots is not available in tnb: its results are complex numbers')

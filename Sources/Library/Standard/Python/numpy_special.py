"""Less common functions of numpy, made of its others."""
import math
import re
import numpy as np
from _numpy_arguments import _axis, _float, _refuse


def _mapped(function, x, kind=None):
    """A function of single numbers over all elements."""
    x = np.asarray(x)
    values = [function(v) for v in np.ravel(x).tolist()]
    return np.array(values, dtype=kind or x.dtype).reshape(x.shape)[()]


def lcm(x1, x2, /):
    """The least common multiple."""
    x1, x2 = np.asarray(x1), np.asarray(x2)
    divisor = np.gcd(x1, x2)
    return np.abs(np.floor_divide(x1, np.where(divisor == 0, 1, divisor)) * x2).astype(np.result_type(x1, x2))[()]


def angle(z, deg=False):
    """The angles of numbers: 0, or π where they are negative."""
    result = np.arctan2(0.0, z)
    return result * (180 / np.pi) if deg else result


def nextafter(x1, x2, /):
    """The next number from one towards another."""
    kind = np.result_type(_float(x1), _float(x2))
    if kind != np.float64:
        raise NotImplementedError(f'numpy.nextafter of {kind} is not available in tnb')
    x1, x2 = np.broadcast_arrays(x1, x2)
    values = [math.nextafter(a, b) for a, b in zip(np.ravel(x1).tolist(), np.ravel(x2).tolist())]
    return np.array(values, dtype=kind).reshape(x1.shape)[()]


def spacing(x, /):
    """The distance to the next number."""
    x = _float(x)
    if x.dtype != np.float64:
        raise NotImplementedError(f'numpy.spacing of {x.dtype} is not available in tnb')
    return np.copysign(_mapped(math.ulp, x), x)


def bitwise_count(x, /):
    """How many bits are one, in the number without its sign."""
    return _mapped(lambda v: bin(abs(v)).count('1'), x, np.uint8)


def packbits(a, /, axis=None, bitorder='big'):
    """Bits packed into bytes."""
    a = np.asarray(a)
    if a.dtype.kind not in 'iub':
        raise TypeError('Expected an input array of integer or boolean data type')
    a, axis = (np.ravel(a), 0) if axis is None else (a, _axis(axis, a.ndim))
    rows = np.moveaxis((a != 0).astype(np.int64), axis, -1)
    missing = -rows.shape[-1] % 8
    rows = np.concatenate((rows, np.zeros(rows.shape[:-1] + (missing,), dtype=np.int64)), axis=-1)
    rows = rows.reshape(rows.shape[:-1] + (-1, 8))
    weights = 2 ** (np.arange(7, -1, -1) if bitorder == 'big' else np.arange(8))
    return np.moveaxis((rows * weights).sum(-1).astype(np.uint8), -1, axis)


def unpackbits(a, /, axis=None, count=None, bitorder='big'):
    """The bits of bytes."""
    a = np.asarray(a)
    if a.dtype != np.uint8:
        raise TypeError('Expected an input array of unsigned byte data type')
    a, axis = (np.ravel(a), 0) if axis is None else (a, _axis(axis, a.ndim))
    rows = np.moveaxis(a, axis, -1).astype(np.int64)
    shifts = np.arange(7, -1, -1) if bitorder == 'big' else np.arange(8)
    bits = (rows[..., None] >> shifts) & 1
    bits = bits.reshape(rows.shape[:-1] + (-1,))
    if count is not None:
        if count > bits.shape[-1]:
            bits = np.concatenate((bits, np.zeros(bits.shape[:-1] + (count - bits.shape[-1],), dtype=np.int64)), axis=-1)
        bits = bits[..., :count]
    return np.moveaxis(bits.astype(np.uint8), -1, axis)


_ranks = {'b': 0, 'u': 1, 'i': 1, 'f': 2}


def can_cast(from_, to, casting='safe'):
    """Whether a type can stand for another."""
    if isinstance(from_, (int, float)) and not isinstance(from_, np.generic):
        raise TypeError('can_cast() does not support Python ints, floats, and complex because the result used to depend on '
                        'the value.\nThis change was part of adopting NEP 50, we may explicitly allow them again in the '
                        'future.')
    from_ = from_.dtype if isinstance(from_, (np.generic, np.ndarray)) else np.dtype(from_)
    to = np.dtype(to)
    if casting == 'unsafe' or from_ == to:
        return True
    if casting in ('no', 'equiv'):
        return False
    if casting not in ('safe', 'same_kind'):
        raise ValueError("casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value'")
    if np.promote_types(from_, to) == to:
        return True
    return casting == 'same_kind' and _ranks[from_.kind] <= _ranks[to.kind]


def min_scalar_type(a):
    """The smallest type that holds a number."""
    a = np.asarray(a)
    if a.ndim:
        return a.dtype
    value = a.item()
    if isinstance(value, bool):
        return np.dtype(bool)
    if isinstance(value, int):
        names = ['uint8'] if value >= 0 else []
        names += ['int8', 'int16', 'int32', 'int64'] if value < 0 else []
        for name in names:
            if np.iinfo(name).min <= value <= np.iinfo(name).max:
                return np.dtype(name)
        raise NotImplementedError('numpy.min_scalar_type: unsigned types wider than uint8 are not available in tnb')
    for name in ('float16', 'float32'):
        if not np.isfinite(value) or abs(value) <= (65000 if name == 'float16' else 3.4e38):
            return np.dtype(name)
    return np.dtype(float)


_kinds = {'bool': 'b', 'signed integer': 'i', 'unsigned integer': 'u', 'integral': 'iu', 'real floating': 'f',
          'complex floating': 'c', 'numeric': 'iufc'}


def isdtype(dtype, kind):
    """Whether a type is of a kind."""
    for k in kind if isinstance(kind, tuple) else (kind,):
        if isinstance(k, str):
            if k not in _kinds:
                raise ValueError(f"kind argument is a string, but {k!r} is not a known kind name.")
            if np.dtype(dtype).kind in _kinds[k]:
                return True
        elif np.dtype(dtype) == np.dtype(k):
            return True
    return False


def common_type(*arrays):
    """The float type that holds all arrays."""
    kind = np.float16
    for a in arrays:
        kind = np.promote_types(kind, a.dtype if a.dtype.kind == 'f' else np.float64)
    return np.dtype(kind).type


def fromstring(string, dtype=float, count=-1, *, sep=None, like=None):
    """An array of numbers in text."""
    _refuse('fromstring', like=like)
    if not sep:
        raise ValueError('The binary mode of fromstring is removed, use frombuffer instead')
    items = re.split(r'\s*' + re.escape(sep.strip()) + r'\s*', string.strip()) if sep.strip() else string.split()
    items = [i for i in items if i]
    return np.array([float(i) if np.dtype(dtype).kind == 'f' else int(i) for i in items][:None if count < 0 else count],
                    dtype=dtype)


class broadcast:
    """The shape that arrays broadcast to, and their elements side by side."""
    def __init__(self, *args):
        self._arrays = np.broadcast_arrays(*args)
        self.shape = self._arrays[0].shape if args else ()
        self.ndim = self.nd = len(self.shape)
        self.size = math.prod(self.shape)
        self.numiter = len(args)

    def __iter__(self):
        return zip(*[np.ravel(a) for a in self._arrays])


def require(a, dtype=None, requirements=None, *, like=None):
    """The data as an array laid out as required."""
    _refuse('require', like=like)
    wanted = {r[0].upper() for r in (requirements or [])}
    a = np.asarray(a, dtype=dtype, order='F' if 'F' in wanted else 'C' if 'C' in wanted else None)
    return a.copy() if ('O' in wanted and not a.flags.owndata) or ('W' in wanted and not a.flags.writeable) else a


def imag(val):
    """Zeros: numbers are real."""
    return np.zeros_like(val) if np.ndim(val) else np.asarray(val).dtype.type(0)


def real_if_close(a, tol=100):
    """The array itself."""
    return np.asarray(a)


def mask_indices(n, mask_func, k=0):
    """The indices where a function leaves a matrix's elements."""
    return np.nonzero(mask_func(np.ones((n, n), dtype=int), k) != 0)


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Numbers in the place of NaN and infinities."""
    a = np.asarray(x)
    if a.dtype.kind != 'f':
        return np.array(a)[()] if copy else a[()]
    limits = np.finfo(a.dtype)
    result = np.where(np.isnan(a), np.asarray(nan).astype(a.dtype), a)
    result = np.where(result == np.inf, np.asarray(limits.max if posinf is None else posinf).astype(a.dtype), result)
    result = np.where(result == -np.inf, np.asarray(limits.min if neginf is None else neginf).astype(a.dtype), result)
    if not copy and isinstance(x, np.ndarray):
        x[...] = result
        return x
    return result[()]


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """The vector product."""
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim < 1 or b.ndim < 1:
        raise ValueError('At least one array has zero dimension')
    a, b = np.moveaxis(a, axisa, -1), np.moveaxis(b, axisb, -1)
    if a.shape[-1] not in (2, 3) or b.shape[-1] not in (2, 3):
        raise ValueError('incompatible dimensions for cross product\n(dimension must be 2 or 3)')
    flat = a.shape[-1] == 2 and b.shape[-1] == 2
    a0, a1, b0, b1 = a[..., 0], a[..., 1], b[..., 0], b[..., 1]
    z = a0 * b1 - a1 * b0
    if flat:
        return np.asarray(z)
    a2 = a[..., 2] if a.shape[-1] == 3 else np.zeros_like(a0)
    b2 = b[..., 2] if b.shape[-1] == 3 else np.zeros_like(b0)
    return np.moveaxis(np.stack(np.broadcast_arrays(a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, z), axis=-1), -1, axisc)


def diagonal(a, offset=0, axis1=0, axis2=1):
    """A diagonal, of the last dimension where there are more than two."""
    a = np.asarray(a)
    if a.ndim < 2:
        raise ValueError('diag requires an array of at least two dimensions')
    first, second = _axis(axis1, a.ndim), _axis(axis2, a.ndim)
    if first == second:
        raise ValueError('axis1 and axis2 cannot be the same')
    if a.ndim == 2 and first == 0:
        return np._diagonal(a, offset)
    a = np.moveaxis(a, (first, second), (-2, -1))
    n = np._diagonal(a[(0,) * (a.ndim - 2)] if a.size else np.zeros(a.shape[-2:]), offset).shape[0]
    i = np.arange(n)
    return a[..., i + max(-offset, 0), i + max(offset, 0)]


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum of a diagonal."""
    return diagonal(a, offset, axis1, axis2).sum(-1, dtype=dtype, out=out)


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """Covariances of the rows, or of the columns."""
    if ddof is not None and ddof != int(ddof):
        raise ValueError('ddof must be integer')
    m = np.asarray(m)
    if m.ndim > 2:
        raise ValueError('m has more than 2 dimensions')
    if y is not None and np.ndim(y) > 2:
        raise ValueError('y has more than 2 dimensions')
    if dtype is None:
        dtype = np.result_type(m, np.float64) if y is None else np.result_type(m, np.asarray(y), np.float64)
    x = np.atleast_2d(m).astype(dtype)
    if not rowvar and m.ndim != 1:
        x = x.T
    if x.shape[0] == 0:
        return np.zeros((0, 0))
    if y is not None:
        y = np.atleast_2d(np.asarray(y)).astype(dtype)
        x = np.concatenate((x, y.T if not rowvar and y.shape[0] != 1 else y), axis=0)
    if ddof is None:
        ddof = 0 if bias else 1
    w = None
    if fweights is not None:
        w = _weights(fweights, 'fweights', x)
        if np.any(w != np.around(w)):
            raise TypeError('fweights must be integer')
    if aweights is not None:
        a = _weights(aweights, 'aweights', x)
        w = a if w is None else w * a
    if w is None:
        total, fact = 1, x.shape[1] - ddof
        mean = x.mean(axis=1, keepdims=True)
    else:
        total = w.sum()
        mean = (x * w).sum(axis=1, keepdims=True) / total
        fact = total - ddof if aweights is None else total - ddof * (w * a).sum() / total if ddof else total
    if fact <= 0:
        fact = 0.0
    x = x - mean
    return np.asarray(np.squeeze(np.dot(x, (x if w is None else x * w).T) * np.true_divide(1, fact)))


def _weights(weights, name, x):
    w = np.asarray(weights, dtype=float)
    if w.ndim > 1:
        raise RuntimeError(f'cannot handle multidimensional {name}')
    if w.shape[0] != x.shape[1]:
        raise RuntimeError(f'incompatible numbers of samples and {name}')
    if np.any(w < 0):
        raise ValueError(f'{name} cannot be negative')
    return w


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Correlations of the rows, or of the columns."""
    c = cov(x, y, rowvar, dtype=dtype)
    if c.ndim == 0:
        return c / c
    stddev = np.sqrt(np.diagonal(c))
    return np.clip(c / stddev[:, None] / stddev[None, :], -1, 1)

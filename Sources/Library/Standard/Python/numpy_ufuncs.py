"""Methods of numpy's ufuncs, and functions made to work element by element."""
import numpy as np
from _numpy_arguments import _index, _axis, _axes, _store

identities = {'add': 0, 'multiply': 1, 'logical_and': True, 'logical_or': False, 'logical_xor': False, 'bitwise_and': -1,
              'bitwise_or': 0, 'bitwise_xor': 0, 'logaddexp': -np.inf, 'hypot': 0, 'gcd': 0, 'matmul': None}
_reductions = {'add': np.sum, 'multiply': np.prod, 'maximum': np.max, 'minimum': np.min, 'logical_and': np.all,
               'logical_or': np.any}
_absent = object()


def reduce(ufunc, array, axis=0, dtype=None, out=None, keepdims=False, initial=_absent, where=True):
    a = np.asarray(array)
    name = ufunc.__name__
    axes = tuple(range(a.ndim)) if axis is None else _axes(axis, a.ndim)
    if name in _reductions and name not in ('logical_and', 'logical_or') and a.ndim:
        options = {} if initial is _absent else {'initial': initial}
        if dtype is not None and name in ('maximum', 'minimum'):
            a, dtype = a.astype(dtype), None
        if name in ('add', 'multiply'):
            options['dtype'] = dtype
        return _reductions[name](a, axis=axes, out=out, keepdims=keepdims, where=where, **options)
    if len(axes) > 1 and name in ('subtract', 'divide', 'floor_divide', 'power', 'remainder'):
        raise ValueError(f"reduction operation '{name}' is not reorderable, so at most one axis may be specified")
    identity = identities.get(name)
    if dtype is not None:
        a = a.astype(dtype)
    if where is not True:
        if identity is None:
            raise ValueError(f"reduction operation '{name}' does not have an identity, so to use a where mask one has to "
                             "specify 'initial'")
        a = np.where(where, a, np.asarray(identity).astype(a.dtype))
    if a.ndim == 0:
        result = a[()]
    else:
        kept = [i for i in range(a.ndim) if i not in axes]
        rows = np.transpose(a, list(axes) + kept)
        rows = rows.reshape((-1,) + tuple(a.shape[i] for i in kept)) if a.size else rows
        if rows.shape[0] == 0:
            if identity is None and initial is _absent:
                raise ValueError(f'zero-size array to reduction operation {name} which has no identity')
            result = np.full(rows.shape[1:], identity if initial is _absent else initial)
        else:
            result = rows[0] if initial is _absent else ufunc(initial, rows[0])
            if name.startswith('logical'):
                result = np.asarray(result).astype(bool)
            for row in rows[1:]:
                result = ufunc(result, row)
    if keepdims:
        result = np.reshape(result, tuple(1 if i in axes else n for i, n in enumerate(a.shape)))
    return _store(np.asarray(result)[()], out)


def accumulate(ufunc, array, axis=0, dtype=None, out=None):
    a = np.asarray(array)
    if a.ndim == 0:
        raise TypeError('cannot accumulate on a scalar')
    name = ufunc.__name__
    if name in ('add', 'multiply'):
        return (np.cumsum if name == 'add' else np.cumprod)(a, axis=_axis(axis, a.ndim), dtype=dtype, out=out)
    axis = _axis(axis, a.ndim)
    rows = np.moveaxis(a if dtype is None else a.astype(dtype), axis, 0)
    if len(rows) == 0:
        return a.copy()
    total = rows[0].astype(bool) if name.startswith('logical') else rows[0]
    results = [total]
    for row in rows[1:]:
        total = ufunc(total, row)
        results.append(total)
    return _store(np.moveaxis(np.stack(results), 0, axis), out)


def reduceat(ufunc, array, indices, axis=0, dtype=None, out=None):
    a = np.asarray(array)
    axis = _axis(axis, a.ndim)
    rows = np.moveaxis(a, axis, 0)
    indices = [_index(i) for i in indices]
    for i in indices:
        if not 0 <= i < len(rows):
            raise IndexError(f'index {i} out-of-bounds in {ufunc.__name__}.reduceat [0, {len(rows)})')
    parts = []
    for k, start in enumerate(indices):
        stop = indices[k + 1] if k + 1 < len(indices) else len(rows)
        parts.append(reduce(ufunc, rows[start:max(stop, start + 1)], dtype=dtype))
    return _store(np.moveaxis(np.stack(parts), 0, axis), out)


def outer(ufunc, A, B, /, **kwargs):
    A, B = np.asarray(A), np.asarray(B)
    return ufunc(A.reshape(A.shape + (1,) * B.ndim), B, **kwargs)


def at(ufunc, a, indices, *values):
    """Applied in place at positions, once for each time that a position comes up."""
    if not isinstance(a, np.ndarray):
        raise TypeError('first operand must be array')
    flat = np.arange(a.size).reshape(a.shape)[indices]
    places = np.ravel(flat).tolist()
    target = a.reshape(-1)
    shares = np.shares_memory(target, a)
    if values:
        operands = np.broadcast_to(np.asarray(values[0]), np.shape(flat))
        if ufunc.__name__ in ('add', 'subtract') and a.dtype != bool:
            return _add_at(ufunc, a, target, shares, places, np.ravel(operands))
        for place, value in zip(places, np.ravel(operands)):
            target[place] = ufunc(target[place], value)
    else:
        for place in places:
            target[place] = ufunc(target[place])
    if not shares:
        a[...] = target.reshape(a.shape)


def _add_at(ufunc, a, target, shares, places, values):
    if a.dtype.kind in 'iu' and values.dtype.kind == 'f':
        raise TypeError(f"Cannot cast ufunc '{ufunc.__name__}' output from dtype('float64') to dtype('{a.dtype}') "
                        "with casting rule 'same_kind'")
    values = values.astype(a.dtype)
    np._add_at(target, np.asarray(places, dtype=np.int64), values if ufunc.__name__ == 'add' else np.negative(values))
    if not shares:
        a[...] = target.reshape(a.shape)


class vectorize:
    """A function over arrays."""
    def __init__(self, pyfunc=_absent, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        self.pyfunc, self.otypes, self.excluded = pyfunc, otypes, set(excluded or ())
        if signature is not None:
            raise NotImplementedError('numpy.vectorize: signature= is not available in tnb')
        self.__doc__ = doc if doc is not None or pyfunc is _absent else getattr(pyfunc, '__doc__', None)
        if pyfunc is not _absent and not callable(pyfunc):
            raise TypeError('When used as a decorator, only accepts keyword arguments.')

    def __call__(self, *args, **kwargs):
        if self.pyfunc is _absent:
            self.pyfunc, = args
            return self
        function, fixed = self.pyfunc, self.excluded
        arrays = [a if i in fixed else np.asarray(a) for i, a in enumerate(args)]
        named = {k: v if k in fixed else np.asarray(v) for k, v in kwargs.items()}
        spread = [a for i, a in enumerate(arrays) if i not in fixed] + [v for k, v in named.items() if k not in fixed]
        if not spread:
            return function(*args, **kwargs)
        try:
            shape = np.broadcast_shapes(*[a.shape for a in spread])
        except ValueError:
            raise ValueError('operands could not be broadcast together with shapes '
                             + ' '.join(str(a.shape).replace(', ', ',') for a in spread) + ' ') from None
        columns = [[a] if i in fixed else np.ravel(np.broadcast_to(a, shape)) for i, a in enumerate(arrays)]
        keywords = {k: [v] if k in fixed else np.ravel(np.broadcast_to(v, shape)) for k, v in named.items()}
        count = int(np.prod(shape))
        if count == 0 and self.otypes is None:
            raise ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set')
        results = [function(*[c[0] if i in fixed else c[n] for i, c in enumerate(columns)],
                            **{k: v[0] if k in fixed else v[n] for k, v in keywords.items()}) for n in range(count)]
        return self._collected(results, shape)

    def _collected(self, results, shape):
        types = list(self.otypes) if self.otypes is not None else None
        if results and isinstance(results[0], tuple):
            parts = list(zip(*results))
            kinds = types or [None] * len(parts)
            return tuple(_one_type(p, k).reshape(shape)[...] for p, k in zip(parts, kinds))
        return _one_type(results, types[0] if types else None).reshape(shape)[...]


def _one_type(results, kind):
    """An array of results: the first one's type is all others'."""
    if kind is None:
        return np.array(results, dtype=np.asarray(results[0]).dtype if results else None)
    return np.array(results).astype(kind)


def frompyfunc(func, /, nin, nout, *, identity=None):
    raise NotImplementedError('numpy.frompyfunc is not available in tnb: its results are arrays of dtype object')

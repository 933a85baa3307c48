"""Borders around numpy's arrays, made of its other functions."""
import numpy as np


def _pairs(x, ndim):
    """A pair of values for each axis."""
    x = np.asarray(x)
    if x.size == 1:
        return [(x.item(), x.item())] * ndim
    if x.size == 2 and x.shape != (2, 1):
        return [tuple(np.ravel(x).tolist())] * ndim
    return [tuple(p) for p in np.broadcast_to(x, (ndim, 2)).tolist()]


def _widths(pad_width, ndim):
    if isinstance(pad_width, dict):
        widths = [(0, 0)] * ndim
        for axis, width in pad_width.items():
            widths[axis] = (width, width) if isinstance(width, int) else tuple(width)
        pad_width = widths
    pad_width = np.asarray(pad_width)
    if pad_width.dtype.kind != 'i':
        raise TypeError('`pad_width` must be of integral type.')
    if pad_width.size and pad_width.min() < 0:
        raise ValueError("index can't contain negative values")
    return _pairs(pad_width, ndim)


def _part(a, axis, start, stop):
    return a[(slice(None),) * axis + (slice(start, stop),)]


def _taken(a, axis, positions):
    return np.take(a, np.asarray(positions, dtype=np.intp), axis=axis)


def _mirrored(position, size, step):
    """A position of an axis that goes on as a mirror image; `step` 1 repeats the element at the edge."""
    period = 2 * size - 2 + 2 * step
    position %= period
    return position if position < size else period - position - step


def _odd(a, axis, before, after, symmetric):
    """The mirror image turned around the edge's value."""
    while before or after:
        size = a.shape[axis]
        reach = size if symmetric else size - 1
        left, right = min(before, reach), min(after, reach)
        offset = 0 if symmetric else 1
        parts = [a]
        if left:
            inner = _taken(a, axis, range(left - 1 + offset, offset - 1, -1))
            parts.insert(0, 2 * _part(a, axis, 0, 1) - inner)
        if right:
            inner = _taken(a, axis, range(size - 1 - offset, size - 1 - offset - right, -1))
            parts.append(2 * _part(a, axis, size - 1, size) - inner)
        a = np.concatenate(parts, axis)
        before, after = before - left, after - right
    return a


def _filled(a, axis, width, value):
    shape = list(a.shape)
    shape[axis] = width
    return np.full(shape, np.asarray(value).astype(a.dtype))


def _ramp(a, axis, width, end, first):
    """From the edge's value towards the end's."""
    edge = _part(a, axis, 0, 1) if first else _part(a, axis, -1, None)
    steps = np.arange(width) if first else np.arange(width - 1, -1, -1)
    steps = steps.reshape([-1 if i == axis else 1 for i in range(a.ndim)])
    if width == 0:
        return _filled(a, axis, 0, 0)
    values = end + (edge - end) * (steps / width)
    return (np.floor(values) if a.dtype.kind in 'iu' else values).astype(a.dtype)


def _summary(a, axis, length, function, first):
    n = a.shape[axis]
    length = n if length is None else min(length, n)
    if length == 0 and function in (np.max, np.min):
        raise ValueError('stat_length of 0 yields no value for padding')
    part = _part(a, axis, 0, length) if first else _part(a, axis, n - length, n)
    value = function(part, axis=axis, keepdims=True)
    return (np.rint(value) if a.dtype.kind in 'iu' else value).astype(a.dtype)


_options = {'constant': 'constant_values', 'linear_ramp': 'end_values', 'maximum': 'stat_length', 'mean': 'stat_length',
            'median': 'stat_length', 'minimum': 'stat_length', 'reflect': 'reflect_type', 'symmetric': 'reflect_type',
            'edge': None, 'wrap': None, 'empty': None}


def _by_function(a, widths, function, options):
    a = pad(a, widths)
    for axis in range(a.ndim):
        rows = np.moveaxis(a, axis, -1)
        for index in np.ndindex(rows.shape[:-1]):
            function(rows[index + (...,)], widths[axis], axis, options)
    return a


def pad(array, pad_width, mode='constant', **kwargs):
    """With a border."""
    a = np.asarray(array)
    widths = _widths(pad_width, a.ndim)
    if callable(mode):
        return _by_function(a, widths, mode, kwargs)
    if mode not in _options:
        raise ValueError(f"mode '{mode}' is not supported")
    if set(kwargs) - {_options[mode]}:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {set(kwargs) - {_options[mode]}}")
    if a.size == 0 and mode not in ('constant', 'empty'):
        for axis, pair in enumerate(widths):
            if a.shape[axis] == 0 and any(pair):
                raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
        return a.copy()
    # A result that no memory holds fails here, before positions are counted.
    np.empty([n + before + after for n, (before, after) in zip(a.shape, widths)], dtype=a.dtype)
    option = kwargs.get(_options[mode])
    pairs = [(None, None)] * a.ndim if option is None else option if isinstance(option, str) else _pairs(option, a.ndim)
    for axis, (before, after) in enumerate(widths):
        n = a.shape[axis]
        positions = np.arange(-before, n + after)
        low, high = pairs[axis] if not isinstance(pairs, str) else (None, None)
        if mode in ('constant', 'empty'):
            a = np.concatenate((_filled(a, axis, before, low or 0), a, _filled(a, axis, after, high or 0)), axis)
        elif mode == 'linear_ramp':
            a = np.concatenate((_ramp(a, axis, before, low or 0, True), a, _ramp(a, axis, after, high or 0, False)), axis)
        elif mode == 'wrap':
            a = _taken(a, axis, positions % n)
        elif mode == 'edge' or (mode in ('reflect', 'symmetric') and n == 1):
            a = _taken(a, axis, np.clip(positions, 0, n - 1))
        elif mode in ('reflect', 'symmetric'):
            if pairs == 'odd':
                a = _odd(a, axis, before, after, mode == 'symmetric')
            else:
                a = _taken(a, axis, [_mirrored(i, n, 1 if mode == 'symmetric' else 0) for i in positions.tolist()])
        else:
            function = {'maximum': np.max, 'minimum': np.min, 'mean': np.mean, 'median': np.median}[mode]
            parts = [_summary(a, axis, low, function, True), a, _summary(a, axis, high, function, False)]
            a = np.concatenate((np.repeat(parts[0], before, axis), a, np.repeat(parts[2], after, axis)), axis)
    return a if any(any(p) for p in widths) else a.copy()

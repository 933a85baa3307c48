"""Histograms of numpy, made of its other functions."""
import numpy as np
from _numpy_arguments import _index


def _fd(x, span):
    return 2.0 * np.subtract(*np.percentile(x, [75, 25])) * x.size ** (-1.0 / 3.0)


def _sturges(x, span):
    return np.ptp(x) / (np.log2(x.size) + 1.0)


def _sqrt(x, span):
    return np.ptp(x) / np.sqrt(x.size)


def _auto(x, span):
    return min(max(_fd(x, span), _sqrt(x, span) / 2), _sturges(x, span))


def _doane(x, span):
    sigma = np.std(x)
    if x.size <= 2 or not sigma > 0.0:
        return 0.0
    spread = np.sqrt(6.0 * (x.size - 2) / ((x.size + 1.0) * (x.size + 3)))
    skew = np.mean(np.power((x - np.mean(x)) / sigma, 3))
    return np.ptp(x) / (1.0 + np.log2(x.size) + np.log2(1.0 + np.absolute(skew) / spread))


def _stone(x, span):
    n, width = x.size, np.ptp(x)
    if n <= 1 or width == 0:
        return 0

    def loss(bins):
        share = histogram(x, bins=bins, range=span)[0] / n
        return (2 - (n + 1) * share.dot(share)) / (width / bins)
    return width / min(range(1, max(100, int(np.sqrt(n))) + 1), key=loss)


_widths = {
    'stone': _stone, 'auto': _auto, 'doane': _doane, 'fd': _fd, 'sqrt': _sqrt, 'sturges': _sturges,
    'rice': lambda x, span: np.ptp(x) / (2.0 * x.size ** (1.0 / 3)),
    'scott': lambda x, span: (24.0 * np.pi ** 0.5 / x.size) ** (1.0 / 3.0) * np.std(x),
}


def _outer_edges(a, span):
    """The first and the last edge."""
    if span is not None:
        first, last = span
        if first > last:
            raise ValueError('max must be larger than min in range parameter.')
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f'supplied range of [{first}, {last}] is not finite')
    elif a.size == 0:
        first, last = 0, 1
    else:
        first, last = a.min(), a.max()
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError(f'autodetected range of [{first}, {last}] is not finite')
    return (first - 0.5, last + 0.5) if first == last else (first, last)


def _number_of_bins(a, rule, first, last, span, weights):
    if rule not in _widths:
        raise ValueError(f'{rule!r} is not a valid estimator for `bins`')
    if weights is not None:
        raise TypeError('Automated estimation of the number of bins is not supported for weighted data')
    if span is not None:
        a = a[(a >= first) & (a <= last)]
    if a.size == 0:
        return 1
    width = _widths[rule](a, (first, last))
    if not width:
        return 1
    if a.dtype.kind in 'iu' and width < 1:
        width = 1
    return int(np.ceil((last - first) / width))


def _edges(a, bins, span, weights):
    """The edges, and whether all bins are equally wide."""
    if np.ndim(bins) == 1 and not isinstance(bins, str):
        edges = np.asarray(bins)
        if np.any(edges[:-1] > edges[1:]):
            raise ValueError('`bins` must increase monotonically, when an array')
        return edges, False
    first, last = _outer_edges(a, span)
    if isinstance(bins, str):
        bins = _number_of_bins(a, bins, first, last, span, weights)
    elif np.ndim(bins) > 1:
        raise ValueError('`bins` must be 1d, when an array')
    else:
        try:
            bins = _index(bins)
        except TypeError:
            raise TypeError('`bins` must be an integer, a string, or an array') from None
        if bins < 1:
            raise ValueError('`bins` must be positive, when an integer')
    kind = np.result_type(first, last, a)
    return np.linspace(first, last, bins + 1, dtype=kind if kind.kind == 'f' else np.float64), True


def _sample(a, weights):
    a = np.asarray(a)
    if a.dtype == bool:
        a = a.astype(np.uint8)
    if weights is not None:
        weights = np.asarray(weights)
        if weights.shape != a.shape:
            raise ValueError('weights should have the same shape as a.')
        weights = np.ravel(weights)
    return np.ravel(a), weights


def _places(a, edges, uniform):
    """The bin of each value within the edges."""
    last = len(edges) - 2
    if not uniform:
        return np.minimum(np.searchsorted(edges, a, side='right') - 1, last)
    a = a.astype(edges.dtype)
    scaled = (a - edges[0]) / (edges[-1] - edges[0]) * (last + 1)
    i = np.clip(scaled.astype(np.intp), 0, last)
    i = i - (a < edges[i])
    return i + ((a >= edges[i + 1]) & (i != last))


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """The edges of the parts that `histogram` counts in."""
    a, weights = _sample(a, weights)
    return _edges(a, bins, range, weights)[0]


def histogram(a, bins=10, range=None, density=None, weights=None):
    """How many values lie in each bin."""
    a, weights = _sample(a, weights)
    edges, uniform = _edges(a, bins, range, weights)
    n = len(edges) - 1
    if n < 1:
        return np.zeros(0, dtype=np.intp), edges
    inside = (a >= edges[0]) & (a <= edges[-1])
    places = _places(a[inside], edges, uniform)
    if weights is None:
        counts = np.bincount(places, minlength=n)
    else:
        counts = np.bincount(places, weights[inside], minlength=n).astype(weights.dtype)
    if density:
        return counts / np.array(np.diff(edges), float) / counts.sum(), edges
    return counts, edges


def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    """Counts of points in the parts of several ranges."""
    columns = np.asarray(sample).T if isinstance(sample, np.ndarray) else np.atleast_2d([np.asarray(s) for s in sample])
    if columns.ndim == 1:
        columns = columns.reshape(1, -1)
    n = len(columns)
    bins = list(bins) if np.ndim(bins) or isinstance(bins, (list, tuple)) else [bins] * n
    if len(bins) != n:
        raise ValueError('The dimension of bins must be equal to the dimension of the sample x.')
    spans = [None] * n if range is None else list(range)
    if len(spans) != n:
        raise ValueError('range argument must have one entry per dimension')
    edges, places, inside = [], [], np.ones(columns.shape[1], dtype=bool)
    for values, b, span in zip(columns, bins, spans):
        e, _ = _edges(values, b, span, None)
        e = e.astype(np.float64) if e.dtype.kind != 'f' else e
        edges.append(e)
        inside = inside & (values >= e[0]) & (values <= e[-1])
        places.append(np.minimum(np.searchsorted(e, values, side='right') - 1, len(e) - 2))
    shape = tuple(len(e) - 1 for e in edges)
    flat = np.ravel_multi_index([p[inside] for p in places], shape)
    weights = None if weights is None else np.ravel(np.asarray(weights))[inside]
    counts = np.bincount(flat, weights, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)
    if density:
        total = counts.sum()
        for i, e in enumerate(edges):
            counts = counts / np.diff(e).reshape([-1 if i == k else 1 for k in np.arange(n)])
        counts = counts / total
    return counts, edges


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Counts of pairs in the parts of two ranges."""
    if len(x) != len(y):
        raise ValueError('x and y must have the same length.')
    if np.ndim(bins) and len(bins) != 1 and len(bins) != 2:
        bins = [bins, bins]
    elif np.ndim(bins) == 1 and len(bins) == 1:
        bins = [bins[0]] * 2
    counts, edges = histogramdd(np.stack([np.ravel(x), np.ravel(y)]).T, bins, range, density, weights)
    return counts, edges[0], edges[1]


def digitize(x, bins, right=False):
    """Which bin each value is in."""
    x, bins = np.asarray(x), np.asarray(bins)
    if bins.ndim == 0:
        raise ValueError('object of too small depth for desired array')
    if bins.ndim > 1:
        raise ValueError('object too deep for desired array')
    steps = np.diff(bins)
    side = 'left' if right else 'right'
    if np.all(steps >= 0):
        return np.searchsorted(bins, x, side=side)
    if not np.all(steps <= 0):
        raise ValueError('bins must be monotonically increasing or decreasing')
    return len(bins) - np.searchsorted(bins[::-1], x, side='left' if side == 'right' else 'right')

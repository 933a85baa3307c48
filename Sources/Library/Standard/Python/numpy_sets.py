"""Distinct elements and set operations of numpy, made of its other functions."""
from collections import namedtuple as _namedtuple
import numpy as np
from _numpy_arguments import _axis


def _starts(values, equal_nan):
    """Where each new value of a sorted vector begins."""
    new = np.ones(len(values), dtype=bool)
    if len(values):
        new[1:] = values[1:] != values[:-1]
        if equal_nan and values.dtype.kind == 'f':
            nan = np.isnan(values)
            new[1:] &= ~(nan[1:] & nan[:-1])
    return new


def _row_order(rows):
    """The order that sorts rows by their first column, then their second …"""
    order = np.arange(len(rows))
    for column in range(rows.shape[1] - 1, -1, -1):
        order = order[np.argsort(rows[order, column], kind='stable')]
    return order


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    """The different values, sorted."""
    ar = np.asarray(ar)
    if axis is None:
        flat = np.ravel(ar)
        order = np.argsort(flat, kind='stable')
        values = flat[order]
        new = _starts(values, equal_nan)
    else:
        axis = _axis(axis, ar.ndim)
        moved = np.moveaxis(ar, axis, 0)
        rows = moved.reshape(moved.shape[0], -1) if ar.size else moved.reshape(moved.shape[0], 0)
        order = _row_order(rows)
        rows = rows[order]
        new = np.ones(len(rows), dtype=bool)
        if len(rows):
            new[1:] = (rows[1:] != rows[:-1]).any(axis=1)
        values = moved[order]
    picked = values[new]
    results = [picked if axis is None else np.moveaxis(picked, 0, axis)]
    if return_index:
        results.append(order[new])
    if return_inverse:
        inverse = np.empty(len(order), dtype=np.intp)
        inverse[order] = np.cumsum(new) - 1
        results.append(inverse.reshape(ar.shape) if axis is None else inverse)
    if return_counts:
        edges = np.concatenate((np.nonzero(new)[0], [len(new)]))
        results.append(np.diff(edges))
    return results[0] if len(results) == 1 else tuple(results)


_UniqueAll = _namedtuple('UniqueAllResult', 'values indices inverse_indices counts')
_UniqueCounts = _namedtuple('UniqueCountsResult', 'values counts')
_UniqueInverse = _namedtuple('UniqueInverseResult', 'values inverse_indices')


def unique_all(x):
    """The different values, where each is first, which one every element is, and how often."""
    return _UniqueAll(*unique(x, True, True, True, equal_nan=False))


def unique_counts(x):
    """The different values and how often each occurs."""
    return _UniqueCounts(*unique(x, return_counts=True, equal_nan=False))


def unique_inverse(x):
    """The different values and which one every element is."""
    return _UniqueInverse(*unique(x, return_inverse=True, equal_nan=False))


def unique_values(x):
    """The different values."""
    return unique(x, equal_nan=False)


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """Which elements are among others."""
    if kind not in (None, 'sort', 'table'):
        raise ValueError(f"Invalid kind: '{kind}'. Please use None, 'sort' or 'table'.")
    element = np.asarray(element)
    if isinstance(test_elements, (set, frozenset)):
        # A set is one Python object, which no element equals.
        return np.full(element.shape, invert)
    test = np.unique(test_elements)
    if len(test) == 0:
        return np.full(element.shape, invert)
    place = np.clip(np.searchsorted(test, element), 0, len(test) - 1)
    found = np.asarray(test[place] == element)
    return np.asarray(~found if invert else found)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """The sorted values that are in both."""
    ar1, ar2 = np.ravel(ar1), np.ravel(ar2)
    first1 = first2 = None
    if not assume_unique:
        ar1, first1 = unique(ar1, return_index=True)
        ar2, first2 = unique(ar2, return_index=True)
    both = np.concatenate((ar1, ar2))
    order = np.argsort(both, kind='stable')
    values = both[order]
    same = np.nonzero(values[1:] == values[:-1])[0]
    found = values[same]
    if not return_indices:
        return found
    places1, places2 = order[same], order[same + 1] - len(ar1)
    if not assume_unique:
        places1, places2 = first1[places1], first2[places2]
    return found, places1, places2


def setdiff1d(ar1, ar2, assume_unique=False):
    """The values of the first that are not in the second."""
    ar1 = np.ravel(ar1) if assume_unique else unique(ar1)
    return ar1[isin(ar1, ar2, invert=True)]


def union1d(ar1, ar2):
    """The sorted distinct elements of two arrays."""
    return np.unique(np.concatenate((np.ravel(ar1), np.ravel(ar2))))


def setxor1d(ar1, ar2, assume_unique=False):
    """The sorted elements that are in one of two arrays only."""
    if not assume_unique:
        ar1, ar2 = unique(ar1), unique(ar2)
    both = np.sort(np.concatenate((np.ravel(ar1), np.ravel(ar2))))
    edges = np.concatenate(([True], both[1:] != both[:-1], [True]))
    return both[edges[1:] & edges[:-1]] if len(both) else both

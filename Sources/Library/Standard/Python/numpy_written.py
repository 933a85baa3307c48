"""Results of numpy's decompositions by their names."""
from collections import namedtuple as _namedtuple

_results = {'eig': _namedtuple('EigResult', 'eigenvalues eigenvectors'),
            'eigh': _namedtuple('EighResult', 'eigenvalues eigenvectors'), 'svd': _namedtuple('SVDResult', 'U S Vh'),
            'qr': _namedtuple('QRResult', 'Q R'), 'slogdet': _namedtuple('SlogdetResult', 'sign logabsdet')}


def _result(name, *values):
    return _results[name](*values) if name in _results else values

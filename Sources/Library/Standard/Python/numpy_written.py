"""Functions of numpy made of its others, family by family."""
from collections import namedtuple as _namedtuple
from _numpy_grids import *
from _numpy_selections import *
from _numpy_joining import *
from _numpy_statistics import *
from _numpy_elementwise import *
from _numpy_polynomials import *

_results = {'eig': _namedtuple('EigResult', 'eigenvalues eigenvectors'),
            'eigh': _namedtuple('EighResult', 'eigenvalues eigenvectors'), 'svd': _namedtuple('SVDResult', 'U S Vh'),
            'qr': _namedtuple('QRResult', 'Q R'), 'slogdet': _namedtuple('SlogdetResult', 'sign logabsdet')}


def _result(name, *values):
    return _results[name](*values) if name in _results else values

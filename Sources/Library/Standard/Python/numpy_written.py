"""Functions of numpy made of its others, family by family."""
from collections import namedtuple as _namedtuple
from _numpy_grids import *
from _numpy_selections import *
from _numpy_joining import *
from _numpy_statistics import *
from _numpy_elementwise import *
from _numpy_polynomials import *
from _numpy_windows import *
from _numpy_calculus import *
from _numpy_editing import *
from _numpy_histograms import *
from _numpy_nan import *
from _numpy_padding import *
from _numpy_printing import *
from _numpy_quantiles import *
from _numpy_ranges import *
from _numpy_sets import *
from _numpy_special import *
from _numpy_ufuncs import frompyfunc, vectorize

_results = {'eig': _namedtuple('EigResult', 'eigenvalues eigenvectors'),
            'eigh': _namedtuple('EighResult', 'eigenvalues eigenvectors'), 'svd': _namedtuple('SVDResult', 'U S Vh'),
            'qr': _namedtuple('QRResult', 'Q R'), 'slogdet': _namedtuple('SlogdetResult', 'sign logabsdet')}


def _result(name, *values):
    return _results[name](*values) if name in _results else values

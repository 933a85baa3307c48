"""Functions of arrays of strings: numpy.char and numpy.strings."""
import numpy as np


def _mapped(function, *arrays):
    """A function of single texts over all elements."""
    arrays = [np.asarray(a) for a in arrays]
    shape = np.broadcast_shapes(*[a.shape for a in arrays])
    columns = [np.ravel(np.broadcast_to(a, shape)).tolist() for a in arrays]
    results = [function(*row) for row in zip(*columns)]
    if not results:
        return np.array([], dtype=str).reshape(shape)
    return np.array(results).reshape(shape)[...]


def _method(name, doc):
    def function(a, *args):
        return _mapped(lambda text, *rest: getattr(text, name)(*rest), a, *args)
    function.__name__, function.__doc__ = name, doc
    return function


upper = _method('upper', 'In capitals.')
lower = _method('lower', 'In small letters.')
title = _method('title', 'Words with a capital first.')
capitalize = _method('capitalize', 'With a capital first.')
swapcase = _method('swapcase', 'Capitals and small letters exchanged.')
startswith = _method('startswith', 'Whether texts begin so.')
endswith = _method('endswith', 'Whether texts end so.')
isdigit = _method('isdigit', 'Whether all characters are digits.')
isalpha = _method('isalpha', 'Whether all characters are letters.')
isalnum = _method('isalnum', 'Whether all characters are letters or digits.')
isspace = _method('isspace', 'Whether all characters are white space.')
isupper = _method('isupper', 'Whether there are no small letters.')
islower = _method('islower', 'Whether there are no capitals.')
isnumeric = _method('isnumeric', 'Whether all characters are numeric.')
isdecimal = _method('isdecimal', 'Whether all characters are decimal digits.')
zfill = _method('zfill', 'With zeros in front.')
ljust = _method('ljust', 'Filled up on the right.')
rjust = _method('rjust', 'Filled up on the left.')
center = _method('center', 'Filled up on both sides.')
replace = _method('replace', 'With other text in the place of some.')
find = _method('find', 'Where a text is found.')
rfind = _method('rfind', 'Where a text is found last.')
index = _method('index', 'Where a text is found, which it has to be.')
count = _method('count', 'How often a text is found.')


def strip(a, chars=None):
    """Without white space, or these characters, at the ends."""
    return _mapped(lambda text: text.strip(chars), a)


def lstrip(a, chars=None):
    """Without white space, or these characters, at the beginning."""
    return _mapped(lambda text: text.lstrip(chars), a)


def rstrip(a, chars=None):
    """Without white space, or these characters, at the end."""
    return _mapped(lambda text: text.rstrip(chars), a)


def add(x1, x2):
    """Texts joined."""
    return np.add(np.asarray(x1), np.asarray(x2))


def multiply(a, i):
    """Texts repeated."""
    return _mapped(lambda text, n: text * max(n, 0), a, i)


def str_len(x):
    """How long texts are."""
    return _mapped(len, x)


def equal(x1, x2):
    """Whether texts are equal."""
    return np.equal(np.asarray(x1), np.asarray(x2))


def not_equal(x1, x2):
    """Whether texts differ."""
    return np.not_equal(np.asarray(x1), np.asarray(x2))

"""The operators as functions."""

def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def ge(a, b): return a >= b
def gt(a, b): return a > b
def not_(a): return not a
def truth(a): return True if a else False
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def matmul(a, b): return a @ b
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def neg(a): return -a
def pos(a): return +a
def inv(a): return ~a
invert = inv
_abs = abs
def abs(a): return _abs(a)
def index(a): return a.__index__()
def concat(a, b): return a + b
def contains(a, b): return b in a
def getitem(a, b): return a[b]
def delitem(a, b): del a[b]

def setitem(a, b, c):
    a[b] = c

def countOf(a, b):
    """How often b occurs in a."""
    return sum(1 for x in a if x is b or x == b)

def indexOf(a, b):
    """The first index of b in a."""
    for i, x in enumerate(a):
        if x is b or x == b:
            return i
    raise ValueError('sequence.index(x): x not in sequence')

def length_hint(obj, default=0):
    try:
        return len(obj)
    except TypeError:
        return default

def iadd(a, b):
    a += b
    return a

def isub(a, b):
    a -= b
    return a

def imul(a, b):
    a *= b
    return a

def itruediv(a, b):
    a /= b
    return a

def ifloordiv(a, b):
    a //= b
    return a

def imod(a, b):
    a %= b
    return a

def ipow(a, b):
    a **= b
    return a

def iand(a, b):
    a &= b
    return a

def ior(a, b):
    a |= b
    return a

def ixor(a, b):
    a ^= b
    return a

def ilshift(a, b):
    a <<= b
    return a

def irshift(a, b):
    a >>= b
    return a

def imatmul(a, b):
    a @= b
    return a

def iconcat(a, b):
    """a += b for sequences."""
    if not hasattr(a, '__getitem__'):
        raise TypeError(f"'{type(a).__name__}' object can't be concatenated")
    a += b
    return a

class itemgetter:
    """A function that takes items out of its argument."""
    __slots__ = ('_items',)

    def __init__(self, item, /, *items):
        self._items = (item, *items)

    def __call__(self, obj, /):
        items = self._items
        if len(items) == 1:
            return obj[items[0]]
        return tuple([obj[i] for i in items])

    def __repr__(self):
        return f'operator.itemgetter({", ".join(map(repr, self._items))})'

class attrgetter:
    """A function that takes attributes, also dotted ones, of its argument."""
    __slots__ = ('_attrs',)

    def __init__(self, attr, /, *attrs):
        self._attrs = (attr, *attrs)
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError('attribute name must be a string')

    def _get(self, obj, path):
        for name in path.split('.'):
            obj = getattr(obj, name)
        return obj

    def __call__(self, obj, /):
        if len(self._attrs) == 1:
            return self._get(obj, self._attrs[0])
        return tuple([self._get(obj, path) for path in self._attrs])

    def __repr__(self):
        return f'operator.attrgetter({", ".join(map(repr, self._attrs))})'

class methodcaller:
    """A function that calls a method of its argument."""
    __slots__ = ('_name', '_args', '_kwargs')

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name = name
        self._args = args
        self._kwargs = kwargs

    def __call__(self, obj, /):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        parts = [repr(self._name), *map(repr, self._args)]
        parts.extend(f'{k}={v!r}' for k, v in self._kwargs.items())
        return f'operator.methodcaller({", ".join(parts)})'

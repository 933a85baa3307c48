import abc
import collections.abc as ca
from collections.abc import *


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


class L(MutableSequence):
    def __init__(self, it=()): self.d = list(it)
    def __getitem__(self, i): return self.d[i]
    def __setitem__(self, i, v): self.d[i] = v
    def __delitem__(self, i): del self.d[i]
    def __len__(self): return len(self.d)
    def insert(self, i, v): self.d.insert(i, v)
l = L(); l.append(1); l.extend([2, 3]); l.reverse()
show(lambda: (l.pop(), l.d))
l += [7, 8]
show(lambda: (l.d, l.index(7), l.count(8), 8 in l, list(reversed(l)), list(l)))
show(lambda: l.remove(99))
l.remove(7); l.extend(l); show(lambda: l.d)
l.clear(); show(lambda: l.d)
show(lambda: l.index(3))
class BadSeq(Sequence):
    def __len__(self): return 0
show(BadSeq)
class Bad2(MutableMapping): pass
show(Bad2)
class S(Set):
    def __init__(self, it=()): self.e = list(dict.fromkeys(it))
    def __iter__(self): return iter(self.e)
    def __contains__(self, x): return x in self.e
    def __len__(self): return len(self.e)
    def __repr__(self): return f'S({self.e})'
a, b = S('abc'), S('bcd')
show(lambda: (a & b, a | b, a - b, a ^ b, a <= b, a == S('cba'), a.isdisjoint(b), a < S('abcd'), {'a'} | a, a | {'z'}, a & 'ab', a > S('a'), a >= S('a')))
show(lambda: {'a','x'} - a)
show(lambda: 3 & a)
class MS(MutableSet, S):
    def add(self, x): x in self.e or self.e.append(x)
    def discard(self, x): x in self.e and self.e.remove(x)
m = MS('ab')
m |= 'cd'; show(lambda: m); m &= S('abc'); show(lambda: m); m -= 'a'; show(lambda: m); m ^= S('bz'); show(lambda: m)
show(lambda: m.remove('q')); show(lambda: m.pop()); m.clear(); show(lambda: len(m)); show(lambda: m.pop())
class M(MutableMapping):
    def __init__(self, *a, **k): self.d = {}; self.update(*a, **k)
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M({'a': 1}, b=2)
show(lambda: (m.get('a'), m.get('z'), 'a' in m, list(m.items()), list(m.values()), m == {'a': 1,'b':2}, dict(m), {**m}, list(m.keys())))
show(lambda: (m.pop('a'), m.pop('q', 5), m.setdefault('w', 9), m.popitem(), m.d))
show(lambda: m.pop('q'))
show(lambda: (m.keys() & {'w'}, m.items() | {1}, m.keys() == {'w'}, ('w', 9) in m.items(), 9 in m.values(), len(m.keys())))
m.update([('k', 1)]); show(lambda: m.d); m.clear(); show(lambda: m.d)
class It(Iterator):
    n = 0
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
show(lambda: list(It()))
class G(Generator):
    def send(self, v): return 3
    def throw(self, *a): raise StopIteration
show(lambda: (next(G()), G().close(), iter(G()) is not None))
def gen(): yield 1
class It0:
    def __iter__(self): yield 1
for kind in (Hashable, Iterable, Iterator, Generator, Reversible, Sized, Container, Callable, Collection, Sequence, MutableSequence, Set, MutableSet, Mapping, MutableMapping, KeysView, ValuesView, ItemsView, MappingView, ByteString, Awaitable):
    import itertools, collections
    print(kind.__name__, [isinstance(x, kind) for x in ([], (), '', b'', range(3), {}, set(), frozenset(), {}.keys(), {}.values(), {}.items(), iter([]), iter({}), zip(), map(str, []), enumerate([]), gen(), 3, None, len, print, lambda: 0, int, It0(), It0, itertools.count(), itertools.chain(), collections.deque(), collections.OrderedDict(), collections.Counter(), collections.ChainMap(), l, m, a, reversed([]), [].append, l.append, object())])
show(lambda: Sequence[int]); show(lambda: Callable[[int], str]); show(lambda: Sequence)
show(lambda: Sequence.__abstractmethods__ == {'__getitem__', '__len__'})
show(lambda: type(Sequence))
class V: pass
Sequence.register(V)
show(lambda: (isinstance(V(), Sequence), isinstance(V(), Iterable), isinstance(V(), Reversible), isinstance(V(), MutableSequence), issubclass(V, Collection)))
class X(Sequence[int]):
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
    def __len__(self): return 3
show(lambda: (list(X()), X.__mro__[1], X.__orig_bases__, 2 in X(), X().index(2), hash(X()) is not None))
it = iter([1, 2]); show(lambda: (it.__next__(), next(it), hasattr(it, '__iter__'), it.__iter__() is it))
show(lambda: it.__next__())
show(lambda: ({}.keys().__len__(), {1:2}.items().__contains__((1,2)), len.__call__('ab'), 'a'.upper.__call__()))
d = collections.deque([1,2]); show(lambda: (d.__len__(), d.__getitem__(1), d.__contains__(2)))
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
show(lambda: (type(Shape), type(Shape) is abc.ABCMeta, isinstance(Shape, type), isinstance(Shape, abc.ABCMeta)))
show(Shape)
@Shape.register
class Sq: pass
show(lambda: (isinstance(Sq(), Shape), issubclass(Sq, Shape), Sq))
show(lambda: Shape.register(int)); show(lambda: isinstance(True, Shape))
class Sub(Shape):
    def area(self): return 4
show(lambda: (Sub().area(), isinstance(Sub(), Shape), isinstance(3.0, Sub)))
class H(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return hasattr(C, 'quack') or NotImplemented
class D:
    def quack(self): pass
show(lambda: (issubclass(D, H), issubclass(int, H)))
show(lambda: H.register(3)); show(lambda: H.register(H)); 
class H2(H): pass
show(lambda: H2.register(H))
show(lambda: issubclass(3, H))
class P(metaclass=abc.ABCMeta):
    @abc.abstractproperty
    def p(self): ...
show(P)
try:
    import enum
    class E(Shape, enum.Enum): pass
except TypeError as e: print(e)
import numbers, os
show(lambda: (isinstance(3, numbers.Number), isinstance(3, numbers.Integral), isinstance(2.5, numbers.Real), isinstance('a', numbers.Number), type(numbers.Number)))
class Fp:
    def __fspath__(self): return 'a'
show(lambda: (isinstance(Fp(), os.PathLike), isinstance('', os.PathLike)))
show(lambda: isinstance(3, (str, (Shape, list))))

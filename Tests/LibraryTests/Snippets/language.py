# what loops over pairs and registers do
d = {'a': 1, 'b': 2}
for k, v in d.items(): print(k, v)
for i, (x, y) in enumerate(zip([1, 2], 'ab')): print(i, x, y)
for i, x in enumerate([]): pass
i, x = 'kept', 'too'
for i, x in zip([], [1]): pass
print(i, x)
a, b = 1, 2
for a, b in zip([1, 2, 3], [4, 5]): pass
print(a, b)
try:
    for k, v in d.items(): d['c' + k] = 1
except RuntimeError as e: print(e)
for x in reversed([1, 2, 3]): print(x, end=' ')
for x in (1, 'two', 3.0): print(x, end=' ')
print()
def gen():
    for i in range(3):
        try:
            yield i
        finally:
            print('f', i)
for i in gen():
    if i == 1: break
print(sum([1, 2, 3]), sum([1.5, 2]), sum([True, 2]), sum([10**18] * 20))
print(sorted([3, 1, 2]), sorted([3.5, -0.0, 0.0, 1.0], reverse=True), sorted(['b', 'a']), sorted([1, 2.5, True]))
xs = [5, 3, 9]; xs.sort(reverse=True); print(xs)
xs = [0.0, -0.0, 1.0]; xs.sort(); print(xs)
xs = [1, 2, 3, 4, 5]; xs[1:3] = 'abc'; print(xs); del xs[::2]; print(xs); xs += xs; print(xs); xs *= 2; print(xs)
xs.insert(0, 'first'); xs.insert(-1, 'l'); print(xs.pop(), xs.pop(0), xs); xs.extend(xs); print(len(xs)); xs.reverse(); print(xs)
t = (1, 2, 3); print(t[1:], t + t, t * 2, t.index(2), t.count(3), hash((1, 2)) == hash((1, 2)), (1, 2) < (1, 3))
class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __mul__(self, o): return NotImplemented
    def __sub__(self, o): raise ValueError('no')
    def __repr__(self): return f'V({self.x})'
print(V(1) + V(2) + 3)
try: V(1) * V(2)
except TypeError as e: print(e)
try: V(1) * 2
except TypeError as e: print(e)
try: V(1) - V(2)
except ValueError as e: print(e)
n = -7
print(f'{n}', f'{n}{n:5d}|{n:05d}|{n:<5}|{2.5:.3f}|{-2.5:8.2f}|{1e300:.1f}'[:60], f'{n!r:>4}', f'{True}', f'{"é"}{3}é')
print('x'.join(['é', 'b']), 'aéa'.replace('é', 'e'), 'abc'.replace('b', 'ü'), 'éé'.upper(), '  x '.strip(), 'xxaxx'.strip('x'))
print('é' * 3, 'ab' + 'é', 'abcé'[1:], 'é' in 'caféé', 'caféé'.find('é'), 'a,b,,c'.split(','), 'a' * 20 == 'a' * 20)
import copy
class P: pass
p = P(); p.__dict__['q'] = [1]; p.r = [2]
c = copy.copy(p); e = copy.deepcopy(p); p.q.append(5)
print(c.q, e.q, c.r, e.r)
q = P()
for i in range(40): setattr(q, f'a{i}', i)
print(q.a39, len(vars(q)))
del q.a3
print(hasattr(q, 'a3'), q.a4, len(vars(q)))
def d(a, b=2, *, c=3): return a, b, c
print(d(1), d(1, c=5), d(b=1, a=0))
print(max([1, 2], key=lambda x: -x), int('ff', base=16), sorted([1, 2], key=None, reverse=True))
s = set()
s.add(1); s.add((1, 2)); m = s.add; m(3); print(len(s), 1 in s)
g = (x for x in [1, 2]); print(next(g), g.send(None))
import gc
print(gc.isenabled(), gc.collect() >= 0)

# One place in the program that sees instances, built-in objects and modules in turn.
def count_of(x): return x.count(1)
class A:
    def count(self, v): return 'A'
class B:
    def __init__(self): self.count = lambda v: 'B'
print([count_of(x) for x in [A(), [1, 1], A(), (1,), A(), B(), [1], B(), A(), B(), "1"[:0] or [1], A()]])
import collections, itertools, math
def copy_of(x): return x.copy()
class C:
    def copy(self): return 'C'
class D:
    def __init__(self): self.copy = lambda: 'D'
print([copy_of(x) for x in [C(), {1}, C(), {}, C(), [3], D(), {2}, D(), collections.Counter('a'), C(), collections.OrderedDict(a=1), D(), collections.deque([1]), D(), C()]])
class M:
    def sqrt(self, x): return 'M'
class N:
    def __init__(self): self.sqrt = lambda x: 'N'
    pi = 3
def root_of(m): return m.sqrt(4.0)
print([root_of(m) for m in [M(), math, M(), N(), math, N(), math, M(), N(), M()]])
def pi_of(m): return m.pi
class P:
    def __init__(self): self.pi = 'P'
print([pi_of(m) for m in [P(), math, P(), N(), math, P(), N(), math, N()]])
def stored(x, v):
    x.value = v
    return x.value
class Q: pass
class R:
    def __init__(self): self.value = 0
class T:
    @property
    def value(self): return 'T'
    @value.setter
    def value(self, v): pass
print([stored(x, i) for i, x in enumerate([Q(), R(), Q(), T(), R(), T(), Q(), R()])])

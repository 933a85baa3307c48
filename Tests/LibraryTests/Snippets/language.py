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

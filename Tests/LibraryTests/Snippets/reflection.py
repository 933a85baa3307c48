from dataclasses import dataclass
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
@dataclass(slots=True)
class P:
    x: int
    y: int = 2
p = P(1)
t(lambda: p); t(lambda: P.__slots__); t(lambda: hasattr(p, '__dict__'))
def s(): p.z = 3
t(s)
def outer():
    a = 1
    def inner(x, *, k=2):
        z = x
        return a + z
    return inner
i = outer()
t(lambda: i.__closure__[0].cell_contents); t(lambda: i.__code__.co_varnames); t(lambda: i.__code__.co_freevars); t(lambda: i.__code__.co_argcount); t(lambda: i.__code__.co_name); t(lambda: i.__code__.co_kwonlyargcount); t(lambda: outer.__code__.co_cellvars); t(lambda: i.__code__.co_qualname)
def gen(): yield 1
g = gen()
t(lambda: (g.__name__, g.__qualname__, g.gi_running))
import types
class K: pass
k = K()
k.m = types.MethodType(lambda self, a: (self is k, a), k)
t(lambda: k.m(3))
t(lambda: iter([1,2]).__next__()); t(lambda: zip([1],[2]).__next__()); t(lambda: map(str,[1]).__next__()); t(lambda: filter(None,[1]).__next__()); t(lambda: iter(range(3)).__next__()); t(lambda: enumerate('a').__next__())
for o in [iter([]), iter(()), iter({}), iter(set()), iter(''), iter(range(3)), zip(), map(str, []), filter(None, []), enumerate([]), reversed([]), g, iter({}.items())]:
    t(lambda: (hasattr(o, '__next__'), hasattr(o, '__iter__'), o.__iter__() is o))
t(lambda: (5).__divmod__(3)); t(lambda: (5).__round__()); t(lambda: (5).__floor__()); t(lambda: (5).__ceil__()); t(lambda: (5).__trunc__()); t(lambda: (5.5).__round__()); t(lambda: (5.5).__floor__()); t(lambda: (2.25).__round__(1)); t(lambda: (5).__rdivmod__(13)); t(lambda: (2.5).__trunc__()); t(lambda: (2.5).__ceil__()); t(lambda: (5.5).__divmod__(2))
d = {'a': 1, 'b': 2}
t(lambda: (d.keys().__len__(), d.keys().__contains__('a'), list(d.keys().__iter__()), sorted(d.keys().__and__({'a'})), d.values().__len__(), d.items().__contains__(('a', 1)), d.items().__len__(), d.keys().__or__(['c']) == {'a','b','c'}, d.keys().__sub__({'a'}), d.keys().__eq__({'a','b'}), list(d.values().__iter__())))
from collections import deque
q = deque([1,2,3])
t(lambda: (q.__getitem__(1), q.__len__(), q.__add__(deque([4])), q.__contains__(2), list(q.__iter__()), q.__mul__(2)))
def st(): q.__setitem__(0, 9); q.__delitem__(1); return q
t(st)

from pprint import *
from collections import *
from dataclasses import dataclass, field
from types import SimpleNamespace
C = Counter({f'word number {i}': 100 - i for i in range(6)})
pprint(C); pprint(C, width=40)
dd = defaultdict(list, {f'key{i}': list(range(i * 3)) for i in range(6)})
pprint(dd); pprint(dd, width=30)
od = OrderedDict((f'key{i}', 'value' * i) for i in range(6))
pprint(od)
dq = deque(range(40)); pprint(dq); pprint(deque(range(30), maxlen=30), width=40)
@dataclass
class P:
    name: str
    values: list = field(default_factory=list)
    other: dict = None
p = P('x' * 30, list(range(20)), {'a': 'b' * 30})
pprint(p); pprint(P('a')); pprint([P('a' * 40), P('b' * 40)])
pprint(SimpleNamespace(a='x' * 40, b=[1, 2, 3], c='y' * 40))
pprint(list(range(50)), compact=True); pprint(list(range(50)), compact=True, width=40)
pprint({1: 'a', 'b': 2, 2: 'c', 'a': 3}); pprint({'x' * 20: 1, 3: 'y' * 60, 'z': 1})
pprint([1000000, 123456789, 12], underscore_numbers=True)
pp({'b': 1, 'a': 2}); PrettyPrinter(indent=4, width=20).pprint({'a': [1, 2, 3, 4, 5, 6], 'b': {'c': 1}})
pprint({'k': 'a long string that goes on and on and on over many many words until it is far too long ' * 2})
pprint('a long string that goes on and on and on over many many words until it is far too long')
pprint([[1, [2, [3, [4]]]]], depth=2); pprint({'a': {'b': {'c': 1}}}, depth=2)
l = [1]; l.append(l); print(pformat(l)[:20])
pprint({'set': {'q' * 30, 'w' * 30, 'e' * 30}, 'f': frozenset(['q' * 30, 'w' * 30, 'e' * 30])})
pprint([('a' * 30, 'b' * 30, 'c' * 30)]); pprint((1,)); pprint([]); pprint(None); pprint(b'abc' * 40)
nt = namedtuple('N', 'a b'); pprint(nt('x' * 50, 'y' * 50))
print(pformat([1, 2])); print(isreadable([1]), isrecursive(l), saferepr({2: 1, 1: 2}))
pprint(ChainMap({'a' * 30: 1}, {'b' * 40: 2}))
class Sub(dict): pass
pprint(Sub({'a' * 40: 1, 'b' * 40: 2}))
import types
pprint(types.MappingProxyType({'a' * 40: 1, 'b' * 40: 2}))
pprint({'a': {1, 2, 3}, 'n': [None, True, 1.5, {'x': ()}]}, width=20)
pprint({'matrix': [[i * j for j in range(10)] for i in range(4)], 'name': 'test'})
pprint(list(map(str, range(30))), indent=2)

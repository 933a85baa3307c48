import math, heapq, random
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
def h(*a): pass
t(lambda: sorted([1], foo=1)); t(lambda: sum()); t(lambda: 'a b'.split(1, 2, 3)); t(lambda: int('a', 2, 3)); t(lambda: round(1, 2, 3)); t(lambda: [3,1].sort(lambda x: x)); t(lambda: str.upper()); t(lambda: int.__add__('a', 1)); t(lambda: math.sqrt()); t(lambda: h(*3)); t(lambda: h(**3)); t(lambda: heapq.heappop([])); t(lambda: heapq.heapify((1,2))); t(lambda: random.randint(1.5, 2))
t(lambda: print >> 5)
from types import SimpleNamespace
t(lambda: SimpleNamespace(a=1).b)
class Ci(str):
    def __eq__(self, o): return self.lower() == o.lower()
    __hash__ = str.__hash__
t(lambda: (Ci('A') == 'a', Ci('A') != 'a', Ci('A') != 'b'))
t(lambda: list.append([])); t(lambda: list.append()); t(lambda: dict.get({})); t(lambda: 'a'.join()); t(lambda: len()); t(lambda: len(1,2)); t(lambda: abs()); t(lambda: math.pow(1)); t(lambda: math.floor()); t(lambda: max()); t(lambda: min(1)); t(lambda: zip(1)); t(lambda: map(str)); t(lambda: filter()); t(lambda: isinstance(1)); t(lambda: range()); t(lambda: float(1,2)); t(lambda: ord()); t(lambda: chr()); t(lambda: any()); t(lambda: round()); t(lambda: divmod(1)); t(lambda: pow(1)); t(lambda: hash()); t(lambda: iter()); t(lambda: next()); t(lambda: getattr(1)); t(lambda: [].append()); t(lambda: [].insert(1)); t(lambda: {}.pop()); t(lambda: set().add()); t(lambda: 'a'.replace('a')); t(lambda: math.gcd(1.5)); t(lambda: math.sqrt('a')); t(lambda: math.sin(1,2)); t(lambda: math.factorial(-1)); t(lambda: math.log(0)); t(lambda: h(*[1], **{'a': 1})); t(lambda: [].pop(1)); t(lambda: list.sort()); t(lambda: str.join()); t(lambda: str.upper(1)); t(lambda: list.append(1, 2)); t(lambda: dict.fromkeys()); t(lambda: random.choice([])); t(lambda: random.sample([1], 2)); t(lambda: heapq.heappush(1, 2)); t(lambda: random.randint(2, 1)); t(lambda: random.randrange(0)); t(lambda: heapq.heappushpop([], 1)); t(lambda: heapq.heapreplace([], 1)); t(lambda: heapq.nlargest(2, [1,3,2])); t(lambda: sorted()); t(lambda: sorted([1], 2)); t(lambda: enumerate(1)); t(lambda: reversed(1)); t(lambda: sum(1)); t(lambda: sum(['a'])); t(lambda: 'a'.count(1)); t(lambda: tuple(1)); t(lambda: (1).bit_length(1)); t(lambda: [1].index()); t(lambda: [1].index(2)); t(lambda: (1,).index(2)); t(lambda: {}.update(1)); t(lambda: {}.update([1])); t(lambda: dict([1])); t(lambda: dict(['ab','c'])); t(lambda: bool(1,2)); t(lambda: type()); t(lambda: super()); t(lambda: int.from_bytes(b'a')); t(lambda: print(sep=1)); t(lambda: print(foo=1)); t(lambda: h(1,2,*None)); t(lambda: open()); t(lambda: 'x'.format(1).foo)

import collections
import functools
import keyword
import operator
import re
import statistics
import string
import sys
from collections import ChainMap, UserDict, UserList, UserString, deque, namedtuple


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


class Upper(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __missing__(self, key):
        return 'no ' + key


u = Upper({'a': 1}, b=2)
u.update(c=3)
u.setdefault('d', 4)
show(lambda: (u, u.data, u['q'], u.get('q'), u.get('A'), 'a' in u, 'A' in u, len(u), list(u.items()), u.pop('A'), u == {'B': 2, 'C': 3, 'D': 4}))
show(lambda: (u | {'z': 1}, {'z': 1} | u, u.copy(), type(u.copy()), Upper.fromkeys('ab', 0), isinstance(u, dict), bool(UserDict())))
show(lambda: UserDict()['x'])
l = UserList([3, 1, 2])
show(lambda: (l, l.data, l[1:], type(l[1:]), l + [4], [0] + l, l * 2, 3 in l, len(l), sorted(l), l == [3, 1, 2], l < [4], isinstance(l, list)))
l.append(5)
l.sort()
l.extend(UserList([9]))
l += (7,)
l.reverse()
show(lambda: (l, l.pop(), l.index(9), l.count(5), l.copy()))
l[0] = 'x'
del l[1]
show(lambda: l)


class Doubling(UserList):
    def append(self, item):
        super().append(item * 2)


m = Doubling()
m.append(2)
show(lambda: (m, repr(m), str(m)))
s = UserString('Hello')
show(lambda: (s, str(s), s.upper(), type(s.upper()), s + ' x', 'x ' + s, s[1], s[1:3], len(s), 'ell' in s, s == 'Hello', hash(s) == hash('Hello'), s.split('l'), s.find('l'), s.replace('l', 'L'), s * 2, s.isalpha(), s % (), UserString(3), s.startswith('He'), s.encode()))
P = namedtuple('P', 'x y')
p = P(1, 2)


def assign():
    p.x = 3


show(assign)
show(lambda: deque([1]).remove(2))
show(lambda: P._make([1]))
c = ChainMap({'a': 1}, {'a': 2, 'b': 3})
show(lambda: (list(c.items()), list(c.values()), list(c.keys()), c.get('b'), c.get('z'), c == {'a': 1, 'b': 3}, c.pop('a'), c['a'], c.setdefault('n', 5), c.maps, len(c), c.popitem()))
show(lambda: c.pop('zz'))
show(lambda: (ChainMap({'a': 1}) | {'b': 2}, {'b': 2} | ChainMap({'a': 1}), c.copy(), ChainMap.fromkeys('ab', 0)))
show(lambda: collections.OrderedDict([('a', 1)]) + 1)
show(lambda: collections.defaultdict(int) < 3)

N = statistics.NormalDist
n = N(100, 15)
show(lambda: (n, n.pdf(110), n.cdf(110), n.inv_cdf(0.9), n.inv_cdf(0.001), n.inv_cdf(1e-12), n.quantiles(4), n.zscore(130), n.mean, n.stdev, n.variance, n.median, n.mode))
show(lambda: (n + 5, n - 5, n * 2, n / 2, 3 + n, 2 * n, -n, +n, 200 - n, n + N(1, 2), n - N(1, 2), n == N(100, 15), N.from_samples([1, 2, 3, 4.5]), n.overlap(N(110, 15)), n.overlap(N(110, 20))))
show(lambda: N(0, -1))
show(lambda: n.inv_cdf(1))
show(lambda: N(0, 0).pdf(1))
show(lambda: n.overlap(3))
show(lambda: statistics.linear_regression([1, 2, 3], [2, 4.5, 6]))
show(lambda: statistics.linear_regression([1, 2, 3], [2, 4.5, 6], proportional=True))
show(lambda: statistics.linear_regression([1, 1], [2, 3]))
show(lambda: statistics.linear_regression([1], [2]))
show(lambda: (statistics.median_grouped([1, 2, 2, 3, 4, 4, 4, 4, 4, 5]), statistics.median_grouped([52, 52, 53, 54], 10), statistics.median_grouped([1])))
show(lambda: statistics.median_grouped([]))
show(lambda: statistics.median_grouped(['a']))
show(lambda: statistics.geometric_mean([]))
show(lambda: statistics.geometric_mean([1, -1]))
show(lambda: statistics.fmean([1, 2], [0, 0]))


class Upper2(string.Formatter):
    def convert_field(self, value, conversion):
        return value.upper() if conversion == 'u' else super().convert_field(value, conversion)

    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f'<{key}>') if isinstance(key, str) else super().get_value(key, args, kwargs)


f = string.Formatter()
show(lambda: (f.format('{} {}', 1, 2), f.format('{0[a]} {1.real:>5} {x!r}', {'a': 1}, 7, x='q'), f.format('{:{}}|', 'a', 4), f.vformat('{0}', [5], {}), f.format('{{}}')))
show(lambda: Upper2().format('{a!u} {b}', a='x'))
show(lambda: list(f.parse('a{b!r:>{w}}c{{d}}{}')))
show(lambda: f.format('{'))
show(lambda: f.format('}'))
show(lambda: f.format('{0} {}', 1))
show(lambda: f.format('{x}'))
show(lambda: f.format('{}'))
show(lambda: f.format('{!z}', 1))
show(lambda: (keyword.iskeyword('for'), keyword.iskeyword('x'), keyword.kwlist[:3], keyword.issoftkeyword('match')))


class Shape:
    @functools.singledispatchmethod
    def area(self, x):
        return 'any'

    @area.register
    def _(self, x: int):
        return 'int'

    @area.register(list)
    def _(self, x):
        return 'list'

    @functools.singledispatchmethod
    @classmethod
    def make(cls, x):
        return cls.__name__, 'any'

    @make.register
    @classmethod
    def _(cls, x: str):
        return cls.__name__, 'str'


show(lambda: (Shape().area(1), Shape().area([]), Shape().area('x'), Shape().area(True), Shape.make('x'), Shape.make(3)))
a = [1]
b = a
show(lambda: (operator.iconcat(a, [2]), b, operator.ilshift(1, 2), operator.irshift(8, 1), operator.iadd([1], [2])))
show(lambda: operator.imatmul(1, 2))
show(lambda: operator.iconcat(1, 2))
show(lambda: sys.getdefaultencoding())
r = re.match('(a)(b)?(c)?', 'ab')
show(lambda: (r.regs, r.lastindex, r.lastgroup))
show(lambda: (re.search('x+', 'x' * 80), re.match('a(?P<n>b)', 'ab').lastgroup))
show(lambda: (re.RegexFlag.IGNORECASE, re.I | re.M, re.RegexFlag(2)))

print({10, 20, 30, 40, 50})
for x in {10, 20, 30, 40, 50}: print(x, end=' ')
print([x for x in {100, 20, 33, 47, 58, 96, 17}])
print({100, 20, 33, 47, 58, 96, 17}, {100, 20}, {1.5, 2, 300, -1})
print(20 in {20, 30}, [3] if 5 in {5,6,7} else 0, 9 not in {1,2})
s = {7, 8, 9, 1000, 2000, 3000, 17}; s.add(33); print(s)
try: [1] in {1, 2}
except TypeError as e: print(e)
print({*{8, 16, 24, 32}}, {8, 16, *[24, 32], 40})
print(sum({1, 2, 3}), list({(1, 2), (3, 4)} | set()) and 1, {1, 1.0, True})
print([y for x in [1] for y in {64, 32, 16, 8}])
def f():
    t = {64, 32, 16, 8}
    t.add(5)
    return t
print(f(), f())
print(frozenset({90, 80, 70, 60, 50, 40}), len({3, 3, 3}))
for x in {5}: print(x)
for x in {*()}: print(x)
x = {-5, -6, 100, 2**40, 2**70}; print(x)
print(range(10)[5:2], range(7)[::2], range(7)[::-2], range(7)[1:5:3], range(2,20,3)[1:4], range(10)[::-1], range(0)[1:], range(10,0,-2)[::2], range(5)[10:], range(5)[-3:-1])
n = float('nan')
print([float('nan')] == [float('nan')], float('nan') in [float('nan')], len({float('nan'), float('nan')}), n in [n], [n] == [n], {n: 1}[n], len({n, n}), n == n, n is n, float('nan') is float('nan'))

def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return a, b, c, args, d, e, kw


print(f(1, d=4), f(1, 2, 3, 4, 5, d=6, e=7, z=8))
print(f(*[1, 2], *(3, 4), d=5, **{"y": 1}, x=2))
print(f.__defaults__, f.__kwdefaults__, f.__name__, f.__qualname__)


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


c = counter()
print(c(), c(2), c())


def late():
    fs = [lambda: i for i in range(3)]
    gs = []
    for i in range(3):
        gs.append(lambda i=i: i)
    return [f() for f in fs], [g() for g in gs]


print(late())


def params_captured(a, *rest, **kw):
    def g():
        return a, rest, kw

    a += 1
    return g()


print(params_captured(1, 2, 3, k=4))


def outer():
    x = "outer"

    class C:
        x = "class"

        def method(self):
            return x

        y = [x for _ in range(1)]

    return C().method(), C.x, C.y


print(outer())
x = 10


def glob():
    global x, fresh
    x += 1
    fresh = "fresh"


glob()
print(x, fresh)


def unbound():
    try:
        print(later)
        later = 1
    except UnboundLocalError as e:
        return str(e)


print(unbound())


def free_unbound():
    def g():
        return v

    try:
        g()
    except NameError as e:
        print(e)
    v = 1
    return g()


print(free_unbound())


def deco(tag):
    def wrap(fn):
        def inner(*args, **kw):
            return tag, fn(*args, **kw)

        return inner

    return wrap


@deco("a")
@deco("b")
def added(p, q=1):
    """Adds."""
    return p + q


print(added(1), added(1, q=5))


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


print(fact(20), fact(25))


def swap(a, b):
    a, b = b, a
    return a, b


print(swap(1, 2))


def unpacking(pairs):
    out = []
    for k, (a, *b) in pairs:
        out.append((k, a, b))
    first, *middle, last = range(5)
    [p, q], r = (1, 2), 3
    return out, first, middle, last, p, q, r


print(unpacking([(1, "abc"), (2, [7])]))
a = b = [1]
a += [2]
print(a, b, a is b)
d = {"k": [1, 2, 3]}
d["k"][1] += 10
d["k"][0], d["n"] = 5, 6
print(d)
del d["k"][0], d["n"]
print(d)
(m), n = 1, 2
print(m, n, *[3, 4], sep="-")


def annotated(a: int, b: "str" = "x") -> float:
    local: undefined_name = 3
    return local


print(annotated.__annotations__, annotated(1))
z: int = 4
w: str
print(__annotations__, z)


def walrus(data):
    if (n := len(data)) > 2 and (m := n * 2) > 5:
        return n, m
    return n


print(walrus([1, 2, 3]), walrus([1]))
total = 0
print([total := total + v for v in range(5)], total)


def comp(n):
    x = "kept"
    squares = [x * x for x in range(n) if x % 2]
    table = {k: v for k, v in zip_(range(3), "abc")}
    flat = [y for row in [[1, 2], [3]] for y in row]
    return squares, table, flat, x, {x % 2 for x in range(5)}


def zip_(a, b):
    b = iter(b)
    for x in a:
        yield x, next(b)


print(comp(6))
print([[i * j for j in range(i)] for i in range(4)])
print([lambda: 1][0](), (lambda *a, k=2: (a, k))(1, k=3))


def gen(n):
    try:
        while n:
            got = yield n
            if got:
                n = got
            n -= 1
        return "end"
    finally:
        print("closed")


def delegating():
    result = yield from gen(2)
    yield result
    yield from [7, 8]


print(list(delegating()))
g = gen(3)
print(next(g), g.send(10), next(g))
g.close()
print(sum_ := [v for v in (w * 2 for w in range(3))])


def genexpr_scope(n):
    n2 = n * 2
    return list(n2 + k for k in range(n) if k != n2 - n)


print(genexpr_scope(3))


def many(**kw):
    return len(kw)


try:
    many(**{"a": 1}, **{"a": 2})
except TypeError as e:
    print(e)
try:
    f()
except TypeError as e:
    print(e)
print(f"{x!r:>5}|{x:{'<'}{5}}|{x=}|{'q'!s}{1 + 1}", f"", f"{{}}", f"{3.14159:.2f}")
print((1, 2, *[3], *range(2)), [*"ab", 1], {**{"a": 1}, "b": 2}, {*[1, 1]})
big = [0, 1, 2, 3, 4, 5, 6, 7][2:6:2]
print(big, "abcdef"[::-1], "abc"[-1], (1, 2, 3)[1])

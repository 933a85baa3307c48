class Base:
    """A base."""

    kind = "base"
    items = [k for k in range(3)]

    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n

    @property
    def double(self):
        return self.n * 2

    @double.setter
    def double(self, value):
        self.n = value // 2

    @classmethod
    def make(cls, n):
        return cls(n)

    @staticmethod
    def plus(a, b):
        return a + b

    def __repr__(self):
        return f"{type(self).__name__}({self.n})"

    def __add__(self, other):
        return type(self)(self.n + (other.n if isinstance(other, Base) else other))

    __radd__ = __add__


class Derived(Base):
    def __init__(self, n, extra=0):
        super().__init__(n)
        self.extra = extra

    def get(self):
        helper = lambda: super(Derived, self).get()
        return helper() + self.extra + (lambda: super(__class__, self).get())()

    class Inner:
        value = 3

        def name(self):
            return __class__.__qualname__


print(Base(2), Derived(3, 4).get(), Derived.Inner().name(), Base.__doc__, Derived.__qualname__)
b = Base.make(5)
b.double = 20
print(b.double, b.n, Base.plus(1, 2), b + 1, 1 + b, b + b, Base.items, Derived.kind)
b.n += 5
b.n **= 2
print(b)


class Private:
    __hidden = 1

    def __init__(self):
        self.__value = Private.__hidden

    def __get(self):
        return self.__value

    def both(self, __x=3):
        return self.__get(), __x


print(Private().both(), Private()._Private__value, Private._Private__hidden)


def make(v):
    class Local:
        value = v

        def get(self):
            return v, self.value

    return Local


print(make(1)().get())


class Counter:
    count = 0

    def __init__(self):
        Counter.count += 1

    def __len__(self):
        return 3

    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10

    def __setitem__(self, i, v):
        print("set", i, v)

    def __delitem__(self, i):
        print("del", i)

    def __contains__(self, v):
        return v == 42

    def __call__(self, *args, **kw):
        return args, kw

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return False

    def __iter__(self):
        yield from (1, 2)

    def __eq__(self, other):
        return "equal"

    def __lt__(self, other):
        return other

    def __bool__(self):
        return False


c = Counter()
c[1:2] = 5
c[0, 1] = 6
del c[0], c[1]
print(Counter.count, len(c), c[2], 42 in c, 1 in c, c(1, k=2), list(c), c == 1, c < 0, not c)
if c < []:
    print("no")
else:
    print("falsy less")
print("yes" if c == 1 else "no", c or "or")


class Annotated:
    a: int
    b: str = "x"


print(Annotated.__annotations__, Annotated.b)


def decorate(cls):
    cls.tag = "tagged"
    return cls


@decorate
class Tagged(Base, object):
    pass


print(Tagged.tag, Tagged(1), [k.__name__ for k in Tagged.__mro__])


class A:
    def who(self):
        return ["A"]


class B(A):
    def who(self):
        return ["B"] + super().who()


class C(A):
    def who(self):
        return ["C"] + super().who()


class D(B, C):
    def who(self):
        return ["D"] + super().who()


print(D().who())


class Stop(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


try:
    raise Stop(3)
except Stop as s:
    print(s, s.code)
del Tagged.tag
print(hasattr(Tagged, "tag"), getattr(Tagged, "kind"))
x = [1, 2, 3]
x[0], x[1:] = 9, [8]
print(x)


# What a class body reads: its own names, then an enclosing function's variable, or the globals where it assigns the name itself.
a = 7
def h():
    try:
        class C:
            x = a
        print(C.x)
    except NameError as e:
        print(type(e).__name__, e)
    try:
        class D:
            def m(self, v=a): return v
        print(D().m())
    except NameError as e:
        print(type(e).__name__, e)
    a = 1
    class E:
        x = a
        a = 5
        y = a
    print(E.x, E.y)
h()
def k():
    class F:
        y = a
        a = 3
        z = a
        def get(self): return a
    return F.y, F.z, F().get()
print(k())
def k2():
    a = 1
    class F:
        y = a
        a = 3
        z = a
        def get(self): return a
    class G:
        y = a
        def get(self): return a
    return F.y, F.z, F().get(), G.y, G().get()
print(k2())

# What is made when it is first asked for shows in the first answer.
print("__index__" in dir(int), "__len__" in dir(str), "setter" in dir(property))


class Late:
    def __init__(self):
        self.early = 1


late = Late()
late.__dict__["later"] = 2
print([name for name in dir(late) if not name.startswith("__")])

# What instructions remember must not outlive what it was true of.


class Node:
    def __init__(self, step):
        self.step = step

    def method(self, x=0):
        return "method", x


def call(node):
    return node.step(1)


# A function in an attribute is called without the receiver, whatever it is from call to call.
node = Node(lambda x: ("lambda", x))
print([call(node) for _ in range(3)])
node.step = node.method
print(call(node))
node.step = str
print(call(node))
node.step = "no function"
try:
    call(node)
except TypeError as error:
    print(error)
print(call(Node(abs)))

# The attribute goes: the class's method shows.
del node.step
try:
    call(node)
except AttributeError as error:
    print(error)
Node.step = lambda self, x: ("class", x)
print(call(node), call(node), call(Node(abs)))
# A property takes precedence over the attribute.
other = Node(abs)
Node.step = property(lambda self: lambda x: ("property", x))
print(call(other), call(node))
del Node.step
print(call(other))


# More attributes than there were, and fewer.
class Bag:
    pass


def fill(bag, count):
    for i in range(count):
        setattr(bag, f"a{i}", i)
    return bag


def read(bag):
    return bag.a0, bag.__dict__


print(read(fill(Bag(), 2)), read(fill(Bag(), 4)), read(fill(Bag(), 5)), read(fill(Bag(), 9)))
bags = [fill(Bag(), n) for n in (1, 3, 4, 5, 6, 40)]
for bag in bags:
    bag.last = sum(v for k, v in vars(bag).items())
    del bag.a0
    bag.again = [bag]
print([(bag.last, len(vars(bag)), bag.again[0] is bag) for bag in bags])


# Keys of a set that are equal, or only hash the same.
class Same:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        return isinstance(other, Same) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"Same({self.name})"


class Plain:
    pass


class Changing:
    def __init__(self, value):
        self.value = value


seen = set()
plain = Plain()
for key in [1, True, 1.0, 2, "a", "ab", "abcdefghijklmnopqrstuvwxyz", plain, Plain(), Same("x"), Same("x"), (1, 2), (1, 2)]:
    print(key in seen, end=" ")
    seen.add(key)
    print(key in seen, end="; ")
print(len(seen))
print(plain in seen, Plain() in seen, Same("x") in seen, Same("y") in seen, 1.0 in seen, True in seen, "a" + "b" in seen)
print(1 in {True}, True in {1}, 1.0 in {1}, 1 in {1.0}, 1 in {2}, "" in {""}, "" in {"a"}, 0 in {False, 1})
first, second = Changing(1), Changing(1)
things = {first}
print(first in things, second in things)
Changing.__eq__ = lambda self, other: self.value == other.value
Changing.__hash__ = lambda self: 7
print(second in {first}, second in set([first]))
Changing.__hash__ = None
try:
    print(first in things)
except TypeError as error:
    print(error)
for missing in ([], {}, {1}):
    try:
        print(missing in {1, 2})
    except TypeError as error:
        print(error)
print({1} in {frozenset({1})}, frozenset({1}) in {frozenset({1})})
print("k" in {"k": 1}, 1 in {"k": 1}, True in {1: 2}, "x" in {"k": 1}, "ab" in "cab", 3 in [1, 3], 3 in (1, 2))
removed = {f"key{i}" for i in range(50)}
for i in range(0, 50, 2):
    removed.discard(f"key{i}")
    removed.add(f"new{i}")
print(sorted(removed)[:4], len(removed), "key2" in removed, "key3" in removed, "new2" in removed)


# Loops over tuples, reversed lists and pairs, left and gone on with.
def walk(items):
    result = []
    for item in items:
        if item == 3:
            break
        result.append(item)
    return result


print(walk((1, 2, 3, 4)), walk(()), walk(reversed([1, 2, 3, 4])), walk(iter((1, 2))))
steps = iter((1, 2, 3))
print(next(steps), [x for x in steps], list(steps))
growing = [1, 2]
for item in growing:
    if len(growing) < 5:
        growing.append(item * 10)
print(growing)
pairs = zip((1, 2, 3), [4, 5])
print([a * b for a, b in pairs], list(pairs))
backwards = reversed([1, 2, 3])
print(next(backwards), [a for a in backwards], list(backwards))
print([a + b for a, b in zip(range(3), iter([1, 2, 3]))], [pair for pair in zip("ab", (1, 2))])

# Results of operators written in the language.
class Money:
    def __init__(self, amount):
        self.amount = amount

    def __add__(self, other):
        if isinstance(other, Money):
            return Money(self.amount + other.amount)
        if other == 0:
            return None
        return NotImplemented

    def __repr__(self):
        return f"Money({self.amount})"


def add(a, b):
    try:
        return a + b
    except TypeError as error:
        return str(error)


print([add(Money(1), b) for b in (Money(2), 0, 3, Money(4), 5.5)])


class Wrong:
    def __init__(self):
        return 5


class Right:
    def __init__(self, value=3):
        self.value = value


for _ in range(2):
    try:
        Wrong()
    except TypeError as error:
        print(error)
print(Right().value, Right(4).value, Right(value=5).value)

# Text that is told apart by its last bytes only.
names = {"": 0, "a": 1, "ab": 2, "abcdefgh": 3, "abcdefghijklmnop": 4, "abcdefghijklmnopq": 5, "ä": 6, "äö": 7}
for name in ["", "a", "b", "abcdefgi", "abcdefghijklmnoq", "abcdefghijklmnopr", "ä", "ö", "äö", "abcdefgh" + "ijklmnop"]:
    print(names.get(name, "-"), end=" ")
print("a" == "a", "a" == "b", "x" * 16 == "x" * 15 + "y", "x" * 17 == "x" * 17, "\0" == "", "a\0" == "a")

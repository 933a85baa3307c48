def loops(n):
    total = 0
    for i in range(n):
        if i == 2:
            continue
        if i == 7:
            break
        total += i
    else:
        total = -1
    while total > 5:
        total -= 3
    else:
        total += 100
    return total, i


print(loops(5), loops(10))

for i in range(3):
    for j in range(3):
        if j > i:
            break
        print(i, j)
    else:
        print("all", i)


def nested(xs):
    for x in xs:
        for x in (x, x + 1):
            pass
    return x


print(nested([1, 5]))


def early(xs):
    for x in xs:
        while True:
            if x > 2:
                return x
            x += 1
            if x == 2:
                break


print(early([0, 1, 2]))
print(early([]))


def chain(a, b, c):
    return a < b < c, a < b > c, not a < b, a if a > b else c if c > b else b


print(chain(1, 2, 3), chain(3, 2, 1), chain(1, 3, 2))


def side(log, v):
    log.append(v)
    return v


log = []
print(side(log, 1) < side(log, 0) < side(log, 5), log)
log = []
print(side(log, 0) or side(log, 2) and side(log, 3), log)
log = []
if not (side(log, 0) or side(log, 1)) or side(log, 4) and side(log, 5):
    print("yes", log)
x = None
print(x is None, x is not None, 1 if x is None else 2)
while x is None:
    x = 3
print(x, 3 in (1, 2, 3), 4 not in [1, 2], "a" in "cat")
assert x == 3, "no"
try:
    assert x == 4, "message"
except AssertionError as e:
    print("assert", e)
if 0:
    print("never")
elif 1:
    print("one")
else:
    print("never")
while True:
    break
else:
    print("never")
while False:
    print("never")
else:
    print("else")
print((lambda: (yield))().__class__.__name__ if False else "lambda")
n = 5
if n == 5 != 6 and n > 4.5 and "x" == "x":
    print("fused")
if 3 < n <= 5 and not n < 3: print("ranges")
i = 0
while (i := i + 1) < 4:
    print(i, end=" ")
print(i)

state = 12345


def randint(low, high):
    global state
    state = (state * 1103515245 + 12345) % 2147483648
    return low + (state >> 8) % (high - low + 1)


for trial in range(20):
    a = {randint(0, 400) for _ in range(randint(0, 60))}
    b = {randint(0, 400) for _ in range(randint(0, 60))}
    for _ in range(randint(0, 30)): a.discard(randint(0, 400))
    for _ in range(randint(0, 30)): b.discard(randint(0, 400))
    print('u', list(a | b)); print('i', list(a & b)); print('d', list(a - b)); print('x', list(a ^ b))
    c = a.copy(); c |= b; print('iu', list(c))
    c = a.copy(); c &= b; print('ii', list(c)); c.add(5); c.add(999); print('ii2', list(c))
    c = a.copy(); c -= b; print('id', list(c)); c.add(5); print(list(c))
    c = a.copy(); c ^= b; print('ix', list(c))
    print('cp', list(a.copy()), list(set(list(a))), list(set(a)), list(frozenset(a)), list(a.union(list(b))), list(a.intersection(list(b))), list(a.difference(list(b))))
    for _ in range(3):
        if a: print(a.pop())
    a.add(7); print(list(a))

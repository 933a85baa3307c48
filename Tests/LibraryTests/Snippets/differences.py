from difflib import *


def check():
    import random
    r = random.Random(4)
    for _ in range(25):
        a = [r.choice('abcdef') for _ in range(r.randrange(0, 40))]
        b = [c for c in a if r.random() < .8]
        for _ in range(r.randrange(5)):
            b.insert(r.randrange(len(b) + 1), r.choice('abcxyz'))
        m = SequenceMatcher(r.choice([None, 'a'.__eq__]), a, b)
        print(m.ratio(), m.quick_ratio(), m.real_quick_ratio(), m.get_matching_blocks(), m.get_opcodes(), list(m.get_grouped_opcodes(1)))
        print(list(unified_diff(a, b, 'x', 'y', n=r.randrange(4), lineterm='')), list(context_diff(a, b, 'x', 'y', 'today', n=1)))
    long = [r.choice('ab') + str(r.randrange(40)) for _ in range(300)]
    print(SequenceMatcher(None, long, long[::-1]).ratio(), SequenceMatcher(None, long, long[3:], False).ratio())
    words = ['ape', 'apple', 'peach', 'puppy', 'appel', 'happy']
    print(get_close_matches('appel', words), get_close_matches('xyz', words), get_close_matches('pup', words, 1, .3), SequenceMatcher(None, 'private Thread', 'private volatile Thread').find_longest_match(0, 14, 0, 23))
    for _ in range(25):
        a = [''.join(r.choice('abc \t') for _ in range(r.randrange(0, 12))) + '\n' for _ in range(r.randrange(8))]
        b = [''.join(c for c in line if c == '\n' or r.random() < .85) for line in a if r.random() < .9]
        for _ in range(r.randrange(3)):
            b.insert(r.randrange(len(b) + 1), r.choice(['new\n', 'abc abc\n', '#\n', '\n']))
        d = list(ndiff(a, b))
        print(d, list(restore(d, 1)) == a, list(restore(d, 2)) == b, list(Differ(IS_LINE_JUNK).compare(a, b)))


check()

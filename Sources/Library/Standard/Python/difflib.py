"""What two sequences have in common, and where they differ."""
from collections import namedtuple as _namedtuple
from heapq import nlargest as _nlargest

Match = _namedtuple('Match', 'a b size')

def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0

class SequenceMatcher:
    """Compares two sequences of hashable items by the longest runs that they share."""
    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        if b is self.b:
            return
        self.b = b
        self.matching_blocks = self.opcodes = self._counts = None
        self.b2j = b2j = {}
        for i, item in enumerate(b):
            b2j.setdefault(item, []).append(i)
        self.bjunk = {item for item in b2j if self.isjunk and self.isjunk(item)}
        for item in self.bjunk:
            del b2j[item]
        # What makes up more than a hundredth of a long sequence says little about where it is like another.
        self.bpopular = set()
        n = len(b)
        if self.autojunk and n >= 200:
            self.bpopular = {item for item, places in b2j.items() if len(places) > n // 100 + 1}
            for item in self.bpopular:
                del b2j[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest run in a[alo:ahi] and b[blo:bhi]; the first one in a, and there the first in b."""
        a, b, b2j = self.a, self.b, self.b2j
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        besti, bestj, size = alo, blo, 0
        lengths = {}
        for i in range(alo, ahi):
            new = {}
            for j in b2j.get(a[i], ()):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                k = new[j] = lengths.get(j - 1, 0) + 1
                if k > size:
                    besti, bestj, size = i - k + 1, j - k + 1, k
            lengths = new
        # Neighbours that are popular belong to it, then those that are junk.
        for junk in (False, True):
            while besti > alo and bestj > blo and (b[bestj - 1] in self.bjunk) == junk and a[besti - 1] == b[bestj - 1]:
                besti, bestj, size = besti - 1, bestj - 1, size + 1
            while besti + size < ahi and bestj + size < bhi and (b[bestj + size] in self.bjunk) == junk \
                    and a[besti + size] == b[bestj + size]:
                size += 1
        return Match(besti, bestj, size)

    def get_matching_blocks(self):
        """All runs in order, with an empty one at the ends."""
        if self.matching_blocks is None:
            found = []
            waiting = [(0, len(self.a), 0, len(self.b))]
            while waiting:
                alo, ahi, blo, bhi = waiting.pop()
                i, j, k = self.find_longest_match(alo, ahi, blo, bhi)
                if not k:
                    continue
                found.append((i, j, k))
                if alo < i and blo < j:
                    waiting.append((alo, i, blo, j))
                if i + k < ahi and j + k < bhi:
                    waiting.append((i + k, ahi, j + k, bhi))
            joined = []
            i1 = j1 = k1 = 0
            for i2, j2, k2 in sorted(found):
                if i1 + k1 == i2 and j1 + k1 == j2:
                    k1 += k2
                    continue
                if k1:
                    joined.append((i1, j1, k1))
                i1, j1, k1 = i2, j2, k2
            if k1:
                joined.append((i1, j1, k1))
            joined.append((len(self.a), len(self.b), 0))
            self.matching_blocks = [Match(*block) for block in joined]
        return self.matching_blocks

    def get_opcodes(self):
        """How to make b of a: ('equal' | 'replace' | 'delete' | 'insert', i1, i2, j1, j2)."""
        if self.opcodes is None:
            self.opcodes = []
            i = j = 0
            for ai, bj, size in self.get_matching_blocks():
                tag = 'replace' if i < ai and j < bj else 'delete' if i < ai else 'insert' if j < bj else ''
                if tag:
                    self.opcodes.append((tag, i, ai, j, bj))
                i, j = ai + size, bj + size
                if size:
                    self.opcodes.append(('equal', ai, i, bj, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The changes in groups, each with up to n equal items around it."""
        codes = self.get_opcodes() or [('equal', 0, 1, 0, 1)]
        if codes[0][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == 'equal':
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == 'equal' and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group

    def ratio(self):
        """How like the sequences are, from 0 to 1."""
        return _ratio(sum(block[2] for block in self.get_matching_blocks()), len(self.a) + len(self.b))

    def quick_ratio(self):
        """At least ratio(), from the items alone."""
        if self._counts is None:
            self._counts = {}
            for item in self.b:
                self._counts[item] = self._counts.get(item, 0) + 1
        left = {}
        matches = 0
        for item in self.a:
            n = left.get(item, self._counts.get(item, 0))
            left[item] = n - 1
            matches += n > 0
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """At least quick_ratio(), from the lengths alone."""
        return _ratio(min(len(self.a), len(self.b)), len(self.a) + len(self.b))

def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The n possibilities that are most like word, the best first."""
    if not n > 0:
        raise ValueError(f'n must be > 0: {n!r}')
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f'cutoff must be in [0.0, 1.0]: {cutoff!r}')
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    found = []
    for x in possibilities:
        matcher.set_seq1(x)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff and matcher.ratio() >= cutoff:
            found.append((matcher.ratio(), x))
    return [x for _, x in _nlargest(n, found)]

def _check(a, b, *texts):
    for lines in (a, b):
        if lines and not isinstance(lines[0], str):
            raise TypeError(f'lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})')
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f'all arguments must be str, not: {text!r}')

def _heading(marks, files, dates, lineterm):
    return [f'{mark} {file}{chr(9) + date if date else ""}{lineterm}' for mark, file, date in zip(marks, files, dates)]

def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The differences of two lists of lines, as diff -u shows them."""
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)

    def place(start, stop):
        length = stop - start
        if length == 1:
            return f'{start + 1}'
        return f'{start + 1 if length else start},{length}'

    for number, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if number == 0:
            yield from _heading(('---', '+++'), (fromfile, tofile), (fromfiledate, tofiledate), lineterm)
        first, last = group[0], group[-1]
        yield f'@@ -{place(first[1], last[2])} +{place(first[3], last[4])} @@{lineterm}'
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                yield from (' ' + line for line in a[i1:i2])
                continue
            if tag != 'insert':
                yield from ('-' + line for line in a[i1:i2])
            if tag != 'delete':
                yield from ('+' + line for line in b[j1:j2])

def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The differences of two lists of lines, as diff -c shows them."""
    _check(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)

    def place(start, stop):
        length = stop - start
        begin = start + 1 if length else start
        return f'{begin}' if length <= 1 else f'{begin},{begin + length - 1}'

    marks = {'insert': '+ ', 'delete': '- ', 'replace': '! ', 'equal': '  '}
    for number, group in enumerate(SequenceMatcher(None, a, b).get_grouped_opcodes(n)):
        if number == 0:
            yield from _heading(('***', '---'), (fromfile, tofile), (fromfiledate, tofiledate), lineterm)
        first, last = group[0], group[-1]
        yield '***************' + lineterm
        yield f'*** {place(first[1], last[2])} ****{lineterm}'
        if any(code[0] in ('replace', 'delete') for code in group):
            for tag, i1, i2, _, _ in group:
                if tag != 'insert':
                    yield from (marks[tag] + line for line in a[i1:i2])
        yield f'--- {place(first[3], last[4])} ----{lineterm}'
        if any(code[0] in ('replace', 'insert') for code in group):
            for tag, _, _, j1, j2 in group:
                if tag != 'delete':
                    yield from (marks[tag] + line for line in b[j1:j2])

def IS_LINE_JUNK(line):
    """Whether a line is blank but for one #."""
    return line.strip() in ('', '#')

def IS_CHARACTER_JUNK(ch, ws=' \t'):
    """Whether a character is a space or a tab."""
    return ch in ws

def _marked(mark, lines, start, stop):
    return (f'{mark} {line}' for line in lines[start:stop])

class Differ:
    """Compares lists of lines and shows what changed within lines."""
    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """The lines with - where they are in a alone, + in b alone, and ? below what changed in them."""
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            yield from self._replace(a, i1, i2, b, j1, j2) if tag == 'replace' else \
                _marked(' ', a, i1, i2) if tag == 'equal' else self._rest(a, i1, i2, b, j1, j2)

    def _rest(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._replace(a, alo, ahi, b, blo, bhi)
        else:
            yield from _marked('-', a, alo, ahi)
            yield from _marked('+', b, blo, bhi)

    def _replace(self, a, alo, ahi, b, blo, bhi):
        """Lines that are like each other are shown together, the pair that is most like first."""
        best, pair, same = 0.74, None, None
        matcher = SequenceMatcher(self.charjunk)
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    same = same or (i, j)
                    continue
                matcher.set_seq1(a[i])
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, pair = matcher.ratio(), (i, j)
        if best >= 0.75:
            same = None
        elif same:
            pair = same
        else:
            parts = _marked('-', a, alo, ahi), _marked('+', b, blo, bhi)
            for part in reversed(parts) if bhi - blo < ahi - alo else parts:
                yield from part
            return
        i, j = pair
        yield from self._rest(a, alo, i, b, blo, j)
        if same:
            yield f'  {a[i]}'
        else:
            yield from self._changed(matcher, a[i], b[j])
        yield from self._rest(a, i + 1, ahi, b, j + 1, bhi)

    def _changed(self, matcher, old, new):
        marks = {'replace': '^^', 'delete': '- ', 'insert': ' +', 'equal': '  '}
        below_old = below_new = ''
        matcher.set_seqs(old, new)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            below_old += marks[tag][0] * (i2 - i1)
            below_new += marks[tag][1] * (j2 - j1)
        for mark, line, below in (('-', old, below_old), ('+', new, below_new)):
            yield f'{mark} {line}'
            # Tabs stay tabs, so that the marks stand below what they mark.
            below = ''.join(c if m == ' ' and c.isspace() else m for c, m in zip(line, below)).rstrip()
            if below:
                yield f'? {below}\n'

def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """The differences of two lists of lines, as Differ shows them."""
    return Differ(linejunk, charjunk).compare(a, b)

def restore(delta, which):
    """The lines of the first or the second list, from what ndiff gave."""
    if which not in (1, 2):
        raise ValueError(f'unknown delta choice (must be 1 or 2): {which!r}')
    mark = '- ' if which == 1 else '+ '
    for line in delta:
        if line[:2] in ('  ', mark):
            yield line[2:]

"""Regular expressions."""
import _re

_FLAGS = [('IGNORECASE', 'I', 2), ('MULTILINE', 'M', 8), ('DOTALL', 'S', 16), ('UNICODE', 'U', 32), ('VERBOSE', 'X', 64),
          ('ASCII', 'A', 256)]


class RegexFlag(int):
    """Settings of a pattern, joined by |."""
    def __or__(self, other):
        return RegexFlag(int(self) | int(other))

    __ror__ = __or__

    def __and__(self, other):
        return RegexFlag(int(self) & int(other))

    def __repr__(self):
        names = [f're.{long}' for long, _, value in _FLAGS if int(self) & value]
        return '|'.join(names) if names else f're.RegexFlag({int(self)})' if int(self) else 're.NOFLAG'

    __str__ = __repr__


for _long, _short, _value in _FLAGS:
    setattr(RegexFlag, _long, RegexFlag(_value))
    setattr(RegexFlag, _short, RegexFlag(_value))
RegexFlag.NOFLAG = NOFLAG = RegexFlag(0)
IGNORECASE = I = RegexFlag(2)
MULTILINE = M = RegexFlag(8)
DOTALL = S = RegexFlag(16)
UNICODE = U = RegexFlag(32)
VERBOSE = X = RegexFlag(64)
ASCII = A = RegexFlag(256)
_EVERY = 1 << 62


class error(Exception):
    """A pattern that cannot be read."""
    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            self.lineno = pattern.count('\n', 0, pos) + 1
            self.colno = pos - pattern.rfind('\n', 0, pos)
            msg = f'{msg} at position {pos}'
            if '\n' in pattern:
                msg = f'{msg} (line {self.lineno}, column {self.colno})'
        super().__init__(msg)


class Match:
    """What a pattern found."""
    __module__ = 're'

    def __init__(self, pattern, string, spans, pos, endpos):
        self.re, self.string, self._spans, self.pos, self.endpos = pattern, string, spans, pos, endpos

    def _index(self, group):
        if isinstance(group, str):
            group = self.re.groupindex.get(group, -1)
        if not isinstance(group, int) or not 0 <= group <= self.re.groups:
            raise IndexError('no such group')
        return 2 * group

    def _text(self, group, default=None):
        i = self._index(group)
        return default if self._spans[i] < 0 or self._spans[i + 1] < 0 else self.string[self._spans[i]:self._spans[i + 1]]

    def group(self, *groups):
        """The text of a group, or of several; of the whole match without any."""
        if len(groups) < 2:
            return self._text(groups[0] if groups else 0)
        return tuple(self._text(g) for g in groups)

    def __getitem__(self, group):
        return self._text(group)

    def groups(self, default=None):
        """The texts of all groups."""
        return tuple(self._text(g, default) for g in range(1, self.re.groups + 1))

    def groupdict(self, default=None):
        """The texts of the groups that have names."""
        return {name: self._text(g, default) for name, g in self.re.groupindex.items()}

    def start(self, group=0, /):
        """Where a group begins."""
        return self._spans[self._index(group)]

    def end(self, group=0, /):
        """Where a group ends."""
        return self._spans[self._index(group) + 1]

    def span(self, group=0, /):
        """Where a group begins and ends."""
        return self.start(group), self.end(group)

    def expand(self, template):
        """A template with the groups filled in."""
        return _filled(_template(template, self.re), self)

    @property
    def lastindex(self):
        found = [(self._spans[2 * g + 1], -g) for g in range(1, self.re.groups + 1) if self._spans[2 * g + 1] >= 0]
        return -max(found)[1] if found else None

    @property
    def lastgroup(self):
        last = self.lastindex
        return next((name for name, g in self.re.groupindex.items() if g == last), None)

    @property
    def regs(self):
        """The spans of the whole match and of all groups."""
        return tuple(self.span(g) for g in range(self.re.groups + 1))

    def __bool__(self):
        return True

    def __repr__(self):
        return f'<re.Match object; span={self.span()}, match={self.group()!r:.50}>'


class Pattern:
    """A pattern that was read."""
    __module__ = 're'

    def __init__(self, pattern, flags, program, groups, groupindex):
        self.pattern, self.flags, self._program, self.groups, self.groupindex = pattern, flags, program, groups, groupindex

    def _run(self, string, pos, endpos, mode, limit):
        if not isinstance(string, str):
            if isinstance(string, bytes):
                raise TypeError('cannot use a string pattern on a bytes-like object')
            raise TypeError(f"expected string or bytes-like object, got '{type(string).__name__}'")
        endpos = len(string) if endpos is None else max(0, min(endpos, len(string)))
        pos = max(0, min(pos, len(string)))
        return [Match(self, string, spans, pos, endpos) for spans in _re.run(self._program, string, pos, endpos, mode, limit)]

    def match(self, string, pos=0, endpos=None):
        """A match at the beginning, or None."""
        found = self._run(string, pos, endpos, 0, 1)
        return found[0] if found else None

    def fullmatch(self, string, pos=0, endpos=None):
        """A match of all of the string, or None."""
        found = self._run(string, pos, endpos, 1, 1)
        return found[0] if found else None

    def search(self, string, pos=0, endpos=None):
        """The first match anywhere, or None."""
        found = self._run(string, pos, endpos, 2, 1)
        return found[0] if found else None

    def finditer(self, string, pos=0, endpos=None):
        """All matches, one after the other."""
        return iter(self._run(string, pos, endpos, 2, _EVERY))

    def findall(self, string, pos=0, endpos=None):
        """The texts of all matches, or of their groups."""
        found = self._run(string, pos, endpos, 2, _EVERY)
        if self.groups == 0:
            return [m.group() for m in found]
        if self.groups == 1:
            return [m._text(1, '') for m in found]
        return [m.groups('') for m in found]

    def split(self, string, maxsplit=0):
        """The string cut at the matches."""
        parts, at = [], 0
        for m in self._run(string, 0, None, 2, maxsplit or _EVERY) if maxsplit >= 0 else []:
            parts.append(string[at:m.start()])
            parts.extend(m.groups())
            at = m.end()
        parts.append(string[at:])
        return parts

    def subn(self, repl, string, count=0):
        """`sub`, and how many were replaced."""
        found = self._run(string, 0, None, 2, count or _EVERY)
        if not callable(repl):
            template = _template(repl, self)
        parts, at = [], 0
        for m in found:
            parts.append(string[at:m.start()])
            parts.append(repl(m) if callable(repl) else _filled(template, m))
            at = m.end()
        parts.append(string[at:])
        return ''.join(parts), len(found)

    def sub(self, repl, string, count=0):
        """The string with its matches replaced."""
        return self.subn(repl, string, count)[0]

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __repr__(self):
        shown = RegexFlag(self.flags & ~32)
        return f're.compile({self.pattern!r:.200}' + (f', {shown!r})' if shown else ')')


def _shown(pattern):
    """As IPython shows a pattern."""
    text = repr(pattern.pattern).replace('\\\\', '\\')
    names = ['re.' + long for long, _, value in _FLAGS if pattern.flags & value and long != 'ASCII']
    return f're.compile(r{text}' + (', ' + '|'.join(names) if names else '') + ')'


_re.show_as(Pattern, _shown)


def _template(repl, pattern):
    """The parts of a replacement: texts, and numbers of groups."""
    parts, text, i = [], '', 0
    while i < len(repl):
        c = repl[i]
        i += 1
        if c != '\\':
            text += c
            continue
        if i == len(repl):
            raise error('bad escape (end of pattern)', repl, i - 1)
        c = repl[i]
        i += 1
        if c == 'g':
            if repl[i:i + 1] != '<':
                raise error('missing <', repl, i)
            stop = repl.find('>', i)
            if stop < 0:
                raise error('missing >, unterminated name', repl, i + 1)
            name = repl[i + 1:stop]
            if name.isdigit():
                number = int(name)
                if number > pattern.groups:
                    raise error(f'invalid group reference {number}', repl, i + 1)
            elif name in pattern.groupindex:
                number = pattern.groupindex[name]
            elif name.isidentifier():
                raise IndexError(f'unknown group name {name!r}')
            else:
                raise error(f'bad character in group name {name!r}' if name else 'missing group name', repl, i + 1)
            i = stop + 1
        elif c == '0':
            digits = c
            while len(digits) < 3 and repl[i:i + 1] in tuple('01234567'):
                digits += repl[i]
                i += 1
            text += chr(int(digits, 8) & 255)
            continue
        elif c.isdigit():
            if repl[i:i + 1].isdigit():
                c += repl[i]
                i += 1
            number = int(c)
            if number > pattern.groups:
                raise error(f'invalid group reference {number}', repl, i - len(c))
        elif c in 'abfnrtv\\':
            text += {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\'}[c]
            continue
        elif c.isascii() and c.isalpha():
            raise error(f'bad escape \\{c}', repl, i - 2)
        else:
            text += '\\' + c
            continue
        if text:
            parts.append(text)
        parts.append(number)
        text = ''
    if text:
        parts.append(text)
    return parts


def _filled(template, match):
    return ''.join(p if isinstance(p, str) else match._text(p, '') for p in template)


_cache = {}


def compile(pattern, flags=0):
    """Reads a pattern."""
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if isinstance(pattern, bytes):
        raise NotImplementedError('patterns of bytes are not available in tnb')
    if not isinstance(pattern, str):
        raise TypeError('first argument must be string or compiled pattern')
    key = pattern, int(flags)
    if key not in _cache:
        made = _re.parse(pattern, int(flags))
        if len(made) == 2:
            raise error(made[0], pattern, made[1] if made[1] >= 0 else None)
        program, groups, names, found = made
        if len(_cache) > 500:
            _cache.clear()
        _cache[key] = Pattern(pattern, found | (0 if found & 256 else 32), program, groups, names)
    return _cache[key]


def match(pattern, string, flags=0):
    """A match at the beginning of the string, or None."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A match of all of the string, or None."""
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """The first match in the string, or None."""
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    """The texts of all matches, or of their groups."""
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """All matches, one after the other."""
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    """The string cut at the matches."""
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with its matches replaced."""
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """`sub`, and how many were replaced."""
    return compile(pattern, flags).subn(repl, string, count)


def escape(pattern):
    """The text as a pattern that matches it."""
    special = '()[]{}?*+-|^$\\.&~# \t\n\r\v\f'
    return ''.join('\\' + c if c in special else c for c in pattern)


def purge():
    """Forgets the patterns that were read."""
    _cache.clear()

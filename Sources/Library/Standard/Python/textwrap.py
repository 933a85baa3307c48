"""Wrapping and indenting text."""
import re as _re

_WHITE = '\t\n\x0b\x0c\r '
_SPACE = '[\t\n\x0b\x0c\r ]'
_OTHER = '[^\t\n\x0b\x0c\r ]'
_INSIDE = r'''[\w!"'&.,?]'''
_LETTER = r'[^\d\W]'
# What a line may be broken at: white space, dashes between words, the ends of words and of parts before a hyphen.
_AT_HYPHENS = _re.compile(
    f'({_SPACE}+|(?<={_INSIDE})-{{2,}}(?=\\w)|{_OTHER}+?(?:'
    f'-(?:(?<={_LETTER}{{2}}-)|(?<={_LETTER}-{_LETTER}-))(?={_LETTER}-?{_LETTER})'
    f'|(?={_SPACE}|\\Z)|(?<={_INSIDE})(?=-{{2,}}\\w)))')
_AT_SPACE = _re.compile(f'({_SPACE}+)')
_SENTENCE_END = _re.compile(r'''[a-z][\.\!\?]["']?\Z''')

class TextWrapper:
    """Wraps text by settings that are its attributes."""
    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def wrap(self, text):
        """The text as lines of at most width characters."""
        return self._lines(self._chunks(text))

    def fill(self, text):
        """As wrap, joined by line breaks."""
        return '\n'.join(self.wrap(text))

    def _chunks(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(dict.fromkeys(map(ord, _WHITE), ' '))
        pattern = _AT_HYPHENS if self.break_on_hyphens is True else _AT_SPACE
        chunks = [chunk for chunk in pattern.split(text) if chunk]
        if self.fix_sentence_endings:
            i = 0
            while i < len(chunks) - 1:
                if chunks[i + 1] == ' ' and _SENTENCE_END.search(chunks[i]):
                    chunks[i + 1] = '  '
                    i += 1
                i += 1
        return chunks

    def _lines(self, chunks):
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        lines = []
        chunks.reverse()
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            room = self.width - len(indent)
            if self.drop_whitespace and lines and not chunks[-1].strip():
                chunks.pop()
            line, length = self._take(chunks, room)
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or self._ends(chunks) and length <= room:
                lines.append(indent + ''.join(line))
            else:
                self._cut(lines, line, length, room, indent)
                break
        return lines

    def _take(self, chunks, room):
        """The chunks of the next line, taken from the end of chunks, and how long they are."""
        line = []
        length = 0
        while chunks and length + len(chunks[-1]) <= room:
            length += len(chunks[-1])
            line.append(chunks.pop())
        if chunks and len(chunks[-1]) > room:
            self._break(chunks, line, length, room)
            length = sum(map(len, line))
        if self.drop_whitespace and line and not line[-1].strip():
            length -= len(line.pop())
        return line, length

    def _break(self, chunks, line, length, room):
        """Puts what fits of a chunk that is longer than a line into the line."""
        space = 1 if room < 1 else room - length
        if self.break_long_words:
            chunk = chunks[-1]
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind('-', 0, space)
                if hyphen > 0 and any(c != '-' for c in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def _ends(self, chunks):
        return not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()

    def _cut(self, lines, line, length, room, indent):
        """Ends the text with the placeholder."""
        while line:
            if line[-1].strip() and length + len(self.placeholder) <= room:
                lines.append(indent + ''.join(line) + self.placeholder)
                return
            length -= len(line.pop())
        if lines:
            last = lines[-1].rstrip()
            if len(last) + len(self.placeholder) <= self.width:
                lines[-1] = last + self.placeholder
                return
        lines.append(indent + self.placeholder.lstrip())

def wrap(text, width=70, **kwargs):
    """The text as lines of at most width characters."""
    return TextWrapper(width=width, **kwargs).wrap(text)

def fill(text, width=70, **kwargs):
    """As wrap, joined by line breaks."""
    return TextWrapper(width=width, **kwargs).fill(text)

def shorten(text, width, **kwargs):
    """The words that fit in width, and a placeholder for the rest."""
    return TextWrapper(width=width, max_lines=1, **kwargs).fill(' '.join(text.strip().split()))

def dedent(text):
    """Without the white space that all lines begin with."""
    lines = text.split('\n')
    margin = None
    for line in lines:
        stripped = line.lstrip(' \t')
        if not stripped:
            continue
        lead = line[:len(line) - len(stripped)]
        if margin is None:
            margin = lead
        else:
            n = 0
            while n < min(len(margin), len(lead)) and margin[n] == lead[n]:
                n += 1
            margin = margin[:n]
    margin = margin or ''
    return '\n'.join('' if not line.strip(' \t') else line[len(margin):] for line in lines)

def indent(text, prefix, predicate=None):
    """Lines that are not blank with a prefix."""
    if predicate is None:
        predicate = str.strip
    return ''.join(prefix + line if predicate(line) else line for line in text.splitlines(True))

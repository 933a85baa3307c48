"""Wrapping and indenting text."""

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
        predicate = lambda line: line.strip()
    return ''.join(prefix + line if predicate(line) else line for line in text.splitlines(True))

def wrap(text, width=70, initial_indent='', subsequent_indent='', break_long_words=True, **kwargs):
    """The text as lines of at most width characters."""
    words = []
    for word in text.split():
        words.append(word)
    lines = []
    current = initial_indent
    empty = True
    for word in words:
        space = width - len(subsequent_indent)
        if not empty and len(current) + 1 + len(word) <= width:
            current += ' ' + word
            continue
        if not empty:
            lines.append(current)
            current = subsequent_indent
        while break_long_words and len(current) + len(word) > width and width > len(current):
            room = width - len(current)
            lines.append(current + word[:room])
            word = word[room:]
            current = subsequent_indent
        current += word
        empty = False
    if not empty:
        lines.append(current)
    return lines

def fill(text, width=70, **kwargs):
    """As wrap, joined by line breaks."""
    return '\n'.join(wrap(text, width, **kwargs))

def shorten(text, width, placeholder=' [...]', **kwargs):
    """The words that fit in width, and a placeholder for the rest."""
    words = text.split()
    whole = ' '.join(words)
    if len(whole) <= width:
        return whole
    while words and len(' '.join(words)) + len(placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.strip()

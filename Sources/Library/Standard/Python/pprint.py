"""Values laid out over several lines."""

def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """The text that pprint prints."""
    return _format(object, indent, width, depth, sort_dicts, 0, 0, 1)

def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Prints a value, one item per line where it does not fit in width."""
    print(pformat(object, indent, width, depth, sort_dicts=sort_dicts), file=stream)

def pp(object, *args, sort_dicts=False, **kwargs):
    """As pprint, with dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)

def _key(item):
    return (str(type(item[0])), item[0])

def _items(d, sort_dicts):
    if not sort_dicts:
        return list(d.items())
    try:
        return sorted(d.items(), key=lambda item: item[0])
    except TypeError:
        return sorted(d.items(), key=lambda item: (str(type(item[0])), str(item[0])))

def _short(object, depth, sort_dicts, level):
    kind = type(object)
    if kind is dict:
        if not object:
            return '{}'
        if depth and level > depth:
            return '{...}'
        return '{' + ', '.join(
            f'{_short(k, depth, sort_dicts, level + 1)}: {_short(v, depth, sort_dicts, level + 1)}'
            for k, v in _items(object, sort_dicts)) + '}'
    if kind is list or kind is tuple:
        if depth and level > depth and object:
            return '[...]' if kind is list else '(...)'
        inner = ', '.join(_short(v, depth, sort_dicts, level + 1) for v in object)
        if kind is list:
            return f'[{inner}]'
        return f'({inner},)' if len(object) == 1 else f'({inner})'
    return repr(object)

def _format(object, indent, width, depth, sort_dicts, column, allowance, level):
    text = _short(object, depth, sort_dicts, level)
    if len(text) <= width - column - allowance or (depth and level > depth):
        return text
    kind = type(object)
    if isinstance(object, dict) and type(object).__repr__ is dict.__repr__ and object:
        lines = []
        items = _items(object, sort_dicts)
        for i, (k, v) in enumerate(items):
            key = _short(k, depth, sort_dicts, level + 1)
            rest = allowance + 1 if i + 1 == len(items) else 1
            value = _format(v, indent, width, depth, sort_dicts, column + indent + len(key) + 2, rest, level + 1)
            lines.append(f'{key}: {value}')
        return '{' + ' ' * (indent - 1) + (',\n' + ' ' * (column + indent)).join(lines) + '}'
    if kind in (list, tuple, set, frozenset) and object:
        items = sorted(object) if kind in (set, frozenset) else object
        start, end = {list: '[]', tuple: '()', set: '{}', frozenset: ('frozenset({', '})')}[kind]
        if kind is tuple and len(object) == 1:
            end = ',)'
        column += len(start) - 1
        lines = []
        for i, v in enumerate(items):
            rest = allowance + len(end) if i + 1 == len(items) else 1
            lines.append(_format(v, indent, width, depth, sort_dicts, column + indent, rest, level + 1))
        return start + ' ' * (indent - 1) + (',\n' + ' ' * (column + indent)).join(lines) + end
    if kind is str:
        return _format_text(object, width, column, allowance, level)
    return text

def _format_text(text, width, column, allowance, level):
    lines = text.splitlines(True)
    if level == 1:
        column += 1
        allowance += 1
    limit = width - column
    chunks = []
    for i, line in enumerate(lines):
        last_line = i == len(lines) - 1
        room = limit - allowance if last_line else limit
        if len(repr(line)) <= room:
            chunks.append(repr(line))
            continue
        parts = []
        word = ''
        for c in line:
            if word and not c.isspace() and word[-1].isspace():
                parts.append(word)
                word = ''
            word += c
        parts.append(word)
        current = ''
        for j, part in enumerate(parts):
            room = limit - allowance if last_line and j == len(parts) - 1 else limit
            if len(repr(current + part)) > room:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
    if len(chunks) == 1:
        return chunks[0]
    if level == 1:
        return '(' + ('\n' + ' ' * column).join(chunks) + ')'
    return ('\n' + ' ' * column).join(chunks)

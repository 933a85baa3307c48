"""Values laid out over several lines."""
import re
import collections as _collections
import dataclasses as _dataclasses
import types as _types

def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    """Prints a value, one item per line where it does not fit in width."""
    printer = PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact,
                            sort_dicts=sort_dicts, underscore_numbers=underscore_numbers)
    printer.pprint(object)

def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """The text that pprint prints."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)

def pp(object, *args, sort_dicts=False, **kwargs):
    """As pprint, with dicts in their own order."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)

def saferepr(object):
    """The text of a value on one line, without endless recursion."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]

def isreadable(object):
    """Whether eval could read the text."""
    return PrettyPrinter().isreadable(object)

def isrecursive(object):
    """Whether a value contains itself."""
    return PrettyPrinter().isrecursive(object)

class _SafeKey:
    """Orders values of different types by the names of these."""
    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))

def _safe_pair(pair):
    return _SafeKey(pair[0]), _SafeKey(pair[1])

def _repr_of(kind):
    """Whose __repr__ the instances of a class have."""
    for base in kind.__mro__:
        if '__repr__' in base.__dict__ or base in _printers:
            return base
    return object

class PrettyPrinter:
    """Lays values out in lines of a width."""
    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent = int(indent)
        width = int(width)
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not width:
            raise ValueError('width must be != 0')
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        print(self.pformat(object), file=self._stream)

    def pformat(self, object):
        parts = []
        self._format(object, parts.append, 0, 0, {}, 0)
        return ''.join(parts)

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """The text on one line, whether it can be read, and whether it is recursive."""
        return self._safe_repr(object, context, maxlevels, level)

    def _format(self, object, write, indent, allowance, context, level):
        if id(object) in context:
            write(_recursion(object))
            return
        text = self.format(object, context.copy(), self._depth, level)[0]
        if len(text) > self._width - indent - allowance:
            printer = _printers.get(_repr_of(type(object)))
            if printer is None and _is_plain_dataclass(object):
                printer = PrettyPrinter._dataclass
            if printer is not None:
                context[id(object)] = 1
                printer(self, object, write, indent, allowance, context, level + 1)
                del context[id(object)]
                return
        write(text)

    def _dataclass(self, object, write, indent, allowance, context, level):
        name = type(object).__name__
        indent += len(name) + 1
        items = [(f.name, getattr(object, f.name)) for f in _dataclasses.fields(object) if f.repr]
        write(name + '(')
        self._named_items(items, write, indent, allowance, context, level)
        write(')')

    def _dict(self, object, write, indent, allowance, context, level):
        write('{')
        if self._indent_per_level > 1:
            write((self._indent_per_level - 1) * ' ')
        if len(object):
            items = sorted(object.items(), key=_safe_pair) if self._sort_dicts else object.items()
            self._dict_items(items, write, indent, allowance + 1, context, level)
        write('}')

    def _ordered_dict(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        name = type(object).__name__
        write(name + '(')
        self._format(list(object.items()), write, indent + len(name) + 1, allowance + 1, context, level)
        write(')')

    def _list(self, object, write, indent, allowance, context, level):
        write('[')
        self._items(object, write, indent, allowance + 1, context, level)
        write(']')

    def _tuple(self, object, write, indent, allowance, context, level):
        write('(')
        end = ',)' if len(object) == 1 else ')'
        self._items(object, write, indent, allowance + len(end), context, level)
        write(end)

    def _set(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        kind = type(object)
        if kind is set:
            write('{')
            end = '}'
        else:
            write(kind.__name__ + '({')
            end = '})'
            indent += len(kind.__name__) + 1
        self._items(sorted(object, key=_SafeKey), write, indent, allowance + len(end), context, level)
        write(end)

    def _str(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        width = last_width = self._width - indent
        text = ''
        for i, line in enumerate(lines):
            text = repr(line)
            if i == len(lines) - 1:
                last_width -= allowance
            if len(text) <= last_width:
                chunks.append(text)
                continue
            parts = re.findall(r'\S*\s*', line)
            parts.pop()
            limit = width
            current = ''
            for j, part in enumerate(parts):
                candidate = current + part
                if j == len(parts) - 1 and i == len(lines) - 1:
                    limit -= allowance
                if len(repr(candidate)) > limit:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            write(text)
            return
        if level == 1:
            write('(')
        for i, text in enumerate(chunks):
            if i > 0:
                write('\n' + ' ' * indent)
            write(text)
        if level == 1:
            write(')')

    def _bytes(self, object, write, indent, allowance, context, level):
        if len(object) <= 4:
            write(repr(object))
            return
        parens = level == 1
        if parens:
            indent += 1
            allowance += 1
            write('(')
        between = ''
        for text in _wrapped_bytes(object, self._width - indent, allowance):
            write(between)
            write(text)
            if not between:
                between = '\n' + ' ' * indent
        if parens:
            write(')')

    def _mappingproxy(self, object, write, indent, allowance, context, level):
        write('mappingproxy(')
        self._format(object.copy(), write, indent + 13, allowance + 1, context, level)
        write(')')

    def _namespace(self, object, write, indent, allowance, context, level):
        name = 'namespace' if type(object) is _types.SimpleNamespace else type(object).__name__
        indent += len(name) + 1
        write(name + '(')
        self._named_items(object.__dict__.items(), write, indent, allowance, context, level)
        write(')')

    def _default_dict(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = type(object).__name__
        indent += len(name) + 1
        write(f'{name}({factory},\n' + ' ' * indent)
        self._dict(object, write, indent, allowance + 1, context, level)
        write(')')

    def _counter(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        name = type(object).__name__
        write(name + '({')
        if self._indent_per_level > 1:
            write((self._indent_per_level - 1) * ' ')
        self._dict_items(object.most_common(), write, indent + len(name) + 1, allowance + 2, context, level)
        write('})')

    def _chain_map(self, object, write, indent, allowance, context, level):
        if not len(object.maps):
            write(repr(object))
            return
        name = type(object).__name__
        write(name + '(')
        indent += len(name) + 1
        for i, m in enumerate(object.maps):
            if i == len(object.maps) - 1:
                self._format(m, write, indent, allowance + 1, context, level)
                write(')')
            else:
                self._format(m, write, indent, 1, context, level)
                write(',\n' + ' ' * indent)

    def _deque(self, object, write, indent, allowance, context, level):
        if not len(object):
            write(repr(object))
            return
        name = type(object).__name__
        write(name + '(')
        indent += len(name) + 1
        write('[')
        if object.maxlen is None:
            self._items(object, write, indent, allowance + 2, context, level)
            write('])')
        else:
            self._items(object, write, indent, 2, context, level)
            text = self._repr(object.maxlen, context, level)
            write('],\n' + ' ' * indent + f'maxlen={text})')

    def _dict_items(self, items, write, indent, allowance, context, level):
        indent += self._indent_per_level
        last = len(items) - 1
        for i, (key, item) in enumerate(items):
            text = self._repr(key, context, level)
            write(text + ': ')
            self._format(item, write, indent + len(text) + 2, allowance if i == last else 1, context, level)
            if i != last:
                write(',\n' + ' ' * indent)

    def _named_items(self, items, write, indent, allowance, context, level):
        last = len(items) - 1
        for i, (key, item) in enumerate(items):
            write(key + '=')
            if id(item) in context:
                write('...')
            else:
                self._format(item, write, indent + len(key) + 1, allowance if i == last else 1, context, level)
            if i != last:
                write(',\n' + ' ' * indent)

    def _items(self, items, write, indent, allowance, context, level):
        items = list(items)
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            write((self._indent_per_level - 1) * ' ')
        line_break = ',\n' + ' ' * indent
        between = ''
        width = room = self._width - indent + 1
        for i, item in enumerate(items):
            is_last = i == len(items) - 1
            if is_last:
                room -= allowance
                width -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                needed = len(text) + 2
                if width < needed:
                    width = room
                    if between:
                        between = line_break
                if width >= needed:
                    width -= needed
                    write(between)
                    between = ', '
                    write(text)
                    continue
            write(between)
            between = line_break
            self._format(item, write, indent, allowance if is_last else 1, context, level)

    def _repr(self, object, context, level):
        return self.format(object, context.copy(), self._depth, level)[0]

    def _safe_repr(self, object, context, maxlevels, level):
        kind = type(object)
        if kind in _scalars:
            return repr(object), True, False
        base = _repr_of(kind)
        if base is int:
            return (f'{object:_d}' if self._underscore_numbers else repr(object)), True, False
        if base is dict:
            if not object:
                return '{}', True, False
            if maxlevels and level >= maxlevels:
                return '{...}', False, id(object) in context
            if id(object) in context:
                return _recursion(object), False, True
            context[id(object)] = 1
            items = sorted(object.items(), key=_safe_pair) if self._sort_dicts else object.items()
            texts = []
            readable, recursive = True, False
            for pair in items:
                sides = []
                for part in pair:
                    text, part_readable, part_recursive = self.format(part, context, maxlevels, level + 1)
                    sides.append(text)
                    readable = readable and part_readable
                    recursive = recursive or part_recursive
                texts.append(': '.join(sides))
            del context[id(object)]
            return '{' + ', '.join(texts) + '}', readable, recursive
        if base is list or base is tuple:
            if base is list:
                if not object:
                    return '[]', True, False
                form = '[%s]'
            elif len(object) == 1:
                form = '(%s,)'
            else:
                if not object:
                    return '()', True, False
                form = '(%s)'
            if maxlevels and level >= maxlevels:
                return form % '...', False, id(object) in context
            if id(object) in context:
                return _recursion(object), False, True
            context[id(object)] = 1
            texts = []
            readable, recursive = True, False
            for item in object:
                text, item_readable, item_recursive = self.format(item, context, maxlevels, level + 1)
                texts.append(text)
                readable = readable and item_readable
                recursive = recursive or item_recursive
            del context[id(object)]
            return form % ', '.join(texts), readable, recursive
        text = repr(object)
        return text, bool(text) and not text.startswith('<'), False

_scalars = {str, bytes, float, bool, type(None)}

def _is_plain_dataclass(object):
    return (_dataclasses.is_dataclass(object) and not isinstance(object, type)
            and type(object).__repr__.__module__ == 'dataclasses')

def _recursion(object):
    return f'<Recursion on {type(object).__name__} with id={id(object)}>'

def _wrapped_bytes(object, width, allowance):
    current = b''
    last = len(object) // 4 * 4
    for i in range(0, len(object), 4):
        part = object[i:i + 4]
        candidate = current + part
        if i == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)

_printers = {
    dict: PrettyPrinter._dict,
    list: PrettyPrinter._list,
    tuple: PrettyPrinter._tuple,
    set: PrettyPrinter._set,
    frozenset: PrettyPrinter._set,
    str: PrettyPrinter._str,
    bytes: PrettyPrinter._bytes,
    int: None,
    _types.MappingProxyType: PrettyPrinter._mappingproxy,
    _types.SimpleNamespace: PrettyPrinter._namespace,
    _collections.OrderedDict: PrettyPrinter._ordered_dict,
    _collections.defaultdict: PrettyPrinter._default_dict,
    _collections.Counter: PrettyPrinter._counter,
    _collections.ChainMap: PrettyPrinter._chain_map,
    _collections.deque: PrettyPrinter._deque,
}

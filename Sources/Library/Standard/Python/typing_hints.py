"""What get_type_hints does. Annotations that are strings are read here: names, attributes, subscripts, | and literals, no calls."""
from types import GenericAlias as _GenericClass, UnionType as _UnionType
from _library import global_value as _global_value
from _typing_forms import ForwardRef, NotRequired, Required, _AnnotatedAlias, _GenericAlias

def _invalid(text):
    return SyntaxError(f'Forward reference must be an expression -- got {text!r}')

def _tokens(text):
    """Names, numbers, strings, ... and single characters."""
    tokens = []
    i = 0
    while i < len(text):
        c = text[i]
        start = i
        if c.isspace():
            i += 1
            continue
        if c.isalnum() or c == '_':
            while i < len(text) and (text[i].isalnum() or text[i] == '_'):
                i += 1
        elif c in '"\'':
            i = text.find(c, i + 1) + 1
            if not i:
                raise _invalid(text)
        else:
            i += 3 if text.startswith('...', i) else 1
        tokens.append(text[start:i])
    return tokens

class _Reader:
    """Reads one annotation; `names` are looked in before the cells' globals."""
    def __init__(self, text, names):
        self.text = text
        self.names = names
        self.tokens = _tokens(text)
        self.i = 0

    def next(self):
        self.i += 1
        return self.tokens[self.i - 1] if self.i <= len(self.tokens) else ''

    def takes(self, token):
        if self.tokens[self.i:self.i + 1] != [token]:
            return False
        self.i += 1
        return True

    def whole(self):
        value = self.union()
        if self.i < len(self.tokens):
            raise _invalid(self.text)
        return value

    def union(self):
        value = self.part()
        while self.takes('|'):
            value = value | self.part()
        return value

    def until(self, close):
        """Values between commas, and whether there was a comma."""
        values = []
        comma = False
        while not self.takes(close):
            values.append(self.union())
            if not self.takes(','):
                if not self.takes(close):
                    raise _invalid(self.text)
                break
            comma = True
        return values, comma

    def part(self):
        value = self.atom()
        while True:
            if self.takes('.'):
                value = getattr(value, self.next())
            elif self.takes('['):
                values, comma = self.until(']')
                value = value[tuple(values) if comma else values[0]]
            else:
                return value

    def atom(self):
        token = self.next()
        if token == '[':
            return self.until(']')[0]
        if token == '(':
            values, comma = self.until(')')
            return tuple(values) if comma or not values else values[0]
        if token == '...':
            return ...
        if token == '-':
            return -self.atom()
        if token[:1] in ('"', "'"):
            return token[1:-1]
        if token.isdigit():
            return int(token)
        if not token.isidentifier():
            raise _invalid(self.text)
        constants = {'None': None, 'True': True, 'False': False}
        if token in constants:
            return constants[token]
        return self.names[token] if token in self.names else _global_value(token)

def _resolve(value, names):
    """The type with all strings in it replaced by what they name."""
    if value is None:
        return type(None)
    if isinstance(value, ForwardRef):
        value = value.__forward_arg__
    if isinstance(value, str):
        return _resolve(_Reader(value, names).whole(), names)
    if isinstance(value, _AnnotatedAlias):
        return _AnnotatedAlias(_resolve(value.__origin__, names), value.__metadata__)
    if isinstance(value, _GenericAlias) and value._name != 'Literal':
        return value._with(tuple(_inner(arg, names) for arg in value.__args__))
    if isinstance(value, _GenericClass):
        return _GenericClass(value.__origin__, tuple(_inner(arg, names) for arg in value.__args__))
    if isinstance(value, _UnionType):
        members = [_inner(arg, names) for arg in value.__args__]
        result = members[0]
        for member in members[1:]:
            result = result | member
        return result
    return value

def _inner(arg, names):
    return arg if arg is ... or isinstance(arg, list) else _resolve(arg, names)

def _stripped(value):
    """Without what Annotated, Required and NotRequired add."""
    if isinstance(value, _AnnotatedAlias):
        return _stripped(value.__origin__)
    if isinstance(value, _GenericAlias):
        if value.__origin__ in (Required, NotRequired):
            return _stripped(value.__args__[0])
        return value._with(tuple(map(_stripped, value.__args__)))
    if isinstance(value, _GenericClass):
        return _GenericClass(value.__origin__, tuple(map(_stripped, value.__args__)))
    return value

def hints(obj, names, include_extras):
    """What get_type_hints gives."""
    found = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            for name, value in base.__dict__.get('__annotations__', {}).items():
                found[name] = _resolve(value, {base.__name__: base, **names})
    else:
        while hasattr(obj, '__wrapped__'):
            obj = obj.__wrapped__
        annotations = getattr(obj, '__annotations__', None)
        if annotations is None:
            if not callable(obj) and type(obj).__name__ != 'module':
                raise TypeError(f'{obj!r} is not a module, class, method, or function.')
            annotations = {}
        for name, value in annotations.items():
            found[name] = _resolve(value, names)
    return found if include_extras else {name: _stripped(value) for name, value in found.items()}

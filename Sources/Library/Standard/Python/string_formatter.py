"""string.Formatter: what str.format does, in methods to override."""

def _parse(text):
    """Parts of a format string: literal text, field, specification, conversion; None for what is not there."""
    literal = ''
    i = 0
    while i < len(text):
        c = text[i]
        if c in '{}' and text[i + 1:i + 2] == c:
            yield literal + c, None, None, None
            literal = ''
            i += 2
            continue
        if c == '}':
            raise ValueError("Single '}' encountered in format string")
        if c != '{':
            literal += c
            i += 1
            continue
        depth = 1
        start = i = i + 1
        if i == len(text):
            raise ValueError("Single '{' encountered in format string")
        while i < len(text) and depth:
            depth += {'{': 1, '}': -1}.get(text[i], 0)
            i += 1
        if depth:
            raise ValueError("expected '}' before end of string")
        yield (literal, *_field(text[start:i - 1]))
        literal = ''
    if literal:
        yield literal, None, None, None

def _field(text):
    """A replacement field as name, specification and conversion."""
    end = 0
    brackets = False
    while end < len(text) and (brackets or text[end] not in '!:'):
        brackets = text[end] == '[' or brackets and text[end] != ']'
        end += 1
    name, rest = text[:end], text[end:]
    conversion = None
    if rest[:1] == '!':
        if len(rest) < 2:
            raise ValueError("end of string while looking for conversion specifier")
        conversion, rest = rest[1], rest[2:]
        if rest and rest[0] != ':':
            raise ValueError("expected ':' after conversion specifier")
    return name, rest[1:], conversion

def _split(name):
    """The first part of a field's name and the attributes and items behind it."""
    end = 0
    while end < len(name) and name[end] not in '.[':
        end += 1
    first, rest = name[:end], []
    while end < len(name):
        start = end + 1
        if name[end] == '.':
            end = start
            while end < len(name) and name[end] not in '.[':
                end += 1
            rest.append((True, name[start:end]))
        else:
            end = name.find(']', start)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            item = name[start:end]
            rest.append((False, int(item) if item.isdigit() else item))
            end += 1
        if not rest[-1][1] and rest[-1][1] != 0:
            raise ValueError('Empty attribute in format string')
    return int(first) if first.isdigit() else first, rest

class Formatter:
    """Formats as str.format does."""
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto):
        if depth < 0:
            raise ValueError('Max string recursion exceeded')
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            if name == '':
                if auto is False:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                name = str(auto)
                auto += 1
            elif name.isdigit():
                if auto:
                    raise ValueError('cannot switch from manual field specification to automatic field numbering')
                auto = False
            obj, first = self.get_field(name, args, kwargs)
            used.add(first)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return ''.join(out), auto

    def parse(self, format_string):
        return _parse(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attribute, part in rest:
            obj = getattr(obj, part) if is_attribute else obj[part]
        return obj, first

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        conversions = {None: lambda v: v, 's': str, 'r': repr, 'a': ascii}
        if conversion not in conversions:
            raise ValueError(f'Unknown conversion specifier {conversion}')
        return conversions[conversion](value)

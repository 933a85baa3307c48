"""Values to JSON text."""
import _json

class JSONEncoder:
    """Writes values as JSON text; `default` gives what stands for values that JSON does not know."""
    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """What is written in place of a value that JSON does not know."""
        raise TypeError(f'Object of type {type(o).__name__} is not JSON serializable')

    def encode(self, o):
        """The value as JSON text."""
        return _json.dumps(o, self.skipkeys, self.ensure_ascii, self.check_circular, self.allow_nan, self.indent,
                           (self.item_separator, self.key_separator), self.default, self.sort_keys)

    def iterencode(self, o, _one_shot=False):
        """The text in parts."""
        yield self.encode(o)

"""JSON text to values."""
import _json
from _json import JSONDecodeError

class JSONDecoder:
    """Reads JSON text, with functions that make the values of some of its parts."""
    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float
        self.parse_int = parse_int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook

    def _hooks(self):
        return (self.object_hook, self.object_pairs_hook, self.parse_float, self.parse_int, self.parse_constant,
                self.strict)

    def decode(self, s):
        """The value that the text stands for."""
        return _json.loads(s, *self._hooks())

    def raw_decode(self, s, idx=0):
        """A value that begins at idx, and where it ends."""
        return _json.scan(s, *self._hooks(), idx)

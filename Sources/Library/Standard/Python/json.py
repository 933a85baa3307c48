"""JSON text to values and back."""
import _json
import _json_decoder as decoder
import _json_encoder as encoder
from _json_decoder import JSONDecodeError, JSONDecoder
from _json_encoder import JSONEncoder

def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """The value as JSON text."""
    if cls is None and not kw:
        return _json.dumps(obj, skipkeys, ensure_ascii, check_circular, allow_nan, indent, separators, default, sort_keys)
    return (cls or JSONEncoder)(
        skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan, indent=indent,
        separators=separators, default=default, sort_keys=sort_keys, **kw).encode(obj)

def dump(obj, fp, **kw):
    """Writes the value as JSON text to a file."""
    fp.write(dumps(obj, **kw))

def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
          object_pairs_hook=None, **kw):
    """The value that JSON text stands for."""
    s = _json.text(s)
    if cls is None and not kw:
        return _json.loads(s, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, True)
    for name, hook in (('object_hook', object_hook), ('object_pairs_hook', object_pairs_hook),
                       ('parse_float', parse_float), ('parse_int', parse_int), ('parse_constant', parse_constant)):
        if hook is not None:
            kw[name] = hook
    return (cls or JSONDecoder)(**kw).decode(s)

def load(fp, **kw):
    """The value that a file's JSON text stands for."""
    return loads(fp.read(), **kw)

"""Classes made from their annotated attributes."""
from _fields import bind
import copy as _copy

class _MissingType:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'

MISSING = _MissingType()

class _KwOnlyType:
    pass

KW_ONLY = _KwOnlyType()

class FrozenInstanceError(AttributeError):
    """An attribute of a frozen instance was to be changed."""

class Field:
    """One field of a data class."""
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    def __repr__(self):
        return (f'Field(name={self.name!r},type={self.type!r},default={self.default!r},'
                f'default_factory={self.default_factory!r},init={self.init!r},repr={self.repr!r},hash={self.hash!r},'
                f'compare={self.compare!r},metadata={self.metadata!r},kw_only={self.kw_only!r})')

def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Says more about a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)

class InitVar:
    """A parameter of __init__ that is passed on to __post_init__ and not kept."""
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

def _is_kind(annotation, name):
    text = annotation if isinstance(annotation, str) else getattr(annotation, '_name', None) or repr(annotation)
    return name in text

def _collect(cls, kw_only):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        for name, f in getattr(base, '__dataclass_fields__', {}).items():
            fields[name] = f
    annotations = cls.__dict__.get('__annotations__', {})
    keyword = kw_only
    for name, annotation in annotations.items():
        if annotation is KW_ONLY:
            keyword = True
            continue
        if _is_kind(annotation, 'ClassVar'):
            continue
        default = cls.__dict__.get(name, MISSING)
        f = default if isinstance(default, Field) else field(default=default)
        if isinstance(f.default, (list, dict, set)):
            raise ValueError(f'mutable default {type(f.default)} for field {name} is not allowed: use default_factory')
        f.name = name
        f.type = annotation
        f.is_init_var = isinstance(annotation, InitVar) or annotation is InitVar
        if f.kw_only is MISSING:
            f.kw_only = keyword
        if isinstance(default, Field):
            if f.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, f.default)
        fields[name] = f
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    return fields

def _has_default(f):
    return f.default is not MISSING or f.default_factory is not MISSING

def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Gives a class __init__, __repr__, __eq__ and more, from its annotated attributes."""
    def make(cls):
        cls = _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only)
        return _with_slots(cls) if slots else cls
    return make if cls is None else make(cls)

def _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    fields = _collect(cls, kw_only)
    cls.__dataclass_fields__ = fields
    own = cls.__dict__
    shown = [f for f in fields.values() if not f.is_init_var]
    if init and '__init__' not in own:
        cls.__init__ = _make_init(cls, fields, frozen)
    if repr and '__repr__' not in own:
        names = [f.name for f in shown if f.repr]
        running = set()

        def __repr__(self):
            key = id(self)
            if key in running:
                return '...'
            running.add(key)
            try:
                parts = ', '.join([f'{name}={getattr(self, name)!r}' for name in names])
                return f'{type(self).__qualname__}({parts})'
            finally:
                running.discard(key)
        __repr__.__qualname__ = f'{cls.__qualname__}.__repr__'
        cls.__repr__ = __repr__
    compared = [f.name for f in shown if f.compare]

    def values(self):
        return tuple([getattr(self, name) for name in compared])
    if eq and '__eq__' not in own:
        def __eq__(self, other):
            if type(other) is not type(self):
                return NotImplemented
            return values(self) == values(other)
        __eq__.__qualname__ = f'{cls.__qualname__}.__eq__'
        cls.__eq__ = __eq__
    if order:
        if not eq:
            raise ValueError('eq must be true if order is true')
        _add_order(cls, values)
    if unsafe_hash or (eq and frozen):
        if '__hash__' not in own or own['__hash__'] is None:
            hashed = [f.name for f in shown if (f.compare if f.hash is None else f.hash)]
            cls.__hash__ = lambda self: hash(tuple([getattr(self, name) for name in hashed]))
    elif eq and '__hash__' not in own:
        cls.__hash__ = None
    if frozen:
        _freeze(cls, set(fields))
    cls.__match_args__ = tuple([f.name for f in fields.values() if f.init and not f.kw_only])
    if own.get('__doc__') is None:
        cls.__doc__ = cls.__name__ + '(' + ', '.join(_parameter(f) for f in fields.values() if f.init) + ')'
    return cls

def _with_slots(cls):
    """The class once more, with its fields as slots."""
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    names = [f.name for f in fields(cls)]
    inherited = set()
    for base in cls.__mro__[1:-1]:
        inherited.update(base.__dict__.get('__slots__', ()))
    members = {name: value for name, value in cls.__dict__.items()
               if name not in names and name not in ('__dict__', '__weakref__')}
    members['__slots__'] = tuple([name for name in names if name not in inherited])
    made = type(cls.__name__, cls.__bases__, members)
    made.__qualname__ = cls.__qualname__
    return made

def _parameter(f):
    if isinstance(f.type, type):
        module = f.type.__module__
        kind = f.type.__qualname__ if module == 'builtins' else f'{module}.{f.type.__qualname__}'
    else:
        kind = repr(f.type)
    if f.default_factory is not MISSING:
        return f'{f.name}: {kind} = <factory>'
    return f'{f.name}: {kind}' if f.default is MISSING else f'{f.name}: {kind} = {f.default!r}'

def _make_init(cls, fields, frozen):
    parameters = [f.name for f in fields.values() if f.init]
    keyword_only = [f.name for f in fields.values() if f.init and f.kw_only]
    defaults = {f.name: f for f in fields.values() if _has_default(f)}
    seen_default = False
    for f in fields.values():
        if f.init and not f.kw_only:
            if _has_default(f):
                seen_default = True
            elif seen_default:
                raise TypeError(f'non-default argument {f.name!r} follows default argument')
    function = f'{cls.__qualname__}.__init__'
    everything = list(fields.values())
    plain = not keyword_only and len(parameters) == len(everything) and not any(f.is_init_var for f in everything)
    count = len(parameters)
    init_vars = [f.name for f in everything if f.is_init_var]
    has_post_init = hasattr(cls, '__post_init__')
    assign = object.__setattr__ if frozen else setattr

    def __init__(self, *args, **kwargs):
        if plain and not kwargs and len(args) == count:
            for name, value in zip(parameters, args):
                assign(self, name, value)
        else:
            given = bind(function, parameters, defaults, args, kwargs, keyword_only)
            for f in everything:
                name = f.name
                if name in given:
                    value = given[name]
                elif f.default_factory is not MISSING:
                    value = f.default_factory()
                elif f.default is not MISSING:
                    value = f.default
                else:
                    continue
                if f.is_init_var:
                    given[name] = value
                else:
                    assign(self, name, value)
            if init_vars:
                self.__post_init__(*[given[name] for name in init_vars])
                return
        if has_post_init:
            self.__post_init__()
    __init__.__qualname__ = function
    __init__.__module__ = cls.__module__
    shown = ['self'] + [_parameter(f) for f in everything if f.init and not f.kw_only]
    if keyword_only:
        shown += ['*'] + [_parameter(f) for f in everything if f.init and f.kw_only]
    __init__.__text_signature__ = f'({", ".join(shown)}) -> None'
    return __init__

def _add_order(cls, values):
    def __lt__(self, other):
        return values(self) < values(other) if type(other) is type(self) else NotImplemented

    def __le__(self, other):
        return values(self) <= values(other) if type(other) is type(self) else NotImplemented

    def __gt__(self, other):
        return values(self) > values(other) if type(other) is type(self) else NotImplemented

    def __ge__(self, other):
        return values(self) >= values(other) if type(other) is type(self) else NotImplemented
    cls.__lt__, cls.__le__, cls.__gt__, cls.__ge__ = __lt__, __le__, __gt__, __ge__

def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        object.__delattr__(self, name)
    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__

def fields(class_or_instance):
    """The fields of a data class or of an instance."""
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([f for f in found.values() if not f.is_init_var])

def is_dataclass(obj):
    """Whether obj is a data class or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')

def _is_instance(obj):
    return not isinstance(obj, type) and hasattr(type(obj), '__dataclass_fields__')

def asdict(obj, *, dict_factory=dict):
    """The fields of an instance as a dict, deeply."""
    if not _is_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _as(obj, dict_factory, None)

def astuple(obj, *, tuple_factory=tuple):
    """The fields of an instance as a tuple, deeply."""
    if not _is_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _as(obj, None, tuple_factory)

def _as(obj, dict_factory, tuple_factory):
    if _is_instance(obj):
        values = [(f.name, _as(getattr(obj, f.name), dict_factory, tuple_factory)) for f in fields(obj)]
        return dict_factory(values) if tuple_factory is None else tuple_factory([v for _, v in values])
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_as(v, dict_factory, tuple_factory) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_as(v, dict_factory, tuple_factory) for v in obj])
    if isinstance(obj, dict):
        return type(obj)([(_as(k, dict_factory, tuple_factory), _as(v, dict_factory, tuple_factory))
                          for k, v in obj.items()])
    return _copy.deepcopy(obj)

def replace(obj, /, **changes):
    """A new instance with some fields changed."""
    if not _is_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in fields(obj):
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)

def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    """A data class from names, or pairs of names and types."""
    members = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = 'typing.Any'
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                members[item[0]] = item[2]
    members['__annotations__'] = annotations
    return dataclass(type(cls_name, tuple(bases), members), **options)

"""Names for annotations, which tnb keeps and does not check."""
from _fields import named_tuple_members as _named_tuple_members
import collections as _collections
import collections.abc as _abc

TYPE_CHECKING = False

def _text(value):
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ == 'builtins' else f'{value.__module__}.{value.__qualname__}'
    if value is None:
        return 'None'
    if value is ...:
        return '...'
    if isinstance(value, list):
        return '[' + ', '.join(map(_text, value)) + ']'
    return repr(value)

class _Special:
    """A name such as Any or List: with [] an alias, called what it stands for."""
    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        if self._name == 'Optional':
            return Union[parameters[0], None]
        if self._name == 'Union':
            flat = []
            for p in parameters:
                p = type(None) if p is None else p
                for member in (p.__args__ if isinstance(p, _Alias) and p._name == 'Union' else (p,)):
                    if member not in flat:
                        flat.append(member)
            if len(flat) == 1:
                return flat[0]
            parameters = tuple(flat)
        return _Alias(self._name, self.__origin__, parameters)

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f'Cannot instantiate {self!r}')
        return self.__origin__(*args, **kwargs)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __mro_entries__(self, bases):
        return (self.__origin__,) if self.__origin__ is not None else ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return 'typing.' + self._name

    def __hash__(self):
        return hash(self._name)

    def __eq__(self, other):
        return self is other

class _Alias:
    """List[int] and its like."""
    def __init__(self, name, origin, parameters):
        self._name = name
        self.__origin__ = origin
        self.__args__ = parameters

    def __call__(self, *args, **kwargs):
        if self.__origin__ is None:
            raise TypeError(f'Cannot instantiate {self!r}')
        return self.__origin__(*args, **kwargs)

    def __getitem__(self, parameters):
        return self

    def __mro_entries__(self, bases):
        return (self.__origin__,) if self.__origin__ is not None else ()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        if not isinstance(other, _Alias) or self._name != other._name:
            return False
        if self._name == 'Union':
            return set(self.__args__) == set(other.__args__)
        return self.__args__ == other.__args__

    def __hash__(self):
        return hash(self._name)

    def __repr__(self):
        if self._name == 'Union':
            others = [a for a in self.__args__ if a is not type(None)]
            if len(others) == 1 and len(self.__args__) == 2:
                return f'typing.Optional[{_text(others[0])}]'
        shown = ['None' if a is type(None) else _text(a) for a in self.__args__]
        if self._name == 'Callable' and len(self.__args__) == 2:
            return f'typing.Callable[{shown[0]}, {shown[1]}]'
        if self._name == 'Literal':
            shown = list(map(repr, self.__args__))
        prefix = '' if '.' in self._name else 'typing.'
        return f'{prefix}{self._name}[{", ".join(shown)}]'

Any = _Special('Any')
Union = _Special('Union')
Optional = _Special('Optional')
Literal = _Special('Literal')
Final = _Special('Final')
ClassVar = _Special('ClassVar')
Annotated = _Special('Annotated')
Concatenate = _Special('Concatenate')
Self = _Special('Self')
NoReturn = _Special('NoReturn')
Never = _Special('Never')
LiteralString = _Special('LiteralString')
TypeAlias = _Special('TypeAlias')
TypeGuard = _Special('TypeGuard')
Required = _Special('Required')
NotRequired = _Special('NotRequired')
Unpack = _Special('Unpack')
List = _Special('List', list)
Dict = _Special('Dict', dict)
Set = _Special('Set', set)
FrozenSet = _Special('FrozenSet', frozenset)
Tuple = _Special('Tuple', tuple)
Type = _Special('Type', type)
Text = str
AnyStr = _Special('AnyStr')
DefaultDict = _Special('DefaultDict', _collections.defaultdict)
OrderedDict = _Special('OrderedDict', _collections.OrderedDict)
Counter = _Special('Counter', _collections.Counter)
Deque = _Special('Deque', _collections.deque)
ChainMap = _Special('ChainMap', _collections.ChainMap)
Callable = _Special('Callable', _abc.Callable)
Iterable = _Special('Iterable', _abc.Iterable)
Iterator = _Special('Iterator', _abc.Iterator)
Generator = _Special('Generator', _abc.Generator)
Sequence = _Special('Sequence', _abc.Sequence)
MutableSequence = _Special('MutableSequence', _abc.MutableSequence)
Mapping = _Special('Mapping', _abc.Mapping)
MutableMapping = _Special('MutableMapping', _abc.MutableMapping)
MutableSet = _Special('MutableSet', _abc.MutableSet)
AbstractSet = _Special('AbstractSet', _abc.Set)
Collection = _Special('Collection', _abc.Collection)
Container = _Special('Container', _abc.Container)
Sized = _Special('Sized', _abc.Sized)
Hashable = _Special('Hashable', _abc.Hashable)
Reversible = _Special('Reversible', _abc.Reversible)
SupportsFloat = _Special('SupportsFloat')
SupportsInt = _Special('SupportsInt')
SupportsIndex = _Special('SupportsIndex')
SupportsAbs = _Special('SupportsAbs')

class TypeVar:
    """A variable for types."""
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self.__constraints__ = constraints
        self.__bound__ = bound
        self._sign = '+' if covariant else '-' if contravariant else '~'

    def __repr__(self):
        return self._sign + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

class ParamSpec(TypeVar):
    """A variable for parameters."""

class TypeVarTuple(TypeVar):
    """A variable for several types."""

class Generic:
    """A base for classes with type parameters."""
    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return _Alias(f'{cls.__module__}.{cls.__qualname__}', cls, parameters)

class Protocol(Generic):
    """A base for classes that say what others must offer."""

def runtime_checkable(cls):
    return cls

def cast(typ, val):
    """The value itself."""
    return val

def overload(func):
    return func

def final(f):
    return f

def override(f):
    return f

def no_type_check(arg):
    return arg

def assert_type(val, typ, /):
    return val

def assert_never(arg, /):
    raise AssertionError(f'Expected code to be unreachable, but got: {arg!r}')

def reveal_type(obj, /):
    return obj

def NewType(name, tp):
    """A function that gives its argument back."""
    def new_type(x):
        return x
    new_type.__name__ = name
    new_type.__supertype__ = tp
    return new_type

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a function or class."""
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get('__annotations__', {}))
        return hints
    return dict(getattr(obj, '__annotations__', {}))

def get_origin(tp):
    return getattr(tp, '__origin__', None)

def get_args(tp):
    return getattr(tp, '__args__', ())

class NamedTuple(tuple):
    """A base for tuple classes whose items are annotated names."""
    def __init_subclass__(cls, **kwargs):
        if '_fields' in cls.__dict__ or cls.__mro__[1] is not NamedTuple:
            return
        annotations = cls.__dict__.get('__annotations__', {})
        defaults = {name: cls.__dict__[name] for name in annotations if name in cls.__dict__}
        members = _named_tuple_members(cls.__name__, list(annotations), defaults)
        for name, value in members.items():
            if name in cls.__dict__ and name not in annotations and name != '__doc__':
                continue
            if name == '__doc__' and cls.__dict__.get('__doc__') is not None:
                continue
            setattr(cls, name, value)

class TypedDict(dict):
    """A base for dicts with annotated keys."""

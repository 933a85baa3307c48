"""Names for annotations, which tnb keeps and does not check."""
from _typing_forms import (
    Annotated, Any, ClassVar, Concatenate, Final, ForwardRef, Generic, Literal, LiteralString, Never, NoReturn,
    NotRequired, Optional, ParamSpec, Required, Self, TypeAlias, TypeGuard, TypeVar, TypeVarTuple, Union, Unpack,
    _AnnotatedAlias, _CallableGenericAlias, _CallableType, _GenericAlias, _SpecialGenericAlias, _TupleType, _as_type)
from _typing_classes import (
    Protocol, runtime_checkable, NamedTuple, TypedDict, is_typeddict, SupportsAbs, SupportsBytes, SupportsComplex,
    SupportsFloat, SupportsIndex, SupportsInt, SupportsRound)
import collections as _collections
import collections.abc as _abc
import types as _types

TYPE_CHECKING = False

class _LateAlias(_SpecialGenericAlias):
    """An alias of a class whose module is not loaded before somebody asks for the class."""
    def __init__(self, module, origin, name=None):
        self._place = module, origin
        self._nparams = 1
        self._name = name or origin
        self._inst = True

    @property
    def __origin__(self):
        module, name = self._place
        if module == 're':
            import re as found
        else:
            import contextlib as found
        return getattr(found, name)

_alias = _SpecialGenericAlias
List = _alias(list, 1, 'List', inst=False)
Dict = _alias(dict, 2, 'Dict', inst=False)
Set = _alias(set, 1, 'Set', inst=False)
FrozenSet = _alias(frozenset, 1, 'FrozenSet', inst=False)
Tuple = _TupleType(tuple, -1, 'Tuple', inst=False)
Type = _alias(type, 1, 'Type', inst=False)
DefaultDict = _alias(_collections.defaultdict, 2, 'DefaultDict')
OrderedDict = _alias(_collections.OrderedDict, 2)
Counter = _alias(_collections.Counter, 1)
Deque = _alias(_collections.deque, -1, 'Deque')
ChainMap = _alias(_collections.ChainMap, 2)
Callable = _CallableType(_abc.Callable, 2)
AbstractSet = _alias(_abc.Set, 1, 'AbstractSet')
Hashable = _alias(_abc.Hashable, 0)
Sized = _alias(_abc.Sized, 0)
ByteString = _alias(_abc.ByteString, 0)
Awaitable = _alias(_abc.Awaitable, 1)
Coroutine = _alias(_abc.Coroutine, 3)
AsyncIterable = _alias(_abc.AsyncIterable, 1)
AsyncIterator = _alias(_abc.AsyncIterator, 1)
AsyncGenerator = _alias(_abc.AsyncGenerator, 2)
Iterable = _alias(_abc.Iterable, 1)
Iterator = _alias(_abc.Iterator, 1)
Generator = _alias(_abc.Generator, 3)
Reversible = _alias(_abc.Reversible, 1)
Container = _alias(_abc.Container, 1)
Collection = _alias(_abc.Collection, 1)
Sequence = _alias(_abc.Sequence, 1)
MutableSequence = _alias(_abc.MutableSequence, 1)
MutableSet = _alias(_abc.MutableSet, 1)
Mapping = _alias(_abc.Mapping, 2)
MutableMapping = _alias(_abc.MutableMapping, 2)
MappingView = _alias(_abc.MappingView, 1)
KeysView = _alias(_abc.KeysView, 1)
ItemsView = _alias(_abc.ItemsView, 2)
ValuesView = _alias(_abc.ValuesView, 1)
ContextManager = _LateAlias('contextlib', 'AbstractContextManager', 'ContextManager')
Pattern = _LateAlias('re', 'Pattern')
Match = _LateAlias('re', 'Match')
Text = str
AnyStr = TypeVar('AnyStr', bytes, str)

class IO(Generic[AnyStr]):
    """A file, for annotations."""

class TextIO(IO[str]):
    """A file of text, for annotations."""

class BinaryIO(IO[bytes]):
    """A file of bytes, for annotations."""

class NewType:
    """A name for a type whose values are those of another; called, it gives its argument back."""
    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        self.__module__ = '__main__'

    def __call__(self, x, /):
        return x

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of NewType. Perhaps you were looking for: '
                        f'`{self.__name__} = NewType({self.__name__!r}, {self.__name__})`')

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

def cast(typ, val):
    """The value itself."""
    return val

_overloads = {}

def overload(func):
    """Marks one of several signatures of a function; the last definition is what is called."""
    _overloads.setdefault((func.__module__, func.__qualname__), []).append(func)

    def stub(*args, **kwds):
        raise NotImplementedError(
            'You should not call an overloaded function. A series of @overload-decorated functions outside a stub '
            'module should always be followed by an implementation that is not @overload-ed.')
    return stub

def get_overloads(func):
    """The signatures that overload marked."""
    return _overloads.get((func.__module__, func.__qualname__), [])

def final(f):
    """Marks what is not to be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f

def no_type_check(arg):
    return arg

def assert_type(val, typ, /):
    return val

def assert_never(arg, /):
    text = repr(arg)
    if len(text) > 100:
        text = text[:100] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {text}')

def reveal_type(obj, /):
    """The value itself; its type is written to the error output."""
    import sys
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of a class with its bases', of a function or of a module, strings replaced by what they name."""
    from _typing_hints import hints
    return hints(obj, {**(globalns or {}), **(localns or {})}, include_extras)

def get_origin(tp):
    """What a type was made of by [...]."""
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_GenericAlias, _SpecialGenericAlias, _types.GenericAlias)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    return _types.UnionType if isinstance(tp, _types.UnionType) else None

def get_args(tp):
    """What stands in the [...] of a type."""
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, _CallableGenericAlias):
        *args, result = tp.__args__
        isWhole = len(args) == 1 and (args[0] is ... or isinstance(args[0], ParamSpec))
        return (args[0] if isWhole else args, result)
    if isinstance(tp, (_GenericAlias, _types.GenericAlias, _types.UnionType)):
        return tp.__args__
    return ()

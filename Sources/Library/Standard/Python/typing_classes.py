"""Classes of typing to derive from: protocols, tuples with names, dicts with annotated keys."""
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod
from _enum import set_metaclass as _set_metaclass
from _fields import named_tuple_members as _named_tuple_members
from _typing_forms import (
    Generic, NotRequired, Required, TypeVar, _AnnotatedAlias, _GenericAlias, _HOLDERS, _as_type)

# Protocols.

_NO_MEMBERS = {
    '__abstractmethods__', '__annotations__', '__class_getitem__', '__dict__', '__doc__', '__hash__', '__init__',
    '__module__', '__new__', '__orig_bases__', '__orig_class__', '__parameters__', '__qualname__', '__slots__',
    '__subclasshook__', '__weakref__', '_is_protocol', '_is_runtime_protocol',
}
_ABSTRACT_ONLY = 'Instance and class checks can only be used with @runtime_checkable protocols'

def _members(cls):
    """The names that a protocol asks for."""
    names = set()
    for base in cls.__mro__:
        if base in (Protocol, Generic, object):
            continue
        own = base.__dict__
        names.update(name for name in [*own, *own.get('__annotations__', {})]
                     if name not in _NO_MEMBERS and not name.startswith('_abc_'))
    return names

def _has_only_methods(cls):
    return all(callable(getattr(cls, name, None)) for name in _members(cls))

def _protocol_init(self, *args, **kwargs):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError('Protocols cannot be instantiated')
    # A class that implements protocols: the next __init__ is the one that counts, from now on.
    for base in cls.__mro__:
        init = base.__dict__.get('__init__', _protocol_init)
        if init is not _protocol_init:
            break
    else:
        init = object.__init__
    cls.__init__ = init
    init(self, *args, **kwargs)

def _protocol_instancecheck(cls, instance):
    if not cls._is_protocol:
        return _ABCMeta.__instancecheck__(cls, instance)
    if not cls._is_runtime_protocol:
        raise TypeError(_ABSTRACT_ONLY)
    if _has_only_methods(cls):
        if _ABCMeta.__instancecheck__(cls, instance):
            return True
    elif cls in type(instance).__mro__:
        return True
    # Attributes may have been set on the instance alone.
    return all(hasattr(instance, name) and (not callable(getattr(cls, name, None)) or getattr(instance, name) is not None)
               for name in _members(cls))

class Protocol(Generic, metaclass=_ABCMeta):
    """A base for classes that say what others must offer."""
    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        own = cls.__dict__
        if '_is_protocol' not in own:
            cls._is_protocol = Protocol in cls.__bases__
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            if base not in (object, Generic) and not getattr(base, '_is_protocol', False) \
                    and base.__module__ not in ('collections.abc', 'contextlib'):
                raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
        cls._is_runtime_protocol = False
        if '__init__' not in own:
            cls.__init__ = _protocol_init

    @classmethod
    def __subclasshook__(cls, other):
        if not cls.__dict__.get('_is_protocol', False) or cls is Protocol:
            return NotImplemented
        if not cls._is_runtime_protocol:
            raise TypeError(_ABSTRACT_ONLY)
        if not _has_only_methods(cls):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        for name in _members(cls):
            if getattr(other, name, None) is None:
                return NotImplemented
        return True

_HOLDERS.append(Protocol)
_set_metaclass(Protocol, '_ProtocolMeta', {'__instancecheck__': _protocol_instancecheck}, _ABCMeta)

def runtime_checkable(cls):
    """Lets isinstance look whether an object has what a protocol asks for."""
    if not (isinstance(cls, type) and issubclass(cls, Generic) and getattr(cls, '_is_protocol', False)):
        raise TypeError(f'@runtime_checkable can be only applied to protocol classes, got {cls!r}')
    cls._is_runtime_protocol = True
    return cls

_T = TypeVar('T_co', covariant=True)

@runtime_checkable
class SupportsInt(Protocol):
    """What int() takes."""
    __slots__ = ()

    @_abstractmethod
    def __int__(self): ...

@runtime_checkable
class SupportsFloat(Protocol):
    """What float() takes."""
    __slots__ = ()

    @_abstractmethod
    def __float__(self): ...

@runtime_checkable
class SupportsComplex(Protocol):
    """What has __complex__."""
    __slots__ = ()

    @_abstractmethod
    def __complex__(self): ...

@runtime_checkable
class SupportsBytes(Protocol):
    """What has __bytes__."""
    __slots__ = ()

    @_abstractmethod
    def __bytes__(self): ...

@runtime_checkable
class SupportsIndex(Protocol):
    """What can be an index."""
    __slots__ = ()

    @_abstractmethod
    def __index__(self): ...

@runtime_checkable
class SupportsAbs(Protocol[_T]):
    """What abs() takes."""
    __slots__ = ()

    @_abstractmethod
    def __abs__(self): ...

@runtime_checkable
class SupportsRound(Protocol[_T]):
    """What round() takes."""
    __slots__ = ()

    @_abstractmethod
    def __round__(self, ndigits=0): ...

# Tuples with names.

class _NamedTuple(tuple):
    def __init_subclass__(cls, **kwargs):
        if '_fields' in cls.__dict__ or cls.__mro__[1] is not _NamedTuple:
            return
        annotations = cls.__dict__.get('__annotations__', {})
        defaults = {}
        for name in annotations:
            if name in cls.__dict__:
                defaults[name] = cls.__dict__[name]
            elif defaults:
                s = 's' if len(defaults) > 1 else ''
                raise TypeError(f'Non-default namedtuple field {name} cannot follow default field{s} '
                                f'{", ".join(defaults)}')
        _name_fields(cls, annotations, defaults)

def _name_fields(cls, annotations, defaults):
    own = cls.__dict__
    for name, value in _named_tuple_members(cls.__name__, list(annotations), defaults).items():
        if name in own and name not in annotations and (name != '__doc__' or own['__doc__'] is not None):
            continue
        setattr(cls, name, value)

class _Factory:
    """What is called to make a class, or derived from: NamedTuple, TypedDict."""
    def __init__(self, name, base, make):
        self.__name__ = self.__qualname__ = name
        self.__doc__ = base.__doc__
        self._base = base
        self._make = make

    def __mro_entries__(self, bases):
        return (self._base,)

    def __call__(self, typename, fields=None, /, **kwargs):
        return self._make(typename, fields, **kwargs)

    def __repr__(self):
        return f'<function {self.__name__} at 0x{id(self):x}>'

def _make_named_tuple(typename, fields, **kwargs):
    if fields is None:
        fields = kwargs.items()
    elif kwargs:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    annotations = {name: _as_type(tp) for name, tp in fields}
    return type(typename, (_NamedTuple,), {'__annotations__': annotations, '__module__': '__main__'})

NamedTuple = _Factory('NamedTuple', _NamedTuple, _make_named_tuple)

# Dicts with annotated keys.

class _TypedDict(dict):
    def __init_subclass__(cls, total=True):
        own = {name: _as_type(tp) for name, tp in cls.__dict__.get('__annotations__', {}).items()}
        annotations, required, optional = {}, set(), set()
        for base in cls.__bases__:
            annotations.update(base.__dict__.get('__annotations__', {}))
            required |= base.__dict__.get('__required_keys__', set())
            optional |= base.__dict__.get('__optional_keys__', set())
        annotations.update(own)
        for name, tp in own.items():
            if isinstance(tp, _AnnotatedAlias):
                tp = tp.__origin__
            mark = tp.__origin__ if isinstance(tp, _GenericAlias) else None
            isRequired = mark is Required or total and mark is not NotRequired
            (required if isRequired else optional).add(name)
        cls.__annotations__ = annotations
        cls.__required_keys__ = frozenset(required)
        cls.__optional_keys__ = frozenset(optional)
        cls.__total__ = total

    def __new__(cls, /, *args, **kwargs):
        return dict(*args, **kwargs)

def _no_typed_dict_checks(cls, other):
    raise TypeError('TypedDict does not support instance and class checks')

_set_metaclass(_TypedDict, '_TypedDictMeta',
               {'__instancecheck__': _no_typed_dict_checks, '__subclasscheck__': _no_typed_dict_checks})

def _make_typed_dict(typename, fields, *, total=True, **kwargs):
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError('TypedDict takes either a dict or keyword arguments, but not both')
    return type(typename, (_TypedDict,), {'__annotations__': dict(fields), '__module__': '__main__'}, total=total)

TypedDict = _Factory('TypedDict', _TypedDict, _make_typed_dict)

def is_typeddict(tp):
    """Whether a class was made by TypedDict."""
    return isinstance(tp, type) and _TypedDict in tp.__mro__[1:]

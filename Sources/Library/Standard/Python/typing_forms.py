"""The forms that annotations are made of: type variables, Any and Union, List and its like with and without [...]."""
import types as _types

def _text(value):
    """How a type is written inside of another."""
    if isinstance(value, _types.GenericAlias):
        return repr(value)
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ == 'builtins' else f'{value.__module__}.{value.__qualname__}'
    if value is ...:
        return '...'
    if isinstance(value, _types.FunctionType):
        return value.__name__
    if isinstance(value, list):
        return '[' + ', '.join(map(_text, value)) + ']'
    return repr(value)

def _as_type(value):
    if value is None:
        return type(None)
    return ForwardRef(value) if isinstance(value, str) else value

class _Unionable:
    """What can stand beside | in an annotation."""
    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

class ForwardRef(_Unionable):
    """A type that is written as a string."""
    def __init__(self, arg):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        self.__forward_arg__ = arg

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'

class TypeVar(_Unionable):
    """A variable for types."""
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        self.__name__ = name
        self.__constraints__ = tuple(map(_as_type, constraints))
        self.__bound__ = None if bound is None else _as_type(bound)
        self.__covariant__ = covariant
        self.__contravariant__ = contravariant

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__

class ParamSpec(TypeVar):
    """A variable for parameters."""
    args = property(lambda self: _ParamSpecPart(self, 'args'))
    kwargs = property(lambda self: _ParamSpecPart(self, 'kwargs'))

class _ParamSpecPart:
    def __init__(self, origin, kind):
        self.__origin__ = origin
        self._kind = kind

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._kind}'

class TypeVarTuple(TypeVar):
    """A variable for several types."""
    def __repr__(self):
        return self.__name__

    def __iter__(self):
        yield Unpack[self]

def _variables(args):
    """The type variables in args, each once."""
    found = []
    for arg in args:
        inner = (arg,) if isinstance(arg, TypeVar) else _variables(arg) if isinstance(arg, list) else \
            getattr(arg, '__parameters__', ()) if not isinstance(arg, type) else ()
        for variable in inner:
            if variable not in found:
                found.append(variable)
    return tuple(found)

def _check_count(what, actual, expected):
    if actual != expected:
        kind = 'many' if actual > expected else 'few'
        raise TypeError(f'Too {kind} arguments for {what}; actual {actual}, expected {expected}')

class _Form(_Unionable):
    """What is named in annotations and is no class."""
    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

class _SpecialForm(_Form):
    """Any, Union, Optional …"""
    def __init__(self, name, subscript=None):
        self._name = name
        self._subscript = subscript

    @property
    def __name__(self):
        return self._name

    def __getitem__(self, parameters):
        if self._subscript is None:
            raise TypeError(f'{self} is not subscriptable')
        return self._subscript(self, parameters)

    def __call__(self, *args, **kwds):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __repr__(self):
        return 'typing.' + self._name

class _Alias(_Form):
    """What stands for a class: its calls, attributes and subclasses are those of the class."""
    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        result = self.__origin__(*args, **kwargs)
        try:
            result.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return result

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __mro_entries__(self, bases):
        entries = [] if self.__origin__ in bases else [self.__origin__]
        later = bases[bases.index(self) + 1:]
        if not any(isinstance(b, _Alias) or isinstance(b, type) and issubclass(b, Generic) for b in later):
            entries.append(Generic)
        return tuple(entries)

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

class _SpecialGenericAlias(_Alias):
    """List, Dict, Iterable … without [...]."""
    def __init__(self, origin, nparams, name=None, inst=True):
        self.__origin__ = origin
        self._nparams = nparams
        self._name = name or origin.__name__
        self._inst = inst

    @property
    def __name__(self):
        return self._name

    def __getitem__(self, parameters):
        parameters = tuple(map(_as_type, parameters if isinstance(parameters, tuple) else (parameters,)))
        if self._nparams >= 0:
            _check_count(self, len(parameters), self._nparams)
        return self._with(parameters)

    def _with(self, parameters):
        return _GenericAlias(self.__origin__, parameters, name=self._name, inst=self._inst)

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialGenericAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __repr__(self):
        return 'typing.' + self._name

class _TupleType(_SpecialGenericAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return self._with(tuple(map(_as_type, parameters)))

class _CallableType(_SpecialGenericAlias):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = parameters
        flat = tuple(map(_as_type, args)) if isinstance(args, (list, tuple)) else (args,)
        return _CallableGenericAlias(self.__origin__, flat + (_as_type(result),), name=self._name)

class _GenericAlias(_Alias):
    """List[int] and its like."""
    def __init__(self, origin, args, inst=True, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self.__parameters__ = _variables(args)
        self._inst = inst
        self._name = name

    def __getitem__(self, parameters):
        if self.__origin__ in _HOLDERS:
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        if not any(isinstance(p, TypeVarTuple) for p in self.__parameters__):
            _check_count(self, len(parameters), len(self.__parameters__))
        return self._replace(dict(zip(self.__parameters__, map(_as_type, parameters))))

    def _replace(self, values):
        """The alias with other types for its variables."""
        return self._with(tuple(_replaced(arg, values) for arg in self.__args__))

    def _with(self, args):
        return type(self)(self.__origin__, args, inst=self._inst, name=self._name)

    def __mro_entries__(self, bases):
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if any(b in _HOLDERS for b in bases):
                return ()
            if any(isinstance(b, _Alias) for b in bases[bases.index(self) + 1:]):
                return ()
        return (self.__origin__,)

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def _shown(self):
        return ', '.join(map(_text, self.__args__)) or '()'

    def __repr__(self):
        name = f'typing.{self._name}' if self._name else _text(self.__origin__)
        return f'{name}[{self._shown()}]'

def _replaced(arg, values):
    if isinstance(arg, TypeVar):
        return values.get(arg, arg)
    if isinstance(arg, list):
        return [_replaced(a, values) for a in arg]
    if isinstance(arg, _GenericAlias):
        return arg._replace(values)
    if isinstance(arg, _types.GenericAlias):
        return _types.GenericAlias(arg.__origin__, tuple(_replaced(a, values) for a in arg.__args__))
    return arg

class _CallableGenericAlias(_GenericAlias):
    def _shown(self):
        *args, result = self.__args__
        if len(args) == 1 and (args[0] is ... or isinstance(args[0], ParamSpec)):
            return f'{_text(args[0])}, {_text(result)}'
        return f'[{", ".join(map(_text, args))}], {_text(result)}'

class _UnionGenericAlias(_GenericAlias):
    def _with(self, args):
        return Union[args]

    def __call__(self, *args, **kwargs):
        raise TypeError('Cannot instantiate typing.Union')

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __eq__(self, other):
        if not isinstance(other, (_UnionGenericAlias, _types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        if len(self.__args__) == 2 and type(None) in self.__args__:
            other = self.__args__[self.__args__[0] is type(None)]
            return f'typing.Optional[{_text(other)}]'
        return super().__repr__()

class _LiteralGenericAlias(_GenericAlias):
    def _shown(self):
        return ', '.join(map(repr, self.__args__))

class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata):
        super().__init__(origin, (origin,), name='Annotated')
        self.__metadata__ = metadata

    def _with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def _shown(self):
        return ', '.join([_text(self.__origin__), *map(repr, self.__metadata__)])

# The forms.

def _union(form, parameters):
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    members = []
    for parameter in map(_as_type, parameters if isinstance(parameters, tuple) else (parameters,)):
        isUnion = isinstance(parameter, (_UnionGenericAlias, _types.UnionType))
        for member in parameter.__args__ if isUnion else (parameter,):
            if member not in members:
                members.append(member)
    return members[0] if len(members) == 1 else _UnionGenericAlias(Union, tuple(members), name='Union')

def _optional(form, parameters):
    if isinstance(parameters, tuple):
        raise TypeError(f'typing.Optional requires a single type. Got {parameters!r:.100}.')
    return Union[parameters, None]

def _literal(form, parameters):
    values = []
    for parameter in parameters if isinstance(parameters, tuple) else (parameters,):
        for value in parameter.__args__ if isinstance(parameter, _LiteralGenericAlias) else (parameter,):
            if not any(value == v and type(value) is type(v) for v in values):
                values.append(value)
    return _LiteralGenericAlias(form, tuple(values), name='Literal')

def _single(form, parameter):
    if isinstance(parameter, tuple):
        raise TypeError(f'{form} accepts only single type. Got {parameter!r:.100}.')
    return _GenericAlias(form, (_as_type(parameter),), name=form._name)

def _several(form, parameters):
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    return _GenericAlias(form, tuple(map(_as_type, parameters)), name=form._name)

class _UnpackedAlias(_GenericAlias):
    def __repr__(self):
        return '*' + repr(self.__args__[0])

def _unpack(form, parameter):
    return _UnpackedAlias(form, (parameter,), name='Unpack')

class _AnyForm(_SpecialForm):
    def __call__(self, *args, **kwargs):
        raise TypeError('Any cannot be instantiated')

    def __mro_entries__(self, bases):
        return (object,) if len(bases) == 1 else ()

class Annotated:
    """A type with data about it: Annotated[int, 'positive']."""
    def __new__(cls, *args, **kwargs):
        raise TypeError('Type Annotated cannot be instantiated.')

    def __class_getitem__(cls, params):
        if not isinstance(params, tuple) or len(params) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
        origin, *metadata = params
        if isinstance(origin, _AnnotatedAlias):
            return _AnnotatedAlias(origin.__origin__, (*origin.__metadata__, *metadata))
        return _AnnotatedAlias(_as_type(origin), tuple(metadata))

Any = _AnyForm('Any')
Union = _SpecialForm('Union', _union)
Optional = _SpecialForm('Optional', _optional)
Literal = _SpecialForm('Literal', _literal)
Unpack = _SpecialForm('Unpack', _unpack)
Concatenate = _SpecialForm('Concatenate', _several)
Final, ClassVar, TypeGuard, Required, NotRequired = (
    _SpecialForm(name, _single) for name in ('Final', 'ClassVar', 'TypeGuard', 'Required', 'NotRequired'))
Self, NoReturn, Never, LiteralString, TypeAlias = (
    _SpecialForm(name) for name in ('Self', 'NoReturn', 'Never', 'LiteralString', 'TypeAlias'))

# Classes with variables.

# Generic and Protocol: what stands in their [...] are variables.
_HOLDERS = []

class Generic:
    """A base for classes with type parameters."""
    __slots__ = ()
    __parameters__ = ()

    def __class_getitem__(cls, params):
        params = tuple(map(_as_type, params if isinstance(params, tuple) else (params,)))
        if cls in _HOLDERS:
            if not params:
                raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
            if not all(isinstance(p, TypeVar) or isinstance(p, _UnpackedAlias) for p in params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables '
                                'or parameter specification variables.')
            if len(set(params)) != len(params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        else:
            if not cls.__parameters__:
                raise TypeError(f'{cls} is not a generic class')
            if not any(isinstance(p, (TypeVarTuple, ParamSpec)) for p in cls.__parameters__):
                _check_count(cls, len(params), len(cls.__parameters__))
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        bases = cls.__dict__.get('__orig_bases__', ())
        if Generic in bases:
            raise TypeError('Cannot inherit from plain Generic')
        named = [b for b in bases if isinstance(b, _GenericAlias) and b.__origin__ in _HOLDERS]
        cls.__parameters__ = named[0].__parameters__ if named else _variables(bases)

_HOLDERS.append(Generic)

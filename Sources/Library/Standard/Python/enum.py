"""Enumerations."""
from _enum import set_metaclass

class auto:
    """A value that the enumeration chooses."""
    def __init__(self):
        self.value = None

class nonmember:
    """A value in an enumeration's body that is no member."""
    def __init__(self, value):
        self.value = value

class _Property:
    """name and value: of members, which may also be members called so."""
    def __init__(self, attribute):
        self.attribute = attribute

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError(self.attribute.strip('_'))
        return getattr(instance, self.attribute)

    def __set__(self, instance, value):
        raise AttributeError(f"<enum '{type(instance).__name__}'> cannot set attribute {self.attribute.strip('_')!r}")

property_ = property

def _is_member(name, value):
    if name.startswith('__') and name.endswith('__'):
        return False
    if name.startswith('_') and name.endswith('_'):
        return False
    if name.startswith('_') and '__' in name[1:]:
        return False
    if isinstance(value, (property, classmethod, staticmethod, nonmember, _Property)):
        return False
    return not (hasattr(value, '__get__') or isinstance(value, type))

class Enum:
    """A base for sets of named constants."""
    name = _Property('_name_')
    value = _Property('_value_')

    def __init_subclass__(cls, **kwargs):
        for base in cls.__mro__[1:]:
            if base.__dict__.get('_member_map_'):
                raise TypeError(f'{cls.__name__!r} cannot extend {base!r}')
        cls._member_map_ = {}
        cls._value2member_map_ = {}
        cls._unhashable_values_ = []
        last_values = []
        for name, value in list(cls.__dict__.items()):
            if isinstance(value, nonmember):
                setattr(cls, name, value.value)
                continue
            if not _is_member(name, value):
                continue
            if isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(last_values), last_values)
            elif isinstance(value, tuple) and any(isinstance(v, auto) for v in value):
                value = tuple([cls._generate_next_value_(name, 1, len(last_values), last_values)
                               if isinstance(v, auto) else v for v in value])
            cls._add_member(name, value)
            last_values.append(cls._member_map_[name]._value_)

    @classmethod
    def _add_member(cls, name, value):
        for member in cls._member_map_.values():
            if member._value_ == value and type(member._value_) is type(value):
                cls._member_map_[name] = member
                setattr(cls, name, member)
                return
        member = cls._make_member(value)
        member._name_ = name
        if not hasattr(member, '_value_'):
            member._value_ = value
        init = cls.__init__
        if init is not object.__init__:
            args = value if isinstance(value, tuple) else (value,)
            init(member, *args)
        cls._member_map_[name] = member
        try:
            cls._value2member_map_[member._value_] = member
        except TypeError:
            cls._unhashable_values_.append(member)
        setattr(cls, name, member)

    @classmethod
    def _make_member(cls, value):
        for base in cls.__mro__:
            if base in (int, float, str, bytes, tuple):
                args = value if isinstance(value, tuple) and base is not tuple else (value,)
                member = base.__new__(cls, *args)
                member._value_ = base(*args)
                return member
        return object.__new__(cls)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        return max(last_values) + 1

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{type(self).__name__}.{self._name_}'

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

def _find(cls, value):
    if type(value) is cls:
        return value
    try:
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
    except TypeError:
        for member in cls._unhashable_values_:
            if member._value_ == value:
                return member
    found = cls._missing_(value)
    if found is not None:
        return found
    raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')

_absent = object()

def _call(cls, value, names=_absent, *, module=None, qualname=None, type=None, start=1):
    if names is _absent:
        return _find(cls, value)
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    members = {}
    pairs = names.items() if isinstance(names, dict) else names
    for i, item in enumerate(pairs):
        if isinstance(item, str):
            members[item] = auto()
        else:
            members[item[0]] = item[1]
    return _make_class(value, (cls,), members)

_make_class = type

def _iter(cls):
    seen = []
    for name, member in cls._member_map_.items():
        if member._name_ == name:
            seen.append(member)
    return iter(seen)

def _contains(cls, value):
    if isinstance(value, cls):
        return True
    if isinstance(value, Enum):
        return False
    raise TypeError(f"unsupported operand type(s) for 'in': '{type(value).__qualname__}' and "
                    f"'{type(cls).__qualname__}'")

def _getitem(cls, name):
    return cls._member_map_[name]

def _length(cls):
    return len(list(_iter(cls)))

def _repr(cls):
    kind = 'flag' if issubclass(cls, Flag) else 'enum'
    return f'<{kind} {cls.__name__!r}>'

EnumType = EnumMeta = set_metaclass(Enum, 'EnumType', {
    '__call__': _call,
    '__iter__': _iter,
    '__reversed__': lambda cls: reversed(list(_iter(cls))),
    '__len__': _length,
    '__contains__': _contains,
    '__getitem__': _getitem,
    '__repr__': _repr,
    '__bool__': lambda cls: True,
    '__members__': property(lambda cls: dict(cls._member_map_)),
})

class IntEnum(int, Enum):
    """Members that are also ints."""
    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return format(int(self), format_spec)

    def __hash__(self):
        return int.__hash__(self)

class StrEnum(str, Enum):
    """Members that are also strings."""
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __repr__(self):
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return self._value_

    def __format__(self, format_spec):
        return format(self._value_, format_spec)

    def __hash__(self):
        return hash(self._value_)

class Flag(Enum):
    """Members that combine by |, & and ^."""
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        return 2 ** max(last_values).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        every = 0
        for member in cls._member_map_.values():
            every |= member._value_
        if value < 0:
            value &= every
            if value in cls._value2member_map_:
                return cls._value2member_map_[value]
        if value & ~every:
            return None
        member = cls._make_member(value)
        member._value_ = value
        names = [m._name_ for m in cls._parts(value)]
        member._name_ = '|'.join(names) if names else None
        cls._value2member_map_[value] = member
        return member

    @classmethod
    def _parts(cls, value):
        return [m for n, m in cls._member_map_.items()
                if m._name_ == n and m._value_ & value and m._value_.bit_count() == 1]

    def __repr__(self):
        if self._name_ is None:
            return f'<{type(self).__name__}: {self._value_!r}>'
        return f'<{type(self).__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        if self._name_ is None:
            return f'{type(self).__name__}({self._value_!r})'
        return f'{type(self).__name__}.{self._name_}'

    def __bool__(self):
        return bool(self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter(type(self)._parts(self._value_))

    def __len__(self):
        return self._value_.bit_count()

    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        return other if isinstance(self, int) and isinstance(other, int) else None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ ^ value)

    def __invert__(self):
        return type(self)(~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __hash__(self):
        return hash(self._value_)

class IntFlag(int, Flag):
    """Flags that are also ints."""
    def __repr__(self):
        return Flag.__repr__(self)

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, format_spec):
        return format(int(self), format_spec)

    __or__ = __ror__ = Flag.__or__
    __and__ = __rand__ = Flag.__and__
    __xor__ = __rxor__ = Flag.__xor__
    __invert__ = Flag.__invert__

    def __hash__(self):
        return int.__hash__(self)

def unique(enumeration):
    """A decorator that refuses two names for one value."""
    duplicates = [(name, member._name_) for name, member in enumeration._member_map_.items() if name != member._name_]
    if duplicates:
        text = ', '.join(f'{alias} -> {name}' for alias, name in duplicates)
        raise ValueError(f'duplicate values found in {enumeration!r}: {text}')
    return enumeration

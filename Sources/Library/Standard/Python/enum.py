"""Enumerations."""
from _enum import replaced, set_metaclass
import operator as _operator
import types as _types

_unset = object()

class _Deferred:
    """Operators between values that are not known in the body of an enumeration yet."""
    __or__ = lambda self, other: _Operation('|', self, other)
    __and__ = lambda self, other: _Operation('&', self, other)
    __xor__ = lambda self, other: _Operation('^', self, other)
    __ror__ = lambda self, other: _Operation('|', other, self)
    __rand__ = lambda self, other: _Operation('&', other, self)
    __rxor__ = lambda self, other: _Operation('^', other, self)
    __invert__ = lambda self: _Operation('~', self)

class auto(_Deferred):
    """A value that the enumeration chooses."""
    def __init__(self, value=_unset):
        self.value = value

    def __repr__(self):
        return f'auto({self.value!r})'

_operators = {'|': _operator.or_, '&': _operator.and_, '^': _operator.xor, '~': _operator.invert}

class _Operation(_Deferred):
    def __init__(self, symbol, *operands):
        self.symbol = symbol
        self.operands = operands

    def resolve(self):
        """The value, once those of the operands are known."""
        values = []
        for operand in self.operands:
            if isinstance(operand, _Operation):
                operand = operand.resolve()
            elif isinstance(operand, auto):
                if operand.value is _unset:
                    kinds = ' and '.join(repr(type(o).__name__) for o in self.operands)
                    if len(self.operands) == 1:
                        raise TypeError(f'bad operand type for unary {self.symbol}: {kinds}')
                    raise TypeError(f'unsupported operand type(s) for {self.symbol}: {kinds}')
                operand = operand.value
            values.append(operand)
        return _operators[self.symbol](*values)

class member:
    """A value in an enumeration's body that is a member, whatever it is."""
    def __init__(self, value):
        self.value = value

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
        raise AttributeError(f"<enum 'Enum'> cannot set attribute {self.attribute.strip('_')!r}")

property_ = property

def _is_member(name, value):
    if name.startswith('__') and name.endswith('__'):
        return False
    if name.startswith('_') and name.endswith('_'):
        return False
    if name.startswith('_') and '__' in name[1:]:
        return False
    if isinstance(value, member):
        return True
    if isinstance(value, (property, classmethod, staticmethod, nonmember, _Property)):
        return False
    return not (hasattr(value, '__get__') or isinstance(value, type))

_set = object.__setattr__
_data_types = (int, float, str, bytes, tuple)

def _data_type(cls):
    """The built-in type whose values the members are; None without one."""
    for base in cls.__mro__:
        if base in _data_types:
            return base
    return None

def _own_new(cls):
    """The __new__ that an enumeration or one of its bases defines; None without one."""
    for base in cls.__mro__:
        if base is not object and base not in _data_types and '__new__' in base.__dict__:
            return base.__new__
    return None

class Enum:
    """A base for sets of named constants."""
    name = _Property('_name_')
    value = _Property('_value_')

    def __init_subclass__(cls, **kwargs):
        for base in cls.__mro__[1:]:
            if base.__dict__.get('_member_map_'):
                raise TypeError(f'{cls!r} cannot extend {base!r}')
        cls._member_map_ = {}
        cls._value2member_map_ = {}
        cls._unhashable_values_ = []
        last_values = []
        for name, value in replaced(cls):
            if _is_member(name, value) or _is_member(name, cls.__dict__.get(name, property())):
                raise TypeError(f'{name!r} already defined as {cls._resolved(name, value, last_values)!r}')
        for name, value in list(cls.__dict__.items()):
            if isinstance(value, nonmember):
                setattr(cls, name, value.value)
                continue
            if not _is_member(name, value):
                continue
            if isinstance(value, member):
                value = value.value
            if isinstance(value, tuple):
                value = tuple([cls._resolved(name, v, last_values) for v in value])
            else:
                value = cls._resolved(name, value, last_values)
            cls._add_member(name, value)
            last_values.append(cls._member_map_[name]._value_)
        data = _data_type(cls)
        if data is not None and cls.__hash__ is Enum.__hash__:
            cls.__hash__ = lambda self: data.__hash__(self)

    @classmethod
    def _resolved(cls, name, value, last_values):
        if isinstance(value, _Operation):
            return value.resolve()
        if isinstance(value, auto):
            if value.value is _unset:
                value.value = cls._generate_next_value_(name, 1, len(last_values), last_values)
            return value.value
        return value

    @classmethod
    def _add_member(cls, name, value):
        for member in cls._member_map_.values():
            if member._value_ == value and type(member._value_) is type(value):
                cls._member_map_[name] = member
                _set(cls, name, member)
                return
        new = _own_new(cls)
        if new is None:
            member = cls._make_member(value)
        else:
            member = new(cls, *(value if isinstance(value, tuple) else (value,)))
        member._name_ = name
        if not hasattr(member, '_value_'):
            data = _data_type(cls)
            if new is not None and data is not None:
                member._value_ = data(member)
            else:
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
        _set(cls, name, member)

    @classmethod
    def _make_member(cls, value):
        base = _data_type(cls)
        if base is None:
            return object.__new__(cls)
        args = value if isinstance(value, tuple) and base is not tuple else (value,)
        member = base.__new__(cls, *args)
        member._value_ = base(*args)
        return member

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
        if not isinstance(found, cls):
            raise TypeError(f'error in {cls.__name__}._missing_: returned {found!r} instead of None or a valid member')
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

_call.__name__ = '__call__'
_call.__qualname__ = 'EnumType.__call__'
_make_class = type

def _members(cls):
    """The members without aliases: other names of a member, and combinations of flags."""
    found = [member for name, member in cls._member_map_.items() if member._name_ == name]
    if issubclass(cls, Flag):
        found = [member for member in found if member._value_.bit_count() == 1]
    return found

def _iter(cls):
    return iter(_members(cls))

def _setattr(cls, name, value):
    if name in cls.__dict__.get('_member_map_', ()):
        raise AttributeError(f'cannot reassign member {name!r}')
    _set(cls, name, value)

def _delattr(cls, name):
    if name in cls.__dict__.get('_member_map_', ()):
        raise AttributeError(f'{cls.__name__!r} cannot delete member {name!r}.')
    object.__delattr__(cls, name)

def _dir(cls):
    names = {'__class__', '__contains__', '__doc__', '__getitem__', '__init_subclass__', '__iter__', '__len__',
             '__members__', '__module__', '__name__', '__qualname__'}
    names.update(member._name_ for member in _members(cls))
    data = _data_type(cls)
    if data is not None:
        names.update(dir(data), ['__new__'])
    return sorted(names)

def _getattr(cls, name):
    raise AttributeError(name)

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
    return len(_members(cls))

def _repr(cls):
    kind = 'flag' if issubclass(cls, Flag) else 'enum'
    return f'<{kind} {cls.__name__!r}>'

EnumType = EnumMeta = set_metaclass(Enum, 'EnumType', {
    '__call__': _call,
    '__iter__': _iter,
    '__reversed__': lambda cls: (member for member in reversed(_members(cls))),
    '__dir__': _dir,
    '__len__': _length,
    '__contains__': _contains,
    '__getitem__': _getitem,
    '__repr__': _repr,
    '__bool__': lambda cls: True,
    '__setattr__': _setattr,
    '__delattr__': _delattr,
    '__getattr__': _getattr,
    '__members__': property(lambda cls: _types.MappingProxyType(cls._member_map_)),
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

def _bin(number, bits):
    """The binary digits of a number with their sign apart."""
    ceiling = 2 ** number.bit_length()
    if number >= 0:
        text = bin(number + ceiling).replace('1', '0', 1)
    else:
        text = bin(~number ^ (ceiling - 1) + ceiling)
    sign, digits = text[:3], text[3:]
    if len(digits) < bits:
        digits = (sign[-1] * bits + digits)[-bits:]
    return f'{sign} {digits}'

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
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        known = 0
        singles = 0
        for member in cls._member_map_.values():
            known |= member._value_
            if member._value_.bit_count() == 1:
                singles |= member._value_
        every = 2 ** known.bit_length() - 1
        keeps = issubclass(cls, int)
        if not ~every <= value <= every or value & (every ^ known):
            if not keeps:
                bits = max(value.bit_length(), known.bit_length())
                raise ValueError(f'{cls!r} invalid value {value!r}\n    given {_bin(value, bits)}\n'
                                 f'  allowed {_bin(known, bits)}')
            if value < 0:
                value = max(every + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = every + 1 + value if keeps else singles & value
        if value in cls._value2member_map_:
            return cls._value2member_map_[value]
        member = cls._make_member(value)
        member._value_ = value
        parts = cls._parts(value)
        combined = 0
        for part in parts:
            combined |= part._value_
        if value & ~singles:
            for other in cls._member_map_.values():
                if other not in parts and other._value_ and other._value_ & value == other._value_:
                    parts.append(other)
                    combined |= other._value_
        member._name_ = '|'.join([part._name_ for part in parts]) if combined else None
        if combined and value ^ combined:
            member._name_ += f'|{value ^ combined}'
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
        if not isinstance(other, type(self)):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                            f"{type(self).__qualname__!r}")
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

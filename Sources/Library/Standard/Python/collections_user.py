"""Containers to derive from: what they hold is in `data`."""
import _collections_abc as _abc

class UserDict(_abc.MutableMapping):
    """A mapping to derive from; its entries are in `data`."""
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        if hasattr(type(self), '__missing__'):
            return type(self).__missing__(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def __or__(self, other):
        if isinstance(other, UserDict):
            return type(self)(self.data | other.data)
        return type(self)(self.data | other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        if isinstance(other, UserDict):
            return type(self)(other.data | self.data)
        return type(self)(other | self.data) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.data |= other.data if isinstance(other, UserDict) else other
        return self

    def __copy__(self):
        made = type(self).__new__(type(self))
        for name, value in self.__dict__.items():
            setattr(made, name, value)
        made.data = self.data.copy()
        return made

    def copy(self):
        return self.__copy__()

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

def _list_of(other):
    return other.data if isinstance(other, UserList) else other

class UserList(_abc.MutableSequence):
    """A list to derive from; its items are in `data`."""
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_list_of(initlist))

    def __repr__(self):
        return repr(self.data)

    def __lt__(self, other):
        return self.data < _list_of(other)

    def __le__(self, other):
        return self.data <= _list_of(other)

    def __eq__(self, other):
        return self.data == _list_of(other)

    def __gt__(self, other):
        return self.data > _list_of(other)

    def __ge__(self, other):
        return self.data >= _list_of(other)

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        return type(self)(self.data[i]) if isinstance(i, slice) else self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return type(self)(self.data + list(_list_of(other)))

    def __radd__(self, other):
        return type(self)(list(_list_of(other)) + self.data)

    def __iadd__(self, other):
        self.data += list(_list_of(other))
        return self

    def __mul__(self, n):
        return type(self)(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(_list_of(other))

def _text_of(other):
    return other.data if isinstance(other, UserString) else other

class UserString(_abc.Sequence):
    """Text to derive from; the text itself is in `data`."""
    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else _text_of(seq) if isinstance(seq, UserString) else str(seq)

    def __str__(self):
        return str(self.data)

    def __repr__(self):
        return repr(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __hash__(self):
        return hash(self.data)

    def __eq__(self, string):
        return self.data == _text_of(string)

    def __lt__(self, string):
        return self.data < _text_of(string)

    def __le__(self, string):
        return self.data <= _text_of(string)

    def __gt__(self, string):
        return self.data > _text_of(string)

    def __ge__(self, string):
        return self.data >= _text_of(string)

    def __contains__(self, char):
        return _text_of(char) in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return type(self)(self.data[index])

    def __add__(self, other):
        return type(self)(self.data + str(_text_of(other)))

    def __radd__(self, other):
        return type(self)(str(other) + self.data) if isinstance(other, str) else NotImplemented

    def __mul__(self, n):
        return type(self)(self.data * n)

    __rmul__ = __mul__

    def __mod__(self, args):
        return type(self)(self.data % args)

    def encode(self, encoding='utf-8', errors='strict'):
        return self.data.encode(encoding, errors)

def _answering(name):
    def method(self, *args, **kwargs):
        args = tuple(map(_text_of, args))
        return getattr(self.data, name)(*args, **kwargs)
    return method

def _making(name):
    def method(self, *args, **kwargs):
        args = tuple(map(_text_of, args))
        return type(self)(getattr(self.data, name)(*args, **kwargs))
    return method

# Methods of str: those that tell something, and those that make another text of the same class.
for _names, _kind in (
        ('count endswith find format format_map index isalpha isalnum isascii isdecimal isdigit isidentifier islower '
         'isnumeric isprintable isspace istitle isupper join partition rfind rindex rpartition rsplit split splitlines '
         'startswith', _answering),
        ('capitalize casefold center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip '
         'swapcase title translate upper zfill', _making)):
    for _name in _names.split():
        _method = _kind(_name)
        _method.__name__ = _name
        setattr(UserString, _name, _method)
UserString.maketrans = str.maketrans

"""Abstract classes that ask for one thing: to be iterable, sized, callable …"""
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod
from _library import has_methods as _has_methods
from types import GenericAlias as _GenericAlias

def _subscript(cls, item):
    return _GenericAlias(cls, item)

class Hashable(metaclass=_ABCMeta):
    __slots__ = ()

    @_abstractmethod
    def __hash__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__hash__') if cls is Hashable else NotImplemented

class Awaitable(metaclass=_ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_subscript)

    @_abstractmethod
    def __await__(self):
        yield

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__await__') if cls is Awaitable else NotImplemented

class Coroutine(Awaitable):
    __slots__ = ()

    @_abstractmethod
    def send(self, value):
        raise StopIteration

    @_abstractmethod
    def throw(self, typ, val=None, tb=None):
        raise typ if val is None else val

    def close(self):
        _close(self, 'coroutine')

    @classmethod
    def __subclasshook__(cls, C):
        if cls is Coroutine:
            return _has_methods(C, '__await__', 'send', 'throw', 'close')
        return NotImplemented

class AsyncIterable(metaclass=_ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_subscript)

    @_abstractmethod
    def __aiter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__aiter__') if cls is AsyncIterable else NotImplemented

class AsyncIterator(AsyncIterable):
    __slots__ = ()

    @_abstractmethod
    def __anext__(self):
        raise StopIteration

    def __aiter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__anext__', '__aiter__') if cls is AsyncIterator else NotImplemented

class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    @_abstractmethod
    def asend(self, value):
        raise StopIteration

    @_abstractmethod
    def athrow(self, typ, val=None, tb=None):
        raise typ if val is None else val

class Iterable(metaclass=_ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_subscript)

    @_abstractmethod
    def __iter__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__iter__') if cls is Iterable else NotImplemented

class Iterator(Iterable):
    __slots__ = ()

    @_abstractmethod
    def __next__(self):
        'Return the next item from the iterator. When exhausted, raise StopIteration'
        raise StopIteration

    def __iter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__iter__', '__next__') if cls is Iterator else NotImplemented

def _close(self, kind):
    try:
        self.throw(GeneratorExit)
    except (GeneratorExit, StopIteration):
        pass
    else:
        raise RuntimeError(f'{kind} ignored GeneratorExit')

class Generator(Iterator):
    __slots__ = ()

    def __next__(self):
        """Return the next item from the generator.
        When exhausted, raise StopIteration.
        """
        return self.send(None)

    @_abstractmethod
    def send(self, value):
        """Send a value into the generator.
        Return next yielded value or raise StopIteration.
        """
        raise StopIteration

    @_abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception in the generator.
        Return next yielded value or raise StopIteration.
        """
        raise typ if val is None else val

    def close(self):
        """Raise GeneratorExit inside generator."""
        _close(self, 'generator')

    @classmethod
    def __subclasshook__(cls, C):
        if cls is Generator:
            return _has_methods(C, '__iter__', '__next__', 'send', 'throw', 'close')
        return NotImplemented

class Reversible(Iterable):
    __slots__ = ()

    @_abstractmethod
    def __reversed__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__reversed__', '__iter__') if cls is Reversible else NotImplemented

class Sized(metaclass=_ABCMeta):
    __slots__ = ()

    @_abstractmethod
    def __len__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__len__') if cls is Sized else NotImplemented

class Container(metaclass=_ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_subscript)

    @_abstractmethod
    def __contains__(self, x):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__contains__') if cls is Container else NotImplemented

class Collection(Sized, Iterable, Container):
    __slots__ = ()

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__len__', '__iter__', '__contains__') if cls is Collection else NotImplemented

class Callable(metaclass=_ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_subscript)

    @_abstractmethod
    def __call__(self, *args, **kwds):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _has_methods(C, '__call__') if cls is Callable else NotImplemented

"""Functions that take or give functions."""

from _functools import as_cache_wrapper

class partial:
    """A function with some of its arguments given."""
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func)]
        parts.extend(map(repr, self.args))
        parts.extend(f'{name}={value!r}' for name, value in self.keywords.items())
        return f'functools.partial({", ".join(parts)})'

class partialmethod:
    """As partial, for methods in a class body."""
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return partial(self.func, obj, *self.args, **self.keywords)

_absent = object()

def reduce(function, iterable, initial=_absent, /):
    """function(function(first, second), third) … over all items."""
    it = iter(iterable)
    if initial is _absent:
        value = next(it, _absent)
        if value is _absent:
            raise TypeError('reduce() of empty iterable with no initial value')
    else:
        value = initial
    for item in it:
        value = function(value, item)
    return value

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)

def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Gives wrapper the name and documentation of wrapped."""
    for name in assigned:
        value = getattr(wrapped, name, _absent)
        if value is not _absent:
            try:
                setattr(wrapper, name, value)
            except (AttributeError, TypeError):
                pass
    for name, value in getattr(wrapped, '__dict__', {}).items():
        if not isinstance(wrapped, type):
            setattr(wrapper, name, value)
    wrapper.__wrapped__ = wrapped
    return wrapper

def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that applies update_wrapper."""
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)
    return decorate

def _make_key(args, kwargs, typed):
    if not kwargs and not typed:
        if len(args) == 1 and type(args[0]) in (int, str):
            return args[0]
        return args
    key = (args, tuple(kwargs.items()))
    if typed:
        key += (tuple(map(type, args)), tuple(map(type, kwargs.values())))
    return key

class _CacheInfo(tuple):
    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return f'CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})'

def lru_cache(maxsize=128, typed=False):
    """A decorator that keeps the results of the latest calls."""
    if callable(maxsize):
        return _cached(maxsize, 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorate(function):
        return _cached(function, maxsize, typed)
    return decorate

def cache(user_function, /):
    """A decorator that keeps the results of all calls."""
    return _cached(user_function, None, False)

def _cached(function, maxsize, typed):
    results = {}
    hits = 0
    misses = 0

    def wrapper(*args, **kwargs):
        nonlocal hits, misses
        key = _make_key(args, kwargs, typed)
        value = results.get(key, _absent)
        if value is not _absent:
            hits += 1
            if maxsize is not None:
                del results[key]
                results[key] = value
            return value
        misses += 1
        value = function(*args, **kwargs)
        if maxsize is None or maxsize > 0:
            if maxsize is not None and len(results) >= maxsize:
                del results[next(iter(results))]
            results[key] = value
        return value

    def cache_info():
        return _CacheInfo(hits, misses, maxsize, len(results))

    def cache_clear():
        nonlocal hits, misses
        hits = misses = 0
        results.clear()

    update_wrapper(wrapper, function)
    as_cache_wrapper(wrapper)
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return wrapper

class cached_property:
    """A method's result, computed once for each instance and kept in it."""
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = self.func(instance)
        setattr(instance, self.attrname, value)
        return value

def cmp_to_key(mycmp):
    """A key function from one that compares two values by the sign of its result."""
    class K:
        __slots__ = ('obj',)

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

        __hash__ = None
    return K

def _lt_from_ge(self, other):
    result = type(self).__ge__(self, other)
    return result if result is NotImplemented else not result

def _lt_from_gt(self, other):
    result = type(self).__gt__(self, other)
    return result if result is NotImplemented else not result and self != other

def _lt_from_le(self, other):
    result = type(self).__le__(self, other)
    return result if result is NotImplemented else result and self != other

def _gt_from_lt(self, other):
    result = type(self).__lt__(self, other)
    return result if result is NotImplemented else not result and self != other

def _le_from_lt(self, other):
    result = type(self).__lt__(self, other)
    return result if result is NotImplemented else result or self == other

def _ge_from_lt(self, other):
    result = type(self).__lt__(self, other)
    return result if result is NotImplemented else not result

def total_ordering(cls):
    """Fills in the comparisons that a class with __eq__ and one of < <= > >= lacks."""
    def has(name):
        return name in dir(cls) and getattr(cls, name, None) is not getattr(object, name, None)
    if has('__lt__'):
        pass
    elif has('__ge__'):
        cls.__lt__ = _lt_from_ge
    elif has('__gt__'):
        cls.__lt__ = _lt_from_gt
    elif has('__le__'):
        cls.__lt__ = _lt_from_le
    else:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    if not has('__gt__'):
        cls.__gt__ = _gt_from_lt
    if not has('__le__'):
        cls.__le__ = _le_from_lt
    if not has('__ge__'):
        cls.__ge__ = _ge_from_lt
    return cls

def singledispatch(func):
    """A function whose implementation depends on the class of its first argument."""
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__[:-1]:
            if base in registry:
                return registry[base]
        # Abstract classes count others as their subclasses: the narrowest decides.
        found = [kind for kind in registry if kind is not object and issubclass(cls, kind)]
        for kind in found:
            if all(issubclass(kind, other) for other in found):
                return registry[kind]
        if found:
            raise RuntimeError(f'Ambiguous dispatch: {found[0]} or {found[1]}')
        return func

    def register(cls, implementation=None):
        if isinstance(cls, type) or isinstance(cls, _union):
            if implementation is None:
                return lambda f: register(cls, f)
        else:
            if implementation is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            if not getattr(cls, '__annotations__', None):
                raise TypeError(
                    f'Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` or plain '
                    '`@register` on an annotated function.')
            from typing import get_type_hints
            implementation = cls
            name, cls = next(iter(get_type_hints(cls).items()))
            if not isinstance(cls, type) and not hasattr(cls, '__args__'):
                raise TypeError(f'Invalid annotation for {name!r}. {cls!r} is not a class.')
        for kind in getattr(cls, '__args__', (cls,)) if not isinstance(cls, type) else (cls,):
            registry[kind] = implementation
        return implementation

    def wrapper(*args, **kwargs):
        if not args:
            raise TypeError(f'{func.__name__} requires at least 1 positional argument')
        return dispatch(type(args[0]))(*args, **kwargs)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    return update_wrapper(wrapper, func)

_union = type(int | str)

class singledispatchmethod:
    """As singledispatch, for methods: the first argument behind self or cls decides."""
    def __init__(self, func):
        if not callable(func) and not isinstance(func, (classmethod, staticmethod)):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Adds an implementation for a class."""
        if method is None and not isinstance(cls, (type, _union)) and hasattr(cls, '__func__'):
            # A class method or static method: its annotations are those of the function inside.
            annotations = cls.__func__.__annotations__
            if annotations:
                return self.dispatcher.register(next(iter(annotations.values())), cls)
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            chosen = self.dispatcher.dispatch(type(args[0]))
            if isinstance(chosen, staticmethod):
                return chosen.__func__(*args, **kwargs)
            if isinstance(chosen, classmethod):
                return chosen.__func__(cls or type(obj), *args, **kwargs)
            return chosen(*args, **kwargs) if obj is None else chosen(obj, *args, **kwargs)

        method.register = self.register
        return update_wrapper(method, self.func)

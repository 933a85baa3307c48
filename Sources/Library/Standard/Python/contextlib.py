"""Helpers for with statements."""
import sys
from functools import wraps

class AbstractContextManager:
    """A base whose instances enter as themselves."""
    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        return None

class ContextDecorator:
    """A base for context managers that can also decorate functions."""
    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return inner

    def _recreate_cm(self):
        return self

class _GeneratorContextManager(ContextDecorator):
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self._made_from = func, args, kwds

    def _recreate_cm(self):
        return type(self)(*self._made_from)

    def __enter__(self):
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as exc:
            return exc is not value
        except BaseException as exc:
            if exc is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(func):
    """A decorator that makes a generator function with one yield a context manager."""
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper

class suppress:
    """A with block that swallows some exceptions."""
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)

class nullcontext:
    """A with block that does nothing."""
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

class closing:
    """A with block that closes an object at its end."""
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()

class ExitStack:
    """Several context managers as one."""
    def __init__(self):
        self._exits = []

    def enter_context(self, cm):
        result = cm.__enter__()
        self._exits.append(cm.__exit__)
        return result

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, '__exit__') else exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        def run(*exc_info):
            callback(*args, **kwds)
        self._exits.append(run)
        return callback

    def pop_all(self):
        new = type(self)()
        new._exits = self._exits
        self._exits = []
        return new

    def close(self):
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        received = details[1] is not None
        swallowed = False
        while self._exits:
            exit = self._exits.pop()
            try:
                if exit(*details):
                    swallowed = True
                    details = (None, None, None)
            except BaseException as exc:
                details = (type(exc), exc, None)
                swallowed = False
        if details[1] is not None and not received:
            raise details[1]
        return received and swallowed

class _RedirectStream:
    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())

class redirect_stdout(_RedirectStream):
    """A with block whose print writes into a file."""
    _stream = 'stdout'

class redirect_stderr(_RedirectStream):
    """A with block whose errors go into a file."""
    _stream = 'stderr'

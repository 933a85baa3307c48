"""Warnings: filtered, recorded and raised as in Python. Those that nobody records are not shown."""
import re as _re
from _warnings import place as _place

filters = [
    ('default', None, DeprecationWarning, _re.compile('__main__'), 0),
    ('ignore', None, DeprecationWarning, None, 0),
    ('ignore', None, PendingDeprecationWarning, None, 0),
    ('ignore', None, ImportWarning, None, 0),
    ('ignore', None, ResourceWarning, None, 0),
]
_actions = ('error', 'ignore', 'always', 'default', 'module', 'once')
_seen = set()
_records = []

class WarningMessage:
    """What catch_warnings records of a warning."""
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return ('{message : %r, category : %r, filename : %r, lineno : %s, line : %r}'
                % (self.message, self._category_name, self.filename, self.lineno, self.line))

def _add(item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _seen.clear()

def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Puts a filter in front of the others."""
    assert action in _actions, f'invalid action: {action!r}'
    assert isinstance(message, str), 'message must be a string'
    assert isinstance(category, type), 'category must be a class'
    assert issubclass(category, Warning), 'category must be a Warning subclass'
    assert isinstance(module, str), 'module must be a string'
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'
    _add((action, _re.compile(message, _re.I) if message else None, category,
          _re.compile(module) if module else None, lineno), append)

def simplefilter(action, category=Warning, lineno=0, append=False):
    """Puts a filter for all modules and messages in front of the others."""
    assert action in _actions, f'invalid action: {action!r}'
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'
    _add((action, None, category, None, lineno), append)

def resetwarnings():
    """Removes all filters."""
    filters[:] = []
    _seen.clear()

def _action(text, category, module, lineno):
    for action, message, kind, where, line in filters:
        if ((message is None or message.match(text)) and issubclass(category, kind)
                and (where is None or where.match(module)) and line in (0, lineno)):
            return action
    return 'default'

def warn(message, category=None, stacklevel=1, source=None):
    """Gives a warning: it is ignored, recorded, or raised, as the filters say."""
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    filename, lineno, module = _place(stacklevel)
    warn_explicit(message, category, filename, lineno, module, source=source)

def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """As warn, with the place given."""
    if module is None:
        module = filename or '<unknown>'
        if module.endswith('.py'):
            module = module[:-3]
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    action = _action(text, category, module, lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    if action != 'always':
        key = (action, text, category)
        if action != 'once':
            key += (filename, lineno if action == 'default' else 0)
        if key in _seen:
            return
        _seen.add(key)
    if _records:
        _records[-1].append(WarningMessage(message, category, filename, lineno, source=source))

def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file; without one it is not shown."""
    if file is not None:
        file.write(formatwarning(message, category, filename, lineno, line))

def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    text = f'{filename}:{lineno}: {category.__name__}: {message}\n'
    return text + f'  {line.strip()}\n' if line else text

class catch_warnings:
    """A with block around changes of the filters; with record=True it gives the list of the warnings in it."""
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        return 'catch_warnings(record=True)' if self._record else 'catch_warnings()'

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f'Cannot enter {self!r} twice')
        self._entered = True
        self._filters = filters[:]
        _seen.clear()
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            log = []
            _records.append(log)
            return log
        return None

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f'Cannot exit {self!r} without entering first')
        filters[:] = self._filters
        _seen.clear()
        if self._record:
            _records.pop()

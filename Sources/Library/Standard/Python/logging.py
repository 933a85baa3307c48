"""Messages with a level, to the error stream or another one."""
import sys
import time

NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL = 0, 10, 20, 30, 40, 50
WARN, FATAL = WARNING, CRITICAL
_names = {0: 'NOTSET', 10: 'DEBUG', 20: 'INFO', 30: 'WARNING', 40: 'ERROR', 50: 'CRITICAL'}


def getLevelName(level):
    """The name of a level, or the level of a name."""
    if isinstance(level, str):
        return {name: value for value, name in _names.items()}.get(level, f'Level {level}')
    return _names.get(level, f'Level {level}')


def _level(level):
    if isinstance(level, str):
        found = getLevelName(level)
        if not isinstance(found, int):
            raise ValueError(f'Unknown level: {level!r}')
        return found
    return level


class Formatter:
    """The text of a record."""
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True):
        self._fmt, self.datefmt, self._style = fmt or '%(message)s', datefmt, style

    def format(self, record):
        """The text."""
        fields = dict(record.__dict__)
        fields['message'] = record.getMessage()
        shown = time.strftime(self.datefmt or '%Y-%m-%d %H:%M:%S', time.localtime(record.created))
        fields['asctime'] = shown if self.datefmt else f'{shown},{int(record.created % 1 * 1000):03d}'
        return self._fmt.format(**fields) if self._style == '{' else self._fmt % fields


class LogRecord:
    """One message."""
    def __init__(self, name, level, msg, args):
        self.name, self.levelno, self.levelname, self.msg, self.args = name, level, getLevelName(level), msg, args
        self.created = time.time()

    def getMessage(self):
        """The message with its arguments filled in."""
        args = self.args[0] if len(self.args) == 1 and isinstance(self.args[0], dict) and self.args[0] else self.args
        return str(self.msg) % args if self.args else str(self.msg)


class Handler:
    """Where messages go."""
    def __init__(self, level=NOTSET):
        self.level, self.formatter = _level(level), Formatter()

    def setLevel(self, level):
        """The least level that goes on."""
        self.level = _level(level)

    def setFormatter(self, fmt):
        """How records become text."""
        self.formatter = fmt

    def handle(self, record):
        if record.levelno >= self.level:
            self.emit(record)


class StreamHandler(Handler):
    """Messages to a stream."""
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        print(self.formatter.format(record), file=self.stream or sys.stderr)


class FileHandler(Handler):
    """Messages to the end of a file."""
    def __init__(self, filename, mode='a', encoding=None, delay=False):
        super().__init__()
        self.baseFilename = filename
        if mode == 'w':
            open(filename, 'w').close()

    def emit(self, record):
        with open(self.baseFilename, 'a') as file:
            file.write(self.formatter.format(record) + '\n')


class Logger:
    """A place that messages come from, part of the place its dotted name names."""
    def __init__(self, name, level=NOTSET, parent=None):
        self.name, self.level, self.parent, self.handlers, self.propagate = name, _level(level), parent, [], True
        self.disabled = False

    def setLevel(self, level):
        """The least level that is taken."""
        self.level = _level(level)

    def getEffectiveLevel(self):
        """The level of this or the nearest place above with one."""
        return self.level or (self.parent.getEffectiveLevel() if self.parent else NOTSET)

    def isEnabledFor(self, level):
        """Whether messages of the level are taken."""
        return not self.disabled and level >= self.getEffectiveLevel()

    def addHandler(self, handler):
        """Messages go there too."""
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        """Messages go there no longer."""
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        """Whether messages go anywhere."""
        return bool(self.handlers) or bool(self.propagate and self.parent and self.parent.hasHandlers())

    def log(self, level, msg, *args, **kwargs):
        """A message of some level."""
        if not self.isEnabledFor(level):
            return
        record = LogRecord(self.name, level, msg, args)
        if not self.hasHandlers():
            if level >= WARNING:
                print(record.getMessage(), file=sys.stderr)
            return
        place = self
        while place:
            for handler in place.handlers:
                handler.handle(record)
            place = place.parent if place.propagate else None

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args)

    exception = error
    warn = warning
    fatal = critical

    def __repr__(self):
        kind = 'RootLogger' if self is root else 'Logger'
        return f'<{kind} {self.name} ({getLevelName(self.getEffectiveLevel())})>'


root = Logger('root', WARNING)
_loggers = {}


def getLogger(name=None):
    """The place of a name; without one the place above all."""
    if not name or name == 'root':
        return root
    if name not in _loggers:
        above = name.rpartition('.')[0]
        _loggers[name] = Logger(name, parent=getLogger(above) if above else root)
    return _loggers[name]


def basicConfig(*, level=None, format='%(levelname)s:%(name)s:%(message)s', datefmt=None, style='%', stream=None,
                filename=None, filemode='a', handlers=None, force=False, encoding=None, errors=None):
    """Where messages go, where that is not said yet."""
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    made = handlers or [FileHandler(filename, filemode) if filename else StreamHandler(stream)]
    for handler in made:
        handler.setFormatter(Formatter(format, datefmt, style))
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)


def log(level, msg, *args, **kwargs):
    """A message of some level."""
    if not root.handlers:
        basicConfig()
    root.log(level, msg, *args)


def debug(msg, *args, **kwargs):
    log(DEBUG, msg, *args)


def info(msg, *args, **kwargs):
    log(INFO, msg, *args)


def warning(msg, *args, **kwargs):
    log(WARNING, msg, *args)


def error(msg, *args, **kwargs):
    log(ERROR, msg, *args)


def critical(msg, *args, **kwargs):
    log(CRITICAL, msg, *args)


exception = error


def disable(level=CRITICAL):
    """No messages up to a level."""
    root.setLevel(level + 1)

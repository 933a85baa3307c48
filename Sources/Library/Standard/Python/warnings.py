"""Warnings, which tnb does not show."""

def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Has no effect: no warnings are shown."""

def simplefilter(action, category=Warning, lineno=0, append=False):
    """Has no effect: no warnings are shown."""

def resetwarnings():
    """Has no effect: no warnings are shown."""

def warn(message, category=None, stacklevel=1, source=None):
    """Takes a warning; it is not shown."""

def warn_explicit(*args, **kwargs):
    """Takes a warning; it is not shown."""

class catch_warnings:
    """A with block around warnings."""
    def __init__(self, *, record=False, **kwargs):
        self._record = record

    def __enter__(self):
        return [] if self._record else None

    def __exit__(self, *exc_info):
        return False

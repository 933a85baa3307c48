"""Files by patterns, in order of their names."""
import os
from fnmatch import fnmatchcase

def has_magic(pathname):
    """Whether a path is a pattern."""
    return any(c in pathname for c in '*?[')

def escape(pathname):
    """The pattern that matches just this path."""
    return ''.join(f'[{c}]' if c in '*?[' else c for c in pathname)

def _below(folder):
    """A folder and all folders below it that are not hidden."""
    yield folder
    for name in sorted(os.listdir(folder or '.')):
        path = os.path.join(folder, name)
        if not name.startswith('.') and os.path.isdir(path) and not os.path.islink(path):
            yield from _below(path)

def _expand(folder, parts, recursive, hidden):
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == '**' and recursive:
        for below in (_below(folder) if os.path.isdir(folder or '.') else []):
            if rest:
                yield from _expand(below, rest, recursive, hidden)
            else:
                yield os.path.join(below, '') if below == folder else below
                for name in sorted(os.listdir(below or '.')):
                    path = os.path.join(below, name)
                    if not os.path.isdir(path) and (hidden or not name.startswith('.')):
                        yield path
    elif not has_magic(part):
        path = os.path.join(folder, part)
        if os.path.lexists(path) and (not rest or os.path.isdir(path)):
            yield from _expand(path, rest, recursive, hidden)
    elif os.path.isdir(folder or '.'):
        for name in sorted(os.listdir(folder or '.')):
            if fnmatchcase(name, part) and (hidden or part.startswith('.') or not name.startswith('.')):
                path = os.path.join(folder, name)
                if not rest or os.path.isdir(path):
                    yield from _expand(path, rest, recursive, hidden)

def iglob(pathname, *, recursive=False, include_hidden=False):
    """The paths that match a pattern, one by one."""
    pathname = os.fspath(pathname)
    parts = [part for part in pathname.split('/') if part]
    folder = '/' if pathname.startswith('/') else ''
    for path in _expand(folder, parts, recursive, include_hidden):
        if path:
            yield path

def glob(pathname, *, recursive=False, include_hidden=False):
    """A list of the paths that match a pattern."""
    return list(iglob(pathname, recursive=recursive, include_hidden=include_hidden))

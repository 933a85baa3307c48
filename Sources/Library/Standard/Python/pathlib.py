"""Paths as objects."""
import io
import os
from fnmatch import fnmatchcase

def _parts(text):
    """The root and the parts of a path."""
    root = '' if not text.startswith('/') else '//' if text.startswith('//') and not text.startswith('///') else '/'
    return root, [part for part in text.split('/') if part and part != '.']

class _Parents:
    """The folders that hold a path, the nearest first."""
    def __init__(self, path):
        self._all = []
        while path.parent != path:
            path = path.parent
            self._all.append(path)
        self._type = type(path).__name__

    def __len__(self):
        return len(self._all)

    def __getitem__(self, index):
        found = self._all[index]
        return tuple(found) if isinstance(index, slice) else found

    def __repr__(self):
        return f'<{self._type}.parents>'

class PurePath:
    """A path as text, which may lead to nothing."""
    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return object.__new__(cls)

    def __init__(self, *args):
        text = ''
        for arg in args:
            part = os.fspath(arg)
            text = part if part.startswith('/') or not text else text + '/' + part
        self._root, self._tail = _parts(text)

    @classmethod
    def _make(cls, root, tail):
        made = object.__new__(cls)
        made._root, made._tail = root, tail
        return made

    @property
    def drive(self):
        return ''

    @property
    def root(self):
        return self._root

    @property
    def anchor(self):
        return self._root

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + tuple(self._tail)

    @property
    def name(self):
        """The last part."""
        return self._tail[-1] if self._tail else ''

    @property
    def suffix(self):
        """The ending of the name, with its dot."""
        i = self.name.rfind('.')
        return self.name[i:] if 0 < i < len(self.name) - 1 else ''

    @property
    def suffixes(self):
        if self.name.endswith('.'):
            return []
        return ['.' + suffix for suffix in self.name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The name without its ending."""
        return self.name[:len(self.name) - len(self.suffix)]

    @property
    def parent(self):
        """The folder that holds it."""
        return self._make(self._root, self._tail[:-1]) if self._tail else self

    @property
    def parents(self):
        return _Parents(self)

    def __str__(self):
        return self._root + '/'.join(self._tail) or '.'

    def __fspath__(self):
        return str(self)

    def __bytes__(self):
        return str(self).encode()

    def as_posix(self):
        return str(self)

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def __hash__(self):
        return hash((self._root, tuple(self._tail)))

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __truediv__(self, key):
        if not isinstance(key, (str, os.PathLike)):
            return NotImplemented
        return type(self)(self, key)

    def __rtruediv__(self, key):
        if not isinstance(key, (str, os.PathLike)):
            return NotImplemented
        return type(self)(key, self)

    def joinpath(self, *args):
        return type(self)(self, *args)

    def is_absolute(self):
        return bool(self._root)

    def is_relative_to(self, *other):
        other = type(self)(*other)
        return self._root == other._root and self._tail[:len(other._tail)] == other._tail

    def relative_to(self, *other):
        """The path as it is named from a folder above it."""
        folder = type(self)(*other)
        if not self.is_relative_to(folder):
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(folder)!r} OR one path is relative and "
                             "the other is absolute.")
        return self._make('', self._tail[len(folder._tail):])

    def with_name(self, name):
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        if not name or '/' in name or name == '.':
            raise ValueError(f'Invalid name {name!r}')
        return self._make(self._root, self._tail[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError(f'Invalid suffix {suffix!r}')
        if not self.name:
            raise ValueError(f'{self!r} has an empty name')
        return self._make(self._root, self._tail[:-1] + [self.stem + suffix])

    def match(self, path_pattern):
        """Whether the end of the path matches a pattern."""
        root, tail = _parts(path_pattern)
        if not tail:
            raise ValueError('empty pattern')
        if root and (root != self._root or len(tail) != len(self._tail)) or len(tail) > len(self._tail):
            return False
        return all(fnmatchcase(part, pat) for part, pat in zip(reversed(self._tail), reversed(tail)))

class PurePosixPath(PurePath):
    """A path with slashes."""

class Path(PurePath):
    """A path and the file or folder it leads to."""
    def __new__(cls, *args):
        if cls is Path:
            cls = PosixPath
        return object.__new__(cls)

    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        home = os.path.expanduser('~')
        if home == '~':
            raise RuntimeError('Could not determine home directory.')
        return cls(home)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass

    def exists(self):
        return os.path.exists(self)

    def is_file(self):
        return os.path.isfile(self)

    def is_dir(self):
        return os.path.isdir(self)

    def is_symlink(self):
        return os.path.islink(self)

    def stat(self, *, follow_symlinks=True):
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        return os.lstat(self)

    def samefile(self, other_path):
        return os.path.samefile(self, other_path)

    def absolute(self):
        return self if self.is_absolute() else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        if strict:
            os.stat(self)
        return type(self)(os.path.realpath(self))

    def expanduser(self):
        return type(self)(os.path.expanduser(self))

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Opens the file."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        """The text of the file."""
        with self.open(encoding=encoding, errors=errors) as f:
            return f.read()

    def read_bytes(self):
        """The bytes of the file."""
        with self.open('rb') as f:
            return f.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Writes the file anew; gives the number of characters."""
        if not isinstance(data, str):
            raise TypeError(f'data must be str, not {type(data).__name__}')
        with self.open('w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def write_bytes(self, data):
        """Writes the file anew; gives the number of bytes."""
        with self.open('wb') as f:
            return f.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        """Makes the file when it is not there."""
        if not exist_ok or not self.exists():
            self.open('a' if exist_ok else 'x').close()

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Makes the folder."""
        try:
            os.mkdir(self)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        os.rmdir(self)

    def unlink(self, missing_ok=False):
        """Removes the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        os.replace(self, target)
        return type(self)(target)

    def iterdir(self):
        """What the folder holds, in order of the names."""
        for name in os.listdir(self):
            yield self._make(self._root, self._tail + [name])

    def _select(self, parts):
        if not parts:
            yield self
            return
        part, rest = parts[0], parts[1:]
        if part == '**':
            yield from self._select(rest)
            for below in self.iterdir():
                if below.is_dir() and not below.is_symlink():
                    yield from below._select(parts)
        elif any(c in part for c in '*?['):
            for below in self.iterdir():
                if fnmatchcase(below.name, part) and (not rest or below.is_dir()):
                    yield from below._select(rest)
        else:
            below = self / part
            if below.exists():
                yield from below._select(rest)

    def glob(self, pattern):
        """The files below that match a pattern, in order of their names; ** stands for any folders."""
        root, tail = _parts(os.fspath(pattern))
        if root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        if not tail:
            raise ValueError(f'Unacceptable pattern: {pattern!r}')
        seen = set()
        if self.is_dir():
            for path in self._select(tail):
                if path not in seen:
                    seen.add(path)
                    yield path

    def rglob(self, pattern):
        """As glob, in all folders below."""
        return self.glob('**/' + os.fspath(pattern))

class PosixPath(Path, PurePosixPath):
    """What Path makes."""

"""What os has that is written in the language."""
import os
from os import path

class stat_result:
    """What is known of a file without opening it."""
    def __init__(self, mode, ino, dev, size, mtime):
        self.st_mode = mode
        self.st_ino = ino
        self.st_dev = dev
        self.st_nlink = 1
        self.st_uid = self.st_gid = 0
        self.st_size = size
        self.st_atime = self.st_mtime = self.st_ctime = mtime
        self.st_mtime_ns = int(mtime * 10 ** 9)

    def __repr__(self):
        return (f'os.stat_result(st_mode={self.st_mode}, st_ino={self.st_ino}, st_dev={self.st_dev}, '
                f'st_nlink={self.st_nlink}, st_uid={self.st_uid}, st_gid={self.st_gid}, st_size={self.st_size}, '
                f'st_atime={int(self.st_atime)}, st_mtime={int(self.st_mtime)}, st_ctime={int(self.st_ctime)})')

def stat(path, *, follow_symlinks=True):
    """What is known of a file."""
    return stat_result(*os._status(path, follow_symlinks))

def lstat(path):
    """What is known of a file, or of a link itself."""
    return stat_result(*os._status(path, False))

class DirEntry:
    """A file or a folder that scandir found."""
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f'<DirEntry {self.name!r}>'

class _Entries:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

def scandir(path='.'):
    """The files and folders in a folder."""
    folder = os.fspath(path)
    return _Entries([DirEntry(folder, name) for name in os.listdir(folder)])

def walk(top, topdown=True, onerror=None, followlinks=False):
    """(folder, names of folders, names of files) for a folder and all below it."""
    top = os.fspath(top)
    try:
        names = os.listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    dirs = [name for name in names if path.isdir(path.join(top, name))]
    files = [name for name in names if name not in dirs]
    if topdown:
        yield top, dirs, files
    for name in dirs:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files

"""Tables as text: comma-separated values."""
import _csv
from _csv import Error, QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, field_size_limit

class Dialect:
    """How a table is written."""
    delimiter = ','
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = '\r\n'
    quoting = QUOTE_MINIMAL
    strict = False

class excel(Dialect):
    """As spreadsheets write it."""

class excel_tab(excel):
    """With tabs."""
    delimiter = '\t'

class unix_dialect(Dialect):
    """As is usual on Unix."""
    lineterminator = '\n'
    quoting = QUOTE_ALL

_dialects = {'excel': excel, 'excel-tab': excel_tab, 'unix': unix_dialect}

def register_dialect(name, dialect=excel, **fmtparams):
    """Gives a dialect a name."""
    if not isinstance(name, str):
        raise TypeError('dialect name must be a string')
    base = get_dialect(dialect) if isinstance(dialect, str) else dialect
    made = type(name, (Dialect,), {})
    for key in ('delimiter', 'quotechar', 'escapechar', 'doublequote', 'skipinitialspace', 'lineterminator',
                'quoting', 'strict'):
        setattr(made, key, fmtparams.pop(key, getattr(base, key, getattr(Dialect, key))))
    for key in fmtparams:
        raise TypeError(f"'{key}' is an invalid keyword argument for this function")
    _dialects[name] = made

def unregister_dialect(name):
    """Forgets a dialect."""
    get_dialect(name)
    del _dialects[name]

def get_dialect(name):
    """The dialect of a name."""
    if name not in _dialects:
        raise Error('unknown dialect')
    return _dialects[name]

def list_dialects():
    """The names of the dialects."""
    return list(_dialects)

def _found(dialect):
    return get_dialect(dialect) if isinstance(dialect, str) else dialect

def reader(iterable, dialect='excel', **fmtparams):
    """The rows of a table, lists of strings, from a file or its lines."""
    return _csv.reader(iterable, _found(dialect), **fmtparams)

def writer(fileobj, dialect='excel', **fmtparams):
    """Writes rows of a table into a file."""
    return _csv.writer(fileobj, _found(dialect), **fmtparams)

class DictReader:
    """The rows of a table as dicts; the first row names the columns unless fieldnames does."""
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(names) < len(row):
            result[self.restkey] = row[len(names):]
        else:
            for key in names[len(row):]:
                result[key] = self.restval
        return result

class DictWriter:
    """Writes dicts as rows of a table."""
    def __init__(self, f, fieldnames, restval='', extrasaction='raise', dialect='excel', *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ('raise', 'ignore'):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _list(self, rowdict):
        if self.extrasaction == 'raise':
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError('dict contains fields not in fieldnames: ' + ', '.join([repr(x) for x in wrong]))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._list(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._list, rowdicts))

class Sniffer:
    """Not available in tnb."""
    def __init__(self):
        raise NotImplementedError('csv.Sniffer is not available in tnb: name the delimiter')

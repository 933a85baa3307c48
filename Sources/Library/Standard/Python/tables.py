"""Tables: columns by name."""
import _csv
import torch

class Table:
    """A table of columns by name: tensors where all of a column are numbers, lists of strings else."""
    def __init__(self, columns):
        self._columns = dict(columns)

    @property
    def columns(self):
        """The names of the columns."""
        return list(self._columns)

    @property
    def shape(self):
        """The numbers of rows and columns."""
        return len(self), len(self._columns)

    def __len__(self):
        for column in self._columns.values():
            return len(column)
        return 0

    def __iter__(self):
        return iter(self._columns)

    def __contains__(self, name):
        return name in self._columns

    def keys(self):
        return self._columns.keys()

    def values(self):
        return self._columns.values()

    def items(self):
        return self._columns.items()

    def _column(self, name):
        if name not in self._columns:
            raise KeyError(f"there is no column {name!r}: the table has {', '.join(map(str, self._columns))}")
        return self._columns[name]

    def _rows(self, rows):
        return Table({name: [column[i] for i in rows] if isinstance(column, list) else column[torch.tensor(rows)]
                      for name, column in self._columns.items()})

    def __getitem__(self, key):
        """A column by its name, a table of several by a list of names, a row (a dict) by its number, rows by a slice
        or a tensor of bools."""
        if isinstance(key, str):
            return self._column(key)
        if isinstance(key, int):
            if not -len(self) <= key < len(self):
                raise IndexError(f'there is no row {key}: the table has {len(self)}')
            return {name: column[key] if isinstance(column, list) else column[key].item()
                    for name, column in self._columns.items()}
        if isinstance(key, slice):
            return Table({name: column[key] if isinstance(column, list) or key.step is None or key.step > 0
                          else column[torch.arange(len(column))[list(range(len(column)))[key]]]
                          for name, column in self._columns.items()})
        if isinstance(key, torch.Tensor):
            if key.dtype != torch.bool or key.shape != (len(self),):
                raise IndexError(f'rows are chosen by {len(self)} bools, not by {tuple(key.shape)} of {key.dtype}')
            return self._rows([i for i, chosen in enumerate(key.tolist()) if chosen])
        if isinstance(key, (list, tuple)):
            return Table({name: self._column(name) for name in key})
        raise TypeError(f'a table is indexed by names and rows, not by {type(key).__name__}')

    def __getattr__(self, name):
        if not name.startswith('_') and name in self._columns:
            return self._columns[name]
        raise AttributeError(f"'Table' object has no attribute {name!r}")

    def tensor(self, *names, dtype=None):
        """Columns of numbers side by side, all of them or those that are named: a row of the tensor is one of the table."""
        chosen = names or [name for name, column in self._columns.items() if not isinstance(column, list)]
        columns = [self._column(name) for name in chosen]
        for name, column in zip(chosen, columns):
            if isinstance(column, list):
                raise TypeError(f'the column {name!r} holds text')
        if not columns:
            raise ValueError('the table has no column of numbers')
        if dtype is None:
            dtype = columns[0].dtype
            for column in columns[1:]:
                dtype = torch.promote_types(dtype, column.dtype)
        return torch.stack([column.to(dtype) for column in columns], 1)

    def head(self, n=5):
        """The first rows."""
        return self[:n]

    def tail(self, n=5):
        """The last rows."""
        return self[max(0, len(self) - n):]

    def __repr__(self):
        count = len(self)
        shown = list(range(count)) if count <= 10 else list(range(5)) + [None] + list(range(count - 5, count))
        cells = [[''] + ['...' if i is None else str(i) for i in shown]]
        for name, column in self._columns.items():
            cells.append([str(name)] + ['...' if i is None else _text(column[i]) for i in shown])
        widths = [max(len(text) for text in column) for column in cells]
        most, used = len(cells), 0
        for k, width in enumerate(widths):
            used += width + 2
            if used > 100 and k > 1:
                most = k
                break
        lines = []
        for row in range(len(shown) + 1):
            line = '  '.join(column[row].rjust(width) for column, width in zip(cells[:most], widths))
            lines.append(line + ('  ...' if most < len(cells) else ''))
        return '\n'.join(lines) + f'\n\n[{count} rows x {len(self._columns)} columns]'

def _text(value):
    if isinstance(value, str):
        text = ''.join(c if c.isprintable() else ascii(c)[1:-1] for c in value[:31])
        return text if len(text) <= 30 else text[:29] + '…'
    value = value.item()
    return f'{value:g}' if isinstance(value, float) else str(value)

def read_csv(file, sep=',', *, delimiter=None, header=0, names=None, usecols=None, skiprows=0, nrows=None,
             na_values=None, dtype=None, encoding=None, comment=None):
    """Reads a table of comma-separated values, its first row the names of the columns.

    A column of integers becomes a tensor of int64, one of other numbers a tensor of the default dtype with nan for what
    is missing, one of true and false a tensor of bools; everything else is a list of strings.

    sep: the character between values, or '\\s+' for white space
    header: 0: names stand in the first row; None: there are none
    names: names for the columns
    usecols: the names or places of the columns to read
    skiprows, nrows: rows to leave out at the start; rows to read at most
    na_values: words for what is missing, beside NA, NaN, null and nothing
    dtype: the type of numbers
    """
    if header is not None and header != 0:
        raise NotImplementedError('read_csv takes header=0 or header=None in tnb; skiprows leaves lines out')
    found = _csv.columns(file, delimiter or sep, header is not None, names, usecols, skiprows, nrows, na_values, dtype,
                         encoding or 'utf-8-sig', comment)
    return Table(zip(*found))

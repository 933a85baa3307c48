"""Classes made of named fields: what named tuples and data classes share."""

def bind(function, fields, defaults, args, kwargs, keyword_only=()):
    """The value of each field, with the errors of a function that has these parameters."""
    positional = [f for f in fields if f not in keyword_only]
    if len(args) > len(positional):
        n = len(positional) + 1
        optional = sum(1 for f in positional if f in defaults)
        takes = f'from {n - optional} to {n}' if optional else n
        s = '' if n == 1 and not optional else 's'
        raise TypeError(f'{function}() takes {takes} positional argument{s} but {len(args) + 1} were given')
    values = dict(zip(positional, args))
    for name, value in kwargs.items():
        if name not in fields:
            raise TypeError(f"{function}() got an unexpected keyword argument '{name}'")
        if name in values:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
        values[name] = value
    if len(values) < len(fields):
        _check_missing(function, [f for f in positional if f not in values and f not in defaults], 'positional')
        _check_missing(function, [f for f in keyword_only if f not in values and f not in defaults], 'keyword-only')
    return values

def _check_missing(function, names, kind):
    if not names:
        return
    quoted = [f"'{name}'" for name in names]
    if len(quoted) == 1:
        text = quoted[0]
    elif len(quoted) == 2:
        text = ' and '.join(quoted)
    else:
        text = ', '.join(quoted[:-1]) + ', and ' + quoted[-1]
    s = '' if len(quoted) == 1 else 's'
    raise TypeError(f'{function}() missing {len(quoted)} required {kind} argument{s}: {text}')

def _getter(index):
    def get(self):
        return self[index]
    return property(get, _refuse_setting, _refuse_deleting, f'Alias for field number {index}')

def _refuse_setting(self, value):
    raise AttributeError("can't set attribute")

def _refuse_deleting(self):
    raise AttributeError("can't delete attribute")

def named_tuple_members(typename, fields, defaults):
    """The attributes of a tuple class with named items."""
    fields = tuple(fields)

    def __new__(cls, *args, **kwargs):
        if kwargs or len(args) != len(fields):
            values = bind(f'{typename}.__new__', fields, defaults, args, kwargs)
            args = [values[f] if f in values else defaults[f] for f in fields]
        return tuple.__new__(cls, args)

    def __repr__(self):
        return type(self).__name__ + '(' + ', '.join([f'{n}={v!r}' for n, v in zip(fields, self)]) + ')'

    def _asdict(self):
        return dict(zip(fields, self))

    def _replace(self, /, **kwds):
        result = self._make([kwds.pop(name, value) for name, value in zip(fields, self)])
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return result

    def __getnewargs__(self):
        return tuple(self)

    def _make(cls, iterable):
        values = tuple(iterable)
        if len(values) != len(fields):
            raise TypeError(f'Expected {len(fields)} arguments, got {len(values)}')
        return tuple.__new__(cls, values)

    members = {
        '__doc__': f'{typename}({", ".join(fields)})',
        '_fields': fields,
        '_field_defaults': defaults,
        '__match_args__': fields,
        '__new__': staticmethod(__new__),
        '__repr__': __repr__,
        '_asdict': _asdict,
        '_replace': _replace,
        '__getnewargs__': __getnewargs__,
        '_make': classmethod(_make),
    }
    for index, name in enumerate(fields):
        members[name] = _getter(index)
    return members

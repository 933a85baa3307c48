"""Times from text: what time.strptime and datetime.strptime share."""
import re as _re
import time as _time
from datetime import date as _date

_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
_MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november',
           'december']

def _short(names):
    return [name[:3] for name in names]

def _zones():
    return {'utc': 0, 'gmt': 0, _time.tzname[0].lower(): 0, _time.tzname[1].lower(): _time.daylight}

def _any_of(names):
    return '|'.join(sorted(map(_re.escape, names), key=len, reverse=True))

_PATTERNS = {
    'd': r'3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]', 'f': '[0-9]{1,6}', 'H': r'2[0-3]|[0-1]\d|\d',
    'I': '1[0-2]|0[1-9]|[1-9]', 'G': r'\d\d\d\d',
    'j': r'36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]', 'm': '1[0-2]|0[1-9]|[1-9]',
    'M': r'[0-5]\d|\d', 'S': r'6[0-1]|[0-5]\d|\d', 'U': r'5[0-3]|[0-4]\d|\d', 'W': r'5[0-3]|[0-4]\d|\d',
    'w': '[0-6]', 'u': '[1-7]', 'V': r'5[0-3]|0[1-9]|[1-4]\d|\d', 'y': r'\d\d', 'Y': r'\d\d\d\d',
    'z': r'[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|Z', 'A': _any_of(_DAYS), 'a': _any_of(_short(_DAYS)),
    'B': _any_of(_MONTHS), 'b': _any_of(_short(_MONTHS)), 'p': 'am|pm', '%': '%',
}
_COMPOSED = {'c': '%a %b %d %H:%M:%S %Y', 'x': '%m/%d/%y', 'X': '%H:%M:%S'}

def _pattern(format):
    """The regular expression for a format."""
    parts = []
    i = 0
    while i < len(format):
        c = format[i]
        i += 1
        if c.isspace():
            while i < len(format) and format[i].isspace():
                i += 1
            parts.append(r'\s+')
        elif c != '%':
            parts.append("\\" + c if c in "\\.^$*+?(){}[]|" else c)
        else:
            if i == len(format):
                raise ValueError(f"stray % in format '{format}'")
            kind = format[i]
            i += 1
            if kind in _COMPOSED:
                parts.append(_pattern(_COMPOSED[kind]))
            elif kind == 'Z':
                parts.append(f'(?P<Z>{_any_of(_zones())})')
            elif kind == '%':
                parts.append('%')
            elif kind in _PATTERNS:
                parts.append(f'(?P<{kind}>{_PATTERNS[kind]})')
            else:
                raise ValueError(f"'{kind}' is a bad directive in format '{format}'")
    return ''.join(parts)

_compiled = {}

def _offset(text):
    """Seconds and microseconds of a distance from UTC."""
    if text == 'Z':
        return 0, 0
    sign = -1 if text[0] == '-' else 1
    digits = text[1:]
    if digits[2] == ':':
        digits = digits[:2] + digits[3:]
        if len(digits) > 5:
            if digits[4] != ':':
                raise ValueError(f'Inconsistent use of : in {text}')
            digits = digits[:4] + digits[5:]
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:6] or 0)
    fraction = (digits[7:] + '000000')[:6]
    return sign * seconds, sign * int(fraction)

def _from_week(year, week, weekday, starts_on_monday):
    """The day of the year of a weekday in a week of the year."""
    first = _date(year, 1, 1).weekday()
    if not starts_on_monday:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    before = (7 - first) % 7
    return 1 + weekday - first if week == 0 else 1 + before + 7 * (week - 1) + weekday

def parse(data_string, format):
    """The eleven fields of struct_time, microseconds, and microseconds of the zone."""
    for i, argument in enumerate((data_string, format)):
        if not isinstance(argument, str):
            raise TypeError(f'strptime() argument {i} must be str, not {type(argument)}')
    pattern = _compiled.get(format)
    if pattern is None:
        pattern = _compiled[format] = _re.compile(_pattern(format), _re.IGNORECASE)
    match = pattern.match(data_string)
    found = match.groupdict() if match else {}
    if not match or found.get('z') == 'z':
        raise ValueError(f'time data {data_string!r} does not match format {format!r}')
    if match.end() != len(data_string):
        raise ValueError(f'unconverted data remains: {data_string[match.end():]}')

    def number(kind, standard=None):
        return int(found[kind]) if kind in found else standard

    # Where two directives say the same, the later one counts.
    year, month, day, hour, weekday = None, 1, number('d', 1), 0, None
    for kind, text in found.items():
        if kind in ('Y', 'y'):
            year = int(text) if kind == 'Y' else int(text) + (2000 if int(text) <= 68 else 1900)
        elif kind == 'm':
            month = int(text)
        elif kind in ('B', 'b'):
            month = (_MONTHS if kind == 'B' else _short(_MONTHS)).index(text.lower()) + 1
        elif kind == 'H':
            hour = int(text)
        elif kind == 'I':
            hour = int(text) % 12 + (12 if found.get('p', '').lower() == 'pm' else 0)
        elif kind in ('A', 'a'):
            weekday = (_DAYS if kind == 'A' else _short(_DAYS)).index(text.lower())
        elif kind == 'w':
            weekday = (int(text) + 6) % 7
        elif kind == 'u':
            weekday = int(text) - 1
    fraction = int((found['f'] + '000000')[:6]) if 'f' in found else 0
    julian, iso_year, iso_week = number('j'), number('G'), number('V')
    if iso_year is not None:
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' "
                             'instead.')
        if iso_week is None or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
    elif iso_week is not None:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' "
                         'instead.')
    # Without a year the 29th of February is a day, until a datetime is made of it.
    isLeapDay = year is None and month == 2 and day == 29
    if isLeapDay:
        year = 1904
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        if iso_year is not None:
            when = _date.fromisocalendar(iso_year, iso_week, weekday + 1)
            year, month, day = when.year, when.month, when.day
        else:
            for kind in ('U', 'W'):
                if kind in found:
                    julian = _from_week(year, number(kind), weekday, kind == 'W')
            if julian is not None and julian <= 0:
                year -= 1
                julian += 366 if _date(year, 12, 31).timetuple()[7] == 366 else 365
    if julian is None:
        julian = _date(year, month, day).toordinal() - _date(year, 1, 1).toordinal() + 1
    else:
        when = _date.fromordinal(julian - 1 + _date(year, 1, 1).toordinal())
        year, month, day = when.year, when.month, when.day
    if weekday is None:
        weekday = _date(year, month, day).weekday()
    if isLeapDay:
        year = 1900
    zone, offset, offset_fraction, summer = None, None, 0, -1
    if 'z' in found:
        offset, offset_fraction = _offset(found['z'])
    if 'Z' in found:
        zone = found['Z']
        summer = _zones()[zone.lower()]
    return ((year, month, day, hour, number('M', 0), number('S', 0), weekday, julian, summer, zone, offset), fraction,
            offset_fraction)

"""Dates, times of day and the time between them. Times have no zone but UTC and fixed offsets."""
import time as _time

MINYEAR = 1
MAXYEAR = 9999
_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

def _days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _DAYS[month]

def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400

def _days_before_month(year, month):
    return sum(_DAYS[1:month]) + (1 if month > 2 and _is_leap(year) else 0)

def _to_ordinal(year, month, day):
    return _days_before_year(year) + _days_before_month(year, month) + day

def _from_ordinal(n):
    year = max(1, n // 366)
    while _days_before_year(year + 1) < n:
        year += 1
    n -= _days_before_year(year)
    month = 1
    while n > _days_in_month(year, month):
        n -= _days_in_month(year, month)
        month += 1
    return year, month, n

def _check_date(year, month, day):
    for value in (year, month, day):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f'year {year} is out of range')
    if not 1 <= month <= 12:
        raise ValueError('month must be in 1..12')
    if not 1 <= day <= _days_in_month(year, month):
        raise ValueError('day is out of range for month')

def _check_time(hour, minute, second, microsecond):
    if not 0 <= hour <= 23:
        raise ValueError('hour must be in 0..23')
    if not 0 <= minute <= 59:
        raise ValueError('minute must be in 0..59')
    if not 0 <= second <= 59:
        raise ValueError('second must be in 0..59')
    if not 0 <= microsecond <= 999999:
        raise ValueError('microsecond must be in 0..999999')

class timedelta:
    """A length of time."""
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        whole = 0
        part = 0.0
        for value, unit in ((weeks, 604800000000), (days, 86400000000), (hours, 3600000000), (minutes, 60000000),
                            (seconds, 1000000), (milliseconds, 1000), (microseconds, 1)):
            if isinstance(value, int):
                whole += value * unit
            else:
                base = int(value)
                whole += base * unit
                part += (value - base) * unit
        self._us = whole + round(part)
        if abs(self._us) >= 86400000000 * 1000000000:
            raise OverflowError(f'days={self._us // 86400000000}; must have magnitude <= 999999999')

    days = property(lambda self: self._us // 86400000000)
    seconds = property(lambda self: self._us % 86400000000 // 1000000)
    microseconds = property(lambda self: self._us % 1000000)

    def total_seconds(self):
        """The length in seconds."""
        return self._us / 1000000

    @classmethod
    def _of(cls, us):
        return cls(microseconds=us)

    def __add__(self, other):
        return timedelta._of(self._us + other._us) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        return timedelta._of(self._us - other._us) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other):
        return timedelta._of(other._us - self._us) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._us)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta._of(abs(self._us))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._of(self._us * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._of(_divide_nearest(self._us * a, b))
        return NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._us / other._us
        if isinstance(other, int):
            return timedelta._of(_divide_nearest(self._us, other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return timedelta._of(_divide_nearest(b * self._us, a))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._us // other._us
        return timedelta._of(self._us // other) if isinstance(other, int) else NotImplemented

    def __mod__(self, other):
        return timedelta._of(self._us % other._us) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other):
        return self // other, self % other

    def __eq__(self, other):
        return self._us == other._us if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._us < other._us if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other):
        return self._us <= other._us if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other):
        return self._us > other._us if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other):
        return self._us >= other._us if isinstance(other, timedelta) else NotImplemented

    def __hash__(self):
        return hash(self._us)

    def __bool__(self):
        return self._us != 0

    def __repr__(self):
        parts = [f'{n}={v}' for n, v in (('days', self.days), ('seconds', self.seconds),
                                         ('microseconds', self.microseconds)) if v]
        return f'datetime.timedelta({", ".join(parts) or 0})'

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f'{hours}:{minutes:02d}:{seconds:02d}'
        if self.days:
            text = f'{self.days} day{"" if abs(self.days) == 1 else "s"}, {text}'
        if self.microseconds:
            text += f'.{self.microseconds:06d}'
        return text

def _divide_nearest(a, b):
    q, r = divmod(a, b)
    twice = 2 * r
    if (twice > b if b > 0 else twice < b) or (twice == b and q % 2 == 1):
        q += 1
    return q

timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)

class tzinfo:
    """A base for time zones."""

class timezone(tzinfo):
    """A fixed distance from UTC."""
    def __init__(self, offset, name=None):
        self._offset = offset
        self._name = name

    def utcoffset(self, dt):
        return self._offset

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        if not self._offset:
            return 'UTC'
        return 'UTC' + _offset_text(self._offset)

    def dst(self, dt):
        return None

    def __eq__(self, other):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self):
        return hash(self._offset)

    def __repr__(self):
        if self is timezone.utc:
            return 'datetime.timezone.utc'
        return f'datetime.timezone({self._offset!r})'

    def __str__(self):
        return self.tzname(None)

def _offset_text(offset):
    sign = '-' if offset.days < 0 else '+'
    minutes = abs(offset)._us // 60000000
    return f'{sign}{minutes // 60:02d}:{minutes % 60:02d}'

timezone.utc = timezone(timedelta(0))
UTC = timezone.utc

class date:
    """A day of the Gregorian calendar."""
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self._date = (year, month, day)

    year = property(lambda self: self._date[0])
    month = property(lambda self: self._date[1])
    day = property(lambda self: self._date[2])

    @classmethod
    def today(cls):
        return cls(*_time.localtime()[:3])

    @classmethod
    def fromtimestamp(cls, t):
        return cls(*_time.localtime(t)[:3])

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        try:
            year, month, day = map(int, text.split('-'))
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {text!r}') from None
        return cls(year, month, day)

    def toordinal(self):
        return _to_ordinal(*self._date)

    def weekday(self):
        """0 for Monday to 6 for Sunday."""
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        """1 for Monday to 7 for Sunday."""
        return self.weekday() + 1

    def replace(self, year=None, month=None, day=None):
        return type(self)(year or self.year, month or self.month, day or self.day)

    def timetuple(self):
        return (*self._date, 0, 0, 0, self.weekday(), _days_before_month(self.year, self.month) + self.day, -1)

    def strftime(self, format):
        return _time.strftime(format, self.timetuple())

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def isoformat(self):
        return '{:04d}-{:02d}-{:02d}'.format(*self._date)

    __str__ = isoformat

    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')

    def __repr__(self):
        return 'datetime.date({}, {}, {})'.format(*self._date)

    def __add__(self, other):
        if isinstance(other, timedelta):
            n = self.toordinal() + other.days
            if not 0 < n <= 3652059:
                raise OverflowError('date value out of range')
            return type(self).fromordinal(n)
        return NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(-other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _same_kind(self, other):
        return isinstance(other, date) and isinstance(other, datetime) == isinstance(self, datetime)

    def _key(self):
        return self._date

    def __eq__(self, other):
        return self._key() == other._key() if self._same_kind(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._same_kind(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._same_kind(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._same_kind(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._same_kind(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

def _clock_text(parts):
    text = '{:02d}:{:02d}:{:02d}'.format(*parts[:3])
    return text + f'.{parts[3]:06d}' if parts[3] else text

class time:
    """A time of day."""
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_time(hour, minute, second, microsecond)
        self._clock = (hour, minute, second, microsecond)
        self.tzinfo = tzinfo

    hour = property(lambda self: self._clock[0])
    minute = property(lambda self: self._clock[1])
    second = property(lambda self: self._clock[2])
    microsecond = property(lambda self: self._clock[3])

    def isoformat(self):
        return _clock_text(self._clock)

    __str__ = isoformat

    def strftime(self, format):
        return _time.strftime(format.replace('%f', f'{self.microsecond:06d}'), (1900, 1, 1, *self._clock[:3], 0, 1, -1))

    def __repr__(self):
        parts = list(self._clock)
        while len(parts) > 2 and not parts[-1]:
            parts.pop()
        return f'datetime.time({", ".join(map(str, parts))})'

    def __eq__(self, other):
        return self._clock == other._clock if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._clock < other._clock if isinstance(other, time) else NotImplemented

    def __hash__(self):
        return hash(self._clock)

class datetime(date):
    """A day and a time of day."""
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_date(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self._date = (year, month, day)
        self._clock = (hour, minute, second, microsecond)
        self.tzinfo = tzinfo

    hour = property(lambda self: self._clock[0])
    minute = property(lambda self: self._clock[1])
    second = property(lambda self: self._clock[2])
    microsecond = property(lambda self: self._clock[3])

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def today(cls):
        return cls.now()

    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(_time.time())

    @classmethod
    def _from(cls, t, convert, tz):
        us = round(t * 1000000)
        seconds, us = divmod(us, 1000000)
        return cls(*convert(seconds)[:6], us, tz)

    @classmethod
    def fromtimestamp(cls, t, tz=None):
        if tz is None:
            return cls._from(t, _time.localtime, None)
        return (cls._from(t, _time.gmtime, None) + tz.utcoffset(None)).replace(tzinfo=tz)

    @classmethod
    def utcfromtimestamp(cls, t):
        return cls._from(t, _time.gmtime, None)

    @classmethod
    def combine(cls, date, time, tzinfo=None):
        return cls(*date._date, *time._clock, tzinfo or time.tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        try:
            day, clock = text[:10], text[11:]
            parts = [int(p) for p in day.split('-')]
            zone = None
            for mark in 'Z+-':
                if mark in clock:
                    clock, _, offset = clock.partition(mark)
                    hours, _, minutes = offset.partition(':')
                    distance = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
                    zone = timezone(-distance if mark == '-' else distance) if distance else timezone.utc
                    break
            us = 0
            if '.' in clock:
                clock, _, fraction = clock.partition('.')
                us = int((fraction + '000000')[:6])
            times = [int(p) for p in clock.split(':')] if clock else []
            return cls(*parts, *(times + [0, 0, 0])[:3], us, zone)
        except (ValueError, TypeError):
            raise ValueError(f'Invalid isoformat string: {text!r}') from None

    @classmethod
    def strptime(cls, text, format):
        """The time that text stands for, read by a format of %Y %m %d %H %M %S %f %y %j %b %B."""
        months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
        full = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october',
                'november', 'december']
        widths = {'Y': 4, 'm': 2, 'd': 2, 'H': 2, 'M': 2, 'S': 2, 'y': 2, 'f': 6}
        found = {}
        i = j = 0
        bad = ValueError(f'time data {text!r} does not match format {format!r}')
        while j < len(format):
            c = format[j]
            if c != '%':
                if text[i:i + 1] != c:
                    raise bad
                i += 1
                j += 1
                continue
            kind = format[j + 1:j + 2]
            j += 2
            if kind in widths:
                start = i
                while i < len(text) and i - start < widths[kind] and text[i].isdigit():
                    i += 1
                if start == i:
                    raise bad
                found[kind] = int((text[start:i] + '000000')[:6]) if kind == 'f' else int(text[start:i])
            elif kind in ('b', 'B'):
                for number, names in enumerate(zip(full, months), 1):
                    name = names[0] if kind == 'B' else names[1]
                    if text[i:i + len(name)].lower() == name:
                        found['m'] = number
                        i += len(name)
                        break
                else:
                    raise bad
            elif kind == '%':
                if text[i:i + 1] != '%':
                    raise bad
                i += 1
            else:
                raise ValueError(f"'{kind}' is a bad directive in format {format!r}")
        if i < len(text):
            raise ValueError(f'unconverted data remains: {text[i:]}')
        year = found.get('Y', 1900)
        if 'y' in found:
            year = found['y'] + (1900 if found['y'] >= 69 else 2000)
        return cls(year, found.get('m', 1), found.get('d', 1), found.get('H', 0), found.get('M', 0), found.get('S', 0),
                   found.get('f', 0))

    def date(self):
        return _date_class(*self._date)

    def time(self):
        return _time_class(*self._clock)

    def timestamp(self):
        """Seconds since 1970."""
        us = self._us()
        if self.tzinfo is not None:
            return (us - self.tzinfo.utcoffset(self)._us - _EPOCH) / 1000000
        seconds = (us - _EPOCH) // 1000000
        local = datetime(*_time.localtime(seconds)[:6])._us() - _EPOCH
        return (us - _EPOCH - (local - seconds * 1000000)) / 1000000

    def _us(self):
        h, m, s, us = self._clock
        return ((self.toordinal() * 24 + h) * 60 + m) * 60000000 + s * 1000000 + us

    def _key(self):
        return self._us() - (self.tzinfo.utcoffset(self)._us if self.tzinfo is not None else 0)

    @classmethod
    def _of(cls, us, tz):
        days, us = divmod(us, 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, 1000000)
        return cls(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, tz)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True):
        given = (year, month, day, hour, minute, second, microsecond)
        own = self._date + self._clock
        return type(self)(*[o if g is None else g for g, o in zip(given, own)], self.tzinfo if tzinfo is True else tzinfo)

    def astimezone(self, tz=None):
        tz = tz or timezone.utc
        return datetime._of(self._key() + tz.utcoffset(self)._us, tz)

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def timetuple(self):
        return (*self._date, *self._clock[:3], self.weekday(), _days_before_month(self.year, self.month) + self.day, -1)

    def strftime(self, format):
        return _time.strftime(format.replace('%f', f'{self.microsecond:06d}'), self.timetuple())

    def isoformat(self, sep='T', timespec='auto'):
        clock = _clock_text(self._clock)
        if timespec == 'seconds':
            clock = clock[:8]
        elif timespec == 'minutes':
            clock = clock[:5]
        elif timespec == 'milliseconds':
            clock = clock[:8] + f'.{self.microsecond // 1000:03d}'
        elif timespec == 'microseconds':
            clock = clock[:8] + f'.{self.microsecond:06d}'
        zone = '' if self.tzinfo is None else _offset_text(self.tzinfo.utcoffset(self))
        return '{:04d}-{:02d}-{:02d}'.format(*self._date) + sep + clock + zone

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        parts = list(self._date + self._clock)
        while len(parts) > 5 and not parts[-1]:
            parts.pop()
        text = ', '.join(map(str, parts))
        if self.tzinfo is not None:
            text += f', tzinfo={self.tzinfo!r}'
        return f'datetime.datetime({text})'

    def __add__(self, other):
        return type(self)._of(self._us() + other._us, self.tzinfo) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self)._of(self._us() - other._us, self.tzinfo)
        if isinstance(other, datetime):
            if (self.tzinfo is None) != (other.tzinfo is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._key() - other._key())
        return NotImplemented

_date_class = date
_time_class = time
_EPOCH = datetime(1970, 1, 1)._us()
date.min, date.max = date(1, 1, 1), date(9999, 12, 31)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)

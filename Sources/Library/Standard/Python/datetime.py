"""Dates, times of day and the time between them. Time zones are UTC, fixed offsets and what derives from tzinfo."""
from _datetime_parts import (
    MAXYEAR, MINYEAR, UTC, timedelta, timezone, tzinfo, _absent, _check_date, _check_time, _days_before_month,
    _from_ordinal, _is_leap, _to_ordinal)
from _datetime_clock import _Clock, _clock_text, _formatted, _iso_clock, time
from _library import show_with_module as _show_with_module
import time as _time

def _iso_date(text):
    """Year, month and day of 2024-02-29, 20240229, 2024-W09-4 or 2024W094."""
    if not text.isascii() or not text[:4].isdigit():
        raise ValueError
    dash = text[4:5] == '-'
    rest = text[4 + dash:]
    if rest[:1] == 'W':
        rest = rest[1:].replace('-', '', 1) if dash else rest[1:]
        if len(rest) not in (2, 3) or not rest.isdigit() or dash and len(text) == 9:
            raise ValueError
        return date.fromisocalendar(int(text[:4]), int(rest[:2]), int(rest[2:] or 1))._date
    if dash:
        if len(rest) != 5 or rest[2] != '-':
            raise ValueError
        rest = rest[:2] + rest[3:]
    if len(rest) != 4 or not rest.isdigit():
        raise ValueError
    return int(text[:4]), int(rest[:2]), int(rest[2:])

def _iso_year_start(year):
    """The ordinal of the Monday that an ISO year begins with."""
    first = _to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    return first - weekday + (7 if weekday > 3 else 0)

class IsoCalendarDate(tuple):
    """What isocalendar gives."""
    def __new__(cls, year, week, weekday):
        return tuple.__new__(cls, (year, week, weekday))

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __repr__(self):
        return 'datetime.IsoCalendarDate(year={}, week={}, weekday={})'.format(*self)

class date:
    """A day of the Gregorian calendar."""
    def __init__(self, year=_absent, month=_absent, day=_absent):
        self._date = _check_date(year, month, day)

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
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            return cls(*_iso_date(text))
        except ValueError as error:
            if str(error).startswith(('day', 'month', 'year')):
                raise
            raise ValueError(f'Invalid isoformat string: {text!r}') from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The day of an ISO year, week and weekday."""
        if not MINYEAR <= year <= MAXYEAR:
            raise ValueError(f'Year is out of range: {year}')
        if not 0 < week < 53:
            first = date(year, 1, 1).weekday()
            if week != 53 or not (first == 3 or first == 2 and _is_leap(year)):
                raise ValueError(f'Invalid week: {week}')
        if not 0 < day < 8:
            raise ValueError(f'Invalid day: {day} (range is [1, 7])')
        return cls(*_from_ordinal(_iso_year_start(year) + (week - 1) * 7 + day - 1))

    def isocalendar(self):
        """The ISO year, week and weekday."""
        n = self.toordinal()
        year = self.year
        if year < MAXYEAR and n >= _iso_year_start(year + 1):
            year += 1
        elif n < _iso_year_start(year):
            year -= 1
        week, day = divmod(n - _iso_year_start(year), 7)
        return IsoCalendarDate(year, week + 1, day + 1)

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
        return _time.struct_time((*self._date, 0, 0, 0, self.weekday(),
                                  _days_before_month(self.year, self.month) + self.day, -1))

    def strftime(self, format):
        return _formatted(format, self.timetuple(), 0, None, None)

    def __format__(self, spec):
        if not isinstance(spec, str):
            raise TypeError(f'__format__() argument 1 must be str, not {type(spec).__name__}')
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

    def _has_order(self, other):
        if not self._same_kind(other):
            if isinstance(other, date):
                raise TypeError(f"can't compare datetime.{type(self).__name__} to datetime.{type(other).__name__}")
            return False
        return True

    def _key(self):
        return self._date

    def __eq__(self, other):
        return self._key() == other._key() if self._same_kind(other) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if self._has_order(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._has_order(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._has_order(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._has_order(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())

class datetime(_Clock, date):
    """A day and a time of day."""
    def __init__(self, year=_absent, month=_absent, day=_absent, hour=0, minute=0, second=0, microsecond=0, tzinfo=None,
                 *, fold=0):
        self._date = _check_date(year, month, day)
        self._clock = _check_time(hour, minute, second, microsecond, tzinfo)
        self._zone = tzinfo

    def _moment(self):
        return self

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
    def combine(cls, date, time, tzinfo=True):
        """A day and a time of day together."""
        if not isinstance(date, _date_class):
            raise TypeError(f'combine() argument 1 must be datetime.date, not {type(date).__name__}')
        if not isinstance(time, _time_class):
            raise TypeError(f'combine() argument 2 must be datetime.time, not {type(time).__name__}')
        return cls(*date._date, *time._clock, time.tzinfo if tzinfo is True else tzinfo)

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        # The day ends before a character that is neither a digit nor belongs to the day's own form.
        end = 10 if text[4:5] == '-' else 8
        if 'W' in text[:6]:
            weekday = text[8:10] if text[4:5] == '-' else text[7:8]
            has_day = weekday[:1] == '-' and weekday[1:].isdigit() if text[4:5] == '-' else weekday.isdigit()
            end = (10 if has_day else 8) if text[4:5] == '-' else (8 if has_day else 7)
        try:
            clock = _iso_clock(text[end + 1:]) if len(text) > end + 1 else (0, 0, 0, 0, None)
            if len(text) == end + 1:
                raise ValueError
            return cls(*_iso_date(text[:end]), *clock)
        except ValueError as error:
            if str(error).startswith(('day', 'month', 'year', 'hour', 'minute', 'second', 'microsecond')):
                raise
            raise ValueError(f'Invalid isoformat string: {text!r}') from None

    @classmethod
    def strptime(cls, text, format):
        """The time that text stands for, read by a format."""
        for position, argument in enumerate((text, format), 1):
            if not isinstance(argument, str):
                raise TypeError(f'strptime() argument {position} must be str, not {type(argument).__name__}')
        from _strptime import parse
        fields, us, offset_us = parse(text, format)
        zone, offset = fields[9:]
        if offset is None:
            return cls(*fields[:6], us)
        delta = timedelta(seconds=offset, microseconds=offset_us)
        if zone:
            return cls(*fields[:6], us, timezone(delta, zone))
        return cls(*fields[:6], us, timezone(delta))

    def date(self):
        return _date_class(*self._date)

    def time(self):
        return _time_class(*self._clock)

    def timetz(self):
        """The time of day with its zone."""
        return _time_class(*self._clock, self._zone)

    def timestamp(self):
        """Seconds since 1970."""
        us = self._us()
        if self.tzinfo is not None:
            return (self._key() - _EPOCH) / 1000000
        seconds = (us - _EPOCH) // 1000000
        local = datetime(*_time.localtime(seconds)[:6])._us() - _EPOCH
        return (us - _EPOCH - (local - seconds * 1000000)) / 1000000

    def _us(self):
        h, m, s, us = self._clock
        return ((self.toordinal() * 24 + h) * 60 + m) * 60000000 + s * 1000000 + us

    def _key(self):
        offset = self.utcoffset()
        return self._us() - (offset._us if offset is not None else 0)

    def __eq__(self, other):
        if not isinstance(other, datetime):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._key() == other._key()

    def __hash__(self):
        return hash(self._key())

    def _has_order(self, other):
        if not super()._has_order(other):
            return False
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware datetimes")
        return True

    @classmethod
    def _of(cls, us, tz):
        days, us = divmod(us, 86400000000)
        if not 0 < days <= 3652059:
            raise OverflowError('date value out of range')
        seconds, us = divmod(us, 1000000)
        return cls(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, us, tz)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, *, fold=None):
        given = (year, month, day, hour, minute, second, microsecond)
        own = self._date + self._clock
        return type(self)(*[o if g is None else g for g, o in zip(given, own)], self.tzinfo if tzinfo is True else tzinfo)

    def astimezone(self, tz=None):
        """The same moment in another zone, the local one without tz."""
        us = self._key() if self._zone is not None else int(self.timestamp()) * 1000000 + self.microsecond + _EPOCH
        if tz is None:
            fields = _time.localtime((us - _EPOCH) // 1000000)
            local = datetime(*fields[:6])._us()
            tz = timezone(timedelta(microseconds=local - us // 1000000 * 1000000), _time.tzname[fields[8] > 0])
        offset = tz.utcoffset(datetime._of(us, tz))
        return datetime._of(us + offset._us, tz)

    def timetuple(self):
        """The fields as time.struct_time."""
        summer = self.dst()
        return _time.struct_time((*self._date, *self._clock[:3], self.weekday(),
                                  _days_before_month(self.year, self.month) + self.day,
                                  -1 if summer is None else int(bool(summer))))

    _fields = timetuple

    def utctimetuple(self):
        """The fields in UTC as time.struct_time."""
        fields = datetime._of(self._key(), None).timetuple()
        return _time.struct_time((*fields[:8], 0))

    def isoformat(self, sep='T', timespec='auto'):
        return '{:04d}-{:02d}-{:02d}'.format(*self._date) + sep + _clock_text(self._clock, timespec) + self._zone_text()

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        return f'datetime.datetime({self._shown(self._date + self._clock, 5)})'

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
date.min, date.max, date.resolution = date(1, 1, 1), date(9999, 12, 31), timedelta(days=1)
time.min, time.max, time.resolution = time(), time(23, 59, 59, 999999), timedelta(microseconds=1)
datetime.min, datetime.max = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
_show_with_module(date, time, datetime, timedelta, timezone, tzinfo, IsoCalendarDate)

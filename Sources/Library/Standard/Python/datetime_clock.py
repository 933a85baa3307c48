"""Times of day."""
from _datetime_parts import timedelta, timezone, _check_time, _offset_text
import time as _time

def _iso_clock(text):
    """Hour, minute, second, microsecond and zone of 04:23:01.000384+01:00 and shorter forms."""
    zone = None
    for mark in 'Z+-':
        clock, found, distance = text.partition(mark)
        if found:
            text = clock
            if mark == 'Z':
                if distance:
                    raise ValueError
                zone = timezone.utc
            else:
                *parts, us = _iso_parts(distance)
                delta = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2], microseconds=us)
                zone = timezone(-delta if mark == '-' else delta)
            break
    return (*_iso_parts(text), zone)

def _iso_parts(text):
    us = 0
    for mark in '.,':
        clock, found, fraction = text.partition(mark)
        if found:
            if not fraction.isdigit() or len(clock) < 6:
                raise ValueError
            us = int((fraction + '00000')[:6])
            text = clock
    parts = text.split(':') if ':' in text else [text[i:i + 2] for i in range(0, len(text), 2)]
    if not 0 < len(parts) < 4 or not all(len(part) == 2 and part.isdigit() for part in parts):
        raise ValueError
    return (*map(int, parts), *[0] * (3 - len(parts)), us)

def _formatted(format, fields, microsecond, offset, zone):
    """strftime, with what time.strftime does not know: %f, %z and %Z."""
    parts = format.split('%%')
    for i, part in enumerate(parts):
        part = part.replace('%f', f'{microsecond:06d}')
        part = part.replace('%z', '' if offset is None else _offset_text(offset, ''))
        parts[i] = part.replace('%Z', '' if zone is None else zone.replace('%', '%%'))
    return _time.strftime('%%'.join(parts), fields)

def _clock_text(parts, timespec='auto'):
    hour, minute, second, us = parts
    if timespec == 'auto':
        timespec = 'microseconds' if us else 'seconds'
    forms = {
        'hours': f'{hour:02d}', 'minutes': f'{hour:02d}:{minute:02d}', 'seconds': f'{hour:02d}:{minute:02d}:{second:02d}',
        'milliseconds': f'{hour:02d}:{minute:02d}:{second:02d}.{us // 1000:03d}',
        'microseconds': f'{hour:02d}:{minute:02d}:{second:02d}.{us:06d}',
    }
    if timespec not in forms:
        raise ValueError('Unknown timespec value')
    return forms[timespec]

class _Clock:
    """What times of day and datetimes share."""
    hour = property(lambda self: self._clock[0])
    minute = property(lambda self: self._clock[1])
    second = property(lambda self: self._clock[2])
    microsecond = property(lambda self: self._clock[3])
    tzinfo = property(lambda self: self._zone)
    fold = 0

    def utcoffset(self):
        """The distance from UTC, None without a zone."""
        return None if self._zone is None else self._zone.utcoffset(self._moment())

    def tzname(self):
        """The zone's name, None without a zone."""
        return None if self._zone is None else self._zone.tzname(self._moment())

    def dst(self):
        """What summer time adds, None where that is not known."""
        return None if self._zone is None else self._zone.dst(self._moment())

    def _zone_text(self):
        offset = self.utcoffset()
        return '' if offset is None else _offset_text(offset)

    def strftime(self, format):
        """The time as format says."""
        return _formatted(format, self._fields(), self.microsecond, self.utcoffset(), self.tzname())

    def _shown(self, parts, least):
        parts = list(parts)
        while len(parts) > least and not parts[-1]:
            parts.pop()
        text = ', '.join(map(str, parts))
        return text if self._zone is None else f'{text}, tzinfo={self._zone!r}'

class time(_Clock):
    """A time of day."""
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self._clock = _check_time(hour, minute, second, microsecond, tzinfo)
        self._zone = tzinfo

    def _moment(self):
        return None

    def _fields(self):
        return (1900, 1, 1, *self._clock[:3], 0, 1, -1)

    @classmethod
    def fromisoformat(cls, text):
        if not isinstance(text, str):
            raise TypeError('fromisoformat: argument must be str')
        try:
            parts = _iso_clock(text[1:] if text[:1] == 'T' else text)
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {text!r}') from None
        return cls(*parts)

    def isoformat(self, timespec='auto'):
        return _clock_text(self._clock, timespec) + self._zone_text()

    def __str__(self):
        return self.isoformat()

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *, fold=None):
        given = (hour, minute, second, microsecond)
        return type(self)(*[o if g is None else g for g, o in zip(given, self._clock)],
                          self._zone if tzinfo is True else tzinfo)

    def __repr__(self):
        return f'datetime.time({self._shown(self._clock, 2)})'

    def _key(self):
        offset = self.utcoffset()
        h, m, s, us = self._clock
        return ((h * 60 + m) * 60 + s) * 1000000 + us - (offset._us if offset is not None else 0)

    def _check_zones(self, other):
        if (self.utcoffset() is None) != (other.utcoffset() is None):
            raise TypeError("can't compare offset-naive and offset-aware times")

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return (self.utcoffset() is None) == (other.utcoffset() is None) and self._key() == other._key()

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        self._check_zones(other)
        return self._key() < other._key()

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        self._check_zones(other)
        return self._key() <= other._key()

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        self._check_zones(other)
        return self._key() > other._key()

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        self._check_zones(other)
        return self._key() >= other._key()

    def __hash__(self):
        return hash(self._key())

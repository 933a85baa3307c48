"""Clocks, sleeping, and times as fields and as text."""
from _time import (
    time, time_ns, perf_counter, perf_counter_ns, monotonic, monotonic_ns, process_time, process_time_ns, thread_time,
    thread_time_ns, sleep, ctime, timezone, altzone, daylight, tzname)
import _time

class struct_time(tuple):
    """A time as fields that have names: tm_year, tm_mon …"""
    n_fields = 11
    n_sequence_fields = 9
    n_unnamed_fields = 0

    def __new__(cls, sequence=(), /):
        values = tuple(sequence)
        if len(values) < 9:
            raise TypeError(f'time.struct_time() takes an at least 9-sequence ({len(values)}-sequence given)')
        if len(values) > 11:
            raise TypeError(f'time.struct_time() takes an at most 11-sequence ({len(values)}-sequence given)')
        self = tuple.__new__(cls, values[:9])
        self.tm_zone, self.tm_gmtoff = (values[9:] + (None, None))[:2]
        return self

    tm_year = property(lambda self: self[0], doc='year, for example, 1993')
    tm_mon = property(lambda self: self[1], doc='month of year, range [1, 12]')
    tm_mday = property(lambda self: self[2], doc='day of month, range [1, 31]')
    tm_hour = property(lambda self: self[3], doc='hours, range [0, 23]')
    tm_min = property(lambda self: self[4], doc='minutes, range [0, 59]')
    tm_sec = property(lambda self: self[5], doc='seconds, range [0, 61])')
    tm_wday = property(lambda self: self[6], doc='day of week, range [0, 6], Monday is 0')
    tm_yday = property(lambda self: self[7], doc='day of year, range [1, 366]')
    tm_isdst = property(lambda self: self[8], doc='1 if summer time is in effect, 0 if not, and -1 if unknown')

    def __repr__(self):
        names = ('year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst')
        return f'time.struct_time({", ".join(f"tm_{n}={v!r}" for n, v in zip(names, self))})'

def localtime(seconds=None, /):
    """The local time as fields; now without seconds."""
    return struct_time(_time.localtime(seconds))

def gmtime(seconds=None, /):
    """The time in UTC as fields; now without seconds."""
    return struct_time(_time.gmtime(seconds))

def _fields(t):
    if not isinstance(t, tuple):
        raise TypeError('Tuple or struct_time argument required')
    return t

def strftime(format, t=None, /):
    """The time as format says; now without t."""
    return _time.strftime(format, None if t is None else _fields(t))

def asctime(t=None, /):
    """The time as in 'Sat Jun 06 16:26:11 1998'; now without t."""
    return _time.strftime('%a %b %e %H:%M:%S %Y', None if t is None else _fields(t))

def mktime(t, /):
    """The seconds since 1970 of a local time."""
    return _time.mktime(_fields(t))

def strptime(data_string, format='%a %b %d %H:%M:%S %Y', /):
    """The fields of a time that is written as format says."""
    from _strptime import parse
    return struct_time(parse(data_string, format)[0])

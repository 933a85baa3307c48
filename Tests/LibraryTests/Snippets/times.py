import datetime
import time
from datetime import date, timedelta, timezone


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


dt = datetime.datetime
for text, format in [
    ('Jun 1 2005  1:33PM', '%b %d %Y %I:%M%p'), ('Mon 1 Jan 2024', '%a %d %b %Y'), ('2024-060', '%Y-%j'),
    ('2024-01-01 +0100', '%Y-%m-%d %z'), ('2024-13-01', '%Y-%m-%d'), ('12am', '%I%p'), ('12PM', '%I%p'), ('1 AM', '%I %p'),
    ('monday January 15 24', '%A %B %d %y'), ('69', '%y'), ('68', '%y'), ('2024 10 1', '%Y %W %w'), ('2024 0 3', '%Y %U %w'),
    ('2024 W09 4', '%G W%V %u'), ('2024 9', '%G %V'), ('9 1 2024', '%V %u %Y'), ('2024-01-01T10:11:12.5Z', '%Y-%m-%dT%H:%M:%S.%f%z'),
    ('-05:30', '%z'), ('+01:02:03.5', '%z'), ('+01:0203', '%z'), ('10:11 UTC', '%H:%M %Z'), ('x', '%Q'), ('x', '%'), ('10', '%d%%'), ('10%', '%d%%'),
    ('2024-02-30', '%Y-%m-%d'), ('29 Feb', '%d %b'), ('2024-01-01 extra', '%Y-%m-%d'), ('01/02/24', '%x'), ('10:11:12', '%X'),
    ('Tue Jan  2 03:04:05 2024', '%c'), ('  2024', '%Y'), ('2024   1', '%Y %m'), ('1.5', '%m.%d'), ('1+5', '%m.%d'), ('61', '%S'), ('24', '%H'), ('366 2023', '%j %Y'),
]:
    show(lambda: dt.strptime(text, format))
show(lambda: dt.strptime(3, '%Y'))
d = dt(2024, 2, 29, 13, 45, 30, 5)
show(lambda: d.timetuple())
show(lambda: (d.timetuple().tm_yday, d.date().timetuple().tm_hour, d.utctimetuple().tm_isdst))
show(lambda: (d.isocalendar(), d.isocalendar()[1], date(2024, 12, 30).isocalendar().week, date(2021, 1, 3).isocalendar(), tuple(date(2020, 12, 31).isocalendar())))
show(lambda: (date.fromisocalendar(2024, 1, 1), dt.fromisocalendar(2020, 53, 7)))
show(lambda: date.fromisocalendar(2024, 53, 1))
show(lambda: date.fromisocalendar(2024, 1, 8))
for text in ('04:23:01', '04:23', '04', '04:23:01.000384', '04:23:01.5', 'T042301', '04:23:01+04:00', '04:23:01Z', '25:00', '4:23', '04:23:61', '', '04:23:01,123456789'):
    show(lambda: datetime.time.fromisoformat(text))
for text in ('2024-02-29', '20240229', '2024-W09-4', '2024W094', '2024-W09', '2024-2-29', 'x', '2024-02-30', '2024-13-01'):
    show(lambda: date.fromisoformat(text))
for text in ('2024-02-29', '2024-02-29T10', '2024-02-29 10:11', '20240229T101112', '2024-02-29T10:11:12.123+05:30', '2024-W09-4T10:11', '2024-02-29T', '2024-02-29T25:00', '2024-02-29T10:11:12Z'):
    show(lambda: dt.fromisoformat(text))
t = datetime.time
show(lambda: (t(10, 5), t(1, 2, 3, 4, timezone.utc), str(t(1, 2, 3, 4, timezone.utc)), f'{t(10, 5):%H.%M}', f'{t(1)}', t(1, 2).isoformat('milliseconds'), t(1) < t(2), t(3) >= t(3), t(1) <= t(0), t(2) > t(1)))
show(lambda: t(1) < 3)
show(lambda: t(1, tzinfo=timezone.utc) < t(1))
show(lambda: t(1, tzinfo=timezone.utc) == t(1))
show(lambda: (t(1, 2).replace(minute=5), t.min, t.max, t.resolution, date.resolution, dt.resolution, date.min, dt.max))
show(lambda: t(1, tzinfo=3))
show(lambda: (timezone(timedelta(hours=1), 'CET'), timezone(timedelta(hours=-5)), timezone.utc, timezone(timedelta(0)), timezone.min, str(timezone(timedelta(hours=1, seconds=5)))))
show(lambda: timezone(3))
show(lambda: timezone(timedelta(days=1)))
a = dt(2024, 1, 1, 12, tzinfo=timezone(timedelta(hours=1), 'CET'))
show(lambda: (a, a.tzname(), a.utcoffset(), a.dst(), a.isoformat(), a.strftime('%z %Z %% %f %Y'), d.strftime('%z|%Z|%f'), a.timetz(), a.astimezone(timezone.utc), a.utctimetuple().tm_hour))
show(lambda: a < d)
show(lambda: a == d)
show(lambda: a - d)
show(lambda: d < date(2024, 1, 1))
show(lambda: date(2024, 1, 1) < d)
show(lambda: date(2024, 1, 1) == dt(2024, 1, 1))
show(lambda: d + 3)
show(lambda: 3 - d)
show(lambda: date(2024, 1, 1) - 3)
show(lambda: date(2024, 1, 1) < 3)
show(lambda: timedelta(1) + 3)
show(lambda: date(2024))
show(lambda: date('2024-01-01'))
show(lambda: date(2024, 1.0, 1))
show(lambda: dt())
show(lambda: dt(2024, 1, 1, 25))
show(lambda: dt(2024, 1, 1, 1, 60))
show(lambda: date(2024, 1, 1).hour)
show(lambda: timedelta('a'))
show(lambda: timedelta(hours='a'))
show(lambda: dt.combine(date(2024, 1, 1), t(1, 2, tzinfo=timezone.utc)))
show(lambda: dt.combine(1, 2))
show(lambda: (date(2024, 5, 6).strftime('%d/%m'), f'{date(2024, 5, 6):%b %d}', date(2024, 5, 6).ctime(), d.ctime()))
show(lambda: (d.isoformat(timespec='hours'), d.isoformat(' ', 'minutes'), d.isoformat(timespec='milliseconds'), dt(2024, 1, 1).isoformat()))
show(lambda: d.isoformat(timespec='x'))


class Zone(datetime.tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=2)

    def tzname(self, when):
        return 'Z2'

    def dst(self, when):
        return timedelta(hours=1)

    def __repr__(self):
        return 'Zone()'


z = dt(2024, 6, 1, 12, tzinfo=Zone())
show(lambda: (z, str(z), z.tzname(), z.dst(), z.timetuple().tm_isdst, z.astimezone(timezone.utc), z == dt(2024, 6, 1, 10, tzinfo=timezone.utc), hash(z) == hash(z.astimezone(timezone.utc)), z.timestamp()))
show(lambda: datetime.tzinfo().utcoffset(None))
show(lambda: time.gmtime(0))
show(lambda: (time.gmtime(0).tm_year, time.gmtime(0)[0], tuple(time.gmtime(86400)), time.gmtime(0).tm_zone, time.gmtime(0).tm_gmtoff, len(time.gmtime(0)), isinstance(time.gmtime(), tuple)))
show(lambda: time.asctime(time.gmtime(0)))
show(lambda: time.strptime('2024-01-02', '%Y-%m-%d'))
show(lambda: time.strptime('30 Nov 00', '%d %b %y').tm_wday)
show(lambda: time.strptime('x', '%Y'))
show(lambda: time.localtime(time.mktime(time.strptime('2024-01-02 03', '%Y-%m-%d %H')))[:4])
show(lambda: time.strftime('%Y-%m-%d', time.gmtime(0)))
show(lambda: time.strftime('%Y', [1, 2]))
show(lambda: time.struct_time((1, 2, 3)))
show(lambda: time.struct_time(range(9)))
show(lambda: time.struct_time(range(11)).tm_gmtoff)
show(lambda: time.sleep('a'))
show(lambda: time.localtime().tm_year > 2000)
show(lambda: (len(time.tzname), isinstance(time.timezone, int)))

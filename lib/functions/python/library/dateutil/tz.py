"""``tzlocal()``, as datetimes of boto3 carry it, and ``tzutc()``. A function's local time is UTC."""

import datetime

_ZERO = datetime.timedelta(0)


class tzutc(datetime.tzinfo):
    def utcoffset(self, dt):
        return _ZERO

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return "UTC"

    def fromutc(self, dt):
        return dt

    def __eq__(self, other):
        return isinstance(other, (tzutc, tzlocal)) or NotImplemented

    __hash__ = None

    def __repr__(self):
        return "tzutc()"

    __reduce__ = object.__reduce__


class tzlocal(datetime.tzinfo):
    def utcoffset(self, dt):
        return _ZERO

    def dst(self, dt):
        return _ZERO

    def tzname(self, dt):
        return "UTC"

    def fromutc(self, dt):
        return dt

    def __eq__(self, other):
        return isinstance(other, (tzutc, tzlocal)) or NotImplemented

    __hash__ = None

    def __repr__(self):
        return "tzlocal()"

    __reduce__ = object.__reduce__


UTC = tzutc()


def gettz(name=None):
    return tzlocal() if name in (None, "") else tzutc() if name in ("UTC", "GMT") else None

"""Times as services write them, and as their callers do."""

import calendar
import datetime
import re

from dateutil.tz import tzlocal, tzutc

_ISO = re.compile(r"^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d+))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_RFC822 = re.compile(r"^(?:\w{3}, )?(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|UTC|[+-]\d{4})$")


def _zone(text):
    if text in (None, ""):
        return None
    if text == "GMT":
        return tzutc()
    if text in ("Z", "UTC"):
        # By this name dateutil knows the local zone, where that is UTC: as it is in Lambda.
        return tzlocal()
    hours, minutes = int(text[1:3]), int(text[-2:])
    offset = datetime.timedelta(hours=hours, minutes=minutes)
    return tzutc() if not offset else datetime.timezone(-offset if text[0] == "-" else offset)


def parse_timestamp(value):
    """A service's timestamp: epoch seconds come out in local time (which is UTC in Lambda), texts in the zone that they name."""
    try:
        return datetime.datetime.fromtimestamp(float(value), tzlocal())
    except (TypeError, ValueError):
        pass
    found = _ISO.match(str(value))
    if found:
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        return datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micro, _zone(zone))
    found = _RFC822.match(str(value))
    if found and found.group(2) in _MONTHS:
        day, month, year, hour, minute, second, zone = found.groups()
        return datetime.datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=_zone(zone))
    raise ValueError(f'Invalid timestamp "{value}": Unknown string format: {value}')


def aware(value):
    """A caller's timestamp in UTC: a datetime (naive ones are UTC), epoch seconds, or a text."""
    moment = value if isinstance(value, datetime.datetime) else parse_timestamp(value)
    return moment.replace(tzinfo=tzutc()) if moment.tzinfo is None else moment.astimezone(tzutc())


def iso8601(value):
    moment = aware(value)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ" if moment.microsecond else "%Y-%m-%dT%H:%M:%SZ")


def epoch(value):
    return int(calendar.timegm(aware(value).timetuple()))


def rfc822(value):
    moment = aware(value)
    day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][moment.weekday()]
    return f"{day}, {moment.day:02d} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M:%S} GMT"


formats = {"iso8601": iso8601, "unixtimestamp": epoch, "rfc822": rfc822}

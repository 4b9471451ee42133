"""How is a zone named, so that both databases and Python mean the same by it?"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


def zone_name(moment: datetime) -> str:
    """Return the name of a moment's zone; a fixed offset is named as POSIX does it, whose sign
    is the other way round."""
    key = getattr(moment.tzinfo, "key", None)
    if key is not None:
        return str(key)
    minutes = (moment.utcoffset() or timedelta()) // _MINUTE
    clock = f"{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    ahead = minutes >= 0
    return f"<{'+' if ahead else '-'}{clock.replace(':', '')}>{'-' if ahead else '+'}{clock}"


def zone_named(name: str) -> tzinfo:
    """Return the zone of a name."""
    if not name.startswith("<"):
        return ZoneInfo(name)
    sign, hours, minutes = name[-6], int(name[-5:-3]), int(name[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "-" else -offset)

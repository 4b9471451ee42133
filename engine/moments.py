"""Which moment does a text such as `-3d 14:20` mean?"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

SHAPE = r"[+-]\d{1,4}(?:min|h|d|w|mo|y)(?: (?:[01]\d|2[0-3]):[0-5]\d)?"
"""How far from now, and if wanted at what time of that day."""

_RELATIVE = re.compile(r"([+-]\d{1,4})(min|h|d|w|mo|y)(?: (\d\d):(\d\d))?")
_ABSOLUTE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?")
_SPANS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def is_moment(text: str) -> bool:
    """Tell if a text is a distance from now (`-12d`, `+2h`, `-3d 14:20`) or a date and time."""
    if _RELATIVE.fullmatch(text):
        return re.fullmatch(SHAPE, text) is not None
    try:
        return _absolute(text) is not None
    except ValueError:
        return False


def moment(text: str, now: datetime) -> datetime:
    """Return the moment that a text names, seen from `now` and in its zone. Raises ValueError."""
    found = _RELATIVE.fullmatch(text)
    if found is None:
        meant = _absolute(text)
        if meant is None:
            raise ValueError(text)
        return meant.replace(tzinfo=now.tzinfo)
    amount, unit, hour, minute = found.groups()
    there = _moved(now, int(amount), unit)
    if hour is None:
        return there
    return there.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)


def day(text: str, now: datetime) -> date:
    """Return the date that a text names, seen from `now`. Raises ValueError."""
    return moment(text, now).date()


def _absolute(text: str) -> datetime | None:
    found = _ABSOLUTE.fullmatch(text)
    if found is None:
        return None
    clock = time.fromisoformat(found[2]) if found[2] else time()
    return datetime.combine(date.fromisoformat(found[1]), clock)


def _moved(now: datetime, amount: int, unit: str) -> datetime:
    if unit in _SPANS:
        return now + amount * _SPANS[unit]
    months = now.year * 12 + now.month - 1 + amount * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return now.replace(year=year, month=month + 1, day=min(now.day, last))

"""Which date, time or duration does a text stand for, and which text for a value?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.expressions.values import YearsMonths

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DAYS = re.compile(
    r"(-?)P(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?")
_LATEST_OFFSET = timedelta(hours=18)


def read_date(text: str) -> date | None:
    """Return the date of an ISO text, or None."""
    match = _DATE.fullmatch(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Return the time of day of an ISO text, with its zone if it names one, or None."""
    found = _clock(text)
    return found[0] if found else None


def read_datetime(text: str) -> datetime | None:
    """Return the moment of an ISO text; a date alone is its midnight. None if it is not one."""
    day_text, separator, clock_text = text.partition("T")
    day = read_date(day_text)
    if day is None:
        return None
    if not separator:
        return datetime.combine(day, time())
    found = _clock(clock_text)
    if found is None:
        return None
    try:
        return datetime.combine(day, found[0]) + timedelta(days=found[1])
    except OverflowError:
        return None


def _clock(text: str) -> tuple[time, int] | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = (int(part) for part in match.groups()[:3])
    # Python keeps microseconds; a finer fraction is cut, never rounded up into the next second.
    micro = int((match[4] or "0")[:6].ljust(6, "0"))
    days = 0
    if (hour, minute, second, micro) == (24, 0, 0, 0):
        hour, days = 0, 1
    try:
        return time(hour, minute, second, micro, tzinfo=_zone(match[5])), days
    except (ValueError, ZoneInfoNotFoundError):
        return None


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    if text[0] == "@":
        return ZoneInfo(text[1:])
    hours, minutes, seconds = (*map(int, text[1:].split(":")), 0)[:3]
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return zone_of(-offset if text[0] == "-" else offset)


def zone_of(offset: timedelta) -> tzinfo:
    """Return the zone with a fixed offset; beyond 18 hours raises ValueError."""
    if abs(offset) > _LATEST_OFFSET:
        raise ValueError(offset)
    return timezone(offset) if offset else UTC


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """Return the duration of an ISO text, or None."""
    months = _MONTHS.fullmatch(text)
    if months and (months[2] or months[3]):
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return YearsMonths(-count if months[1] else count)
    days = _DAYS.fullmatch(text)
    if days is None or not any(days.groups()[1:]):
        return None
    return _timedelta(days)


def _timedelta(match: re.Match[str]) -> timedelta | None:
    sign, days, hours, minutes, seconds = match.groups()
    micro = int(Decimal(seconds or 0) * 1_000_000)
    try:
        found = timedelta(
            days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0),
            microseconds=micro,
        )  # fmt: skip
    except OverflowError:
        return None
    return -found if sign else found


def read_temporal(text: str) -> date | datetime | time | timedelta | YearsMonths | None:
    """Return the value of a text after the at-sign, or None."""
    if text.lstrip("-").startswith("P"):
        return read_duration(text)
    if "T" in text:
        return read_datetime(text)
    return read_time(text) if ":" in text else read_date(text)


def duration_text(duration: timedelta) -> str:
    """Return a duration in days and time as ISO text, normalised."""
    ticks = duration // timedelta(microseconds=1)
    sign, ticks = ("-" if ticks < 0 else ""), abs(ticks)
    seconds, micro = divmod(ticks, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    fraction = f".{micro:06d}".rstrip("0") if micro else ""
    clock = "".join(
        f"{amount}{unit}"
        for amount, unit in ((hour, "H"), (minute, "M"), (f"{second}{fraction}", "S"))
        if amount not in (0, "0")
    )
    day = f"{days}D" if days else ""
    return f"{sign}P{day}{'T' + clock if clock else ''}" if day or clock else "PT0S"


def months_text(duration: YearsMonths) -> str:
    """Return a duration in years and months as ISO text, normalised."""
    years, months = divmod(abs(duration.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if duration.months < 0 else ''}P{text}" if text else "P0M"


def clock_text(moment: time | datetime) -> str:
    """Return the time of day as ISO text, with its offset or the name of its zone."""
    fraction = f".{moment.microsecond:06d}".rstrip("0") if moment.microsecond else ""
    text = f"{moment.hour:02d}:{moment.minute:02d}:{moment.second:02d}{fraction}"
    if moment.tzinfo is None:
        return text
    if isinstance(moment.tzinfo, ZoneInfo):
        return f"{text}@{moment.tzinfo.key}"
    offset = moment.utcoffset() or timedelta()
    return text + (offset_text(offset) if offset else "Z")


def offset_text(offset: timedelta) -> str:
    """Return an offset from UTC as ISO text."""
    seconds = abs(offset) // timedelta(seconds=1)
    hours, rest = divmod(seconds, 3600)
    minutes, second = divmod(rest, 60)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{hours:02d}:{minutes:02d}" + (f":{second:02d}" if second else "")

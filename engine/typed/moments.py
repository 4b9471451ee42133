"""Which date, time, moment or duration does a text stand for?"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.field import NotAcceptable
from engine.typed.text import cut, narrow
from engine.wording import Message

EARLIEST = date(1000, 1, 1)
LONGEST = timedelta(days=36_500)

_DATE = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_CLOCK = re.compile(r"([0-9]{1,2})(?::|时|点)([0-9]{2})(?:(?::|分)([0-9]{2})(?:\.0+)?)?[秒分]?")
_OFFSET = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})$")
_ISO = re.compile(
    r"(-?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?"
)
_SPOKEN = re.compile(
    r"(-?)(?:([0-9]{1,6})(?:w|周|星期))?(?:([0-9]{1,6})(?:d|天|日))?"
    r"(?:([0-9]{1,6})(?:h|小时|时))?(?:([0-9]{1,6})(?:min|m|分钟|分))?(?:([0-9]{1,6})(?:s|秒))?"
)
_CLOCK_LONG = re.compile(r"()()()([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9]))?")


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo | None:
    """Return a time zone by its name, or None if there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def typed_date(text: str) -> date | None:
    """Read 2026-11-21, 2026/11/21, 2026年11月21日 or 20261121. Raises NotAcceptable."""
    if len(text) == 10 and text[4] == "-" and text[5] in "01":
        with suppress(ValueError):
            day = date.fromisoformat(text)
            if day >= EARLIEST:
                return day
    plain = narrow(text)
    if not plain:
        return None
    found = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if found is None:
        raise NotAcceptable(_not_a_date(text))
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise NotAcceptable(Message("没有“{text}”这一天", text=cut(text))) from None
    if day < EARLIEST:
        raise NotAcceptable(_not_a_date(text))
    return day


def typed_time(text: str) -> time | None:
    """Read 08:30, 8:30:15 or 8时30分. Raises NotAcceptable."""
    plain = narrow(text)
    if not plain:
        return None
    found = _CLOCK.fullmatch(plain)
    if found is None:
        raise NotAcceptable(_not_a_time(text))
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise NotAcceptable(_not_a_time(text)) from None


def typed_moment(text: str, zone: ZoneInfo) -> datetime | None:
    """Read a date and a time; without an offset it is local to the zone. Raises NotAcceptable."""
    if 16 <= len(text) <= 32 and text[10] == "T" and text[5] in "01":
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(text).replace(microsecond=0)
            return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    plain = narrow(text)
    if not plain:
        return None
    offset = _OFFSET.search(plain)
    local = plain[: offset.start()] if offset else plain
    day_text, _, clock_text = local.replace("T", " ").strip().partition(" ")
    day, clock = typed_date(day_text), typed_time(clock_text)
    if day is None or clock is None:
        raise NotAcceptable(_not_a_moment(text))
    return _in_utc(datetime.combine(day, clock), offset[0] if offset else None, zone, text)


def _in_utc(local: datetime, offset: str | None, zone: ZoneInfo, text: str) -> datetime:
    try:
        if offset is None:
            return local.replace(tzinfo=zone).astimezone(UTC)
        return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotAcceptable(_not_a_moment(text)) from None


def typed_duration(text: str) -> timedelta | None:
    """Read P3DT4H, 3天4小时, 3d 4h or 2:30. Raises NotAcceptable."""
    plain = narrow(text).replace(" ", "")
    if not plain:
        return None
    found = (
        _ISO.fullmatch(plain.upper())
        or _SPOKEN.fullmatch(plain.lower())
        or _CLOCK_LONG.fullmatch(plain)
    )
    if found is None or not any(found.groups()[1:]):
        raise NotAcceptable(Message("“{text}”不是时长，请填如 3天4小时 或 2:30", text=cut(text)))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > LONGEST:
        raise NotAcceptable(Message("时长不能超过 100 年"))
    return -length if found[1] else length


def iso_duration(length: timedelta) -> str:
    """Return a duration as ISO 8601 writes it, as P3DT4H."""
    minus, (days, hours, minutes, seconds) = "-" if length < timedelta() else "", parts_of(length)
    clock = "".join(
        f"{count}{letter}"
        for count, letter in ((hours, "H"), (minutes, "M"), (seconds, "S"))
        if count
    )
    if not days and not clock:
        return "PT0S"
    return f"{minus}P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def parts_of(length: timedelta) -> tuple[int, int, int, int]:
    """Return days, hours, minutes and seconds of a duration, without its sign."""
    whole = abs(length)
    minutes, seconds = divmod(whole.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return whole.days, hours, minutes, seconds


def _not_a_date(text: str) -> Message:
    return Message("“{text}”不是日期，请填如 2026-11-21 的日期", text=cut(text))


def _not_a_time(text: str) -> Message:
    return Message("“{text}”不是时间，请填如 08:30 的时间", text=cut(text))


def _not_a_moment(text: str) -> Message:
    return Message("“{text}”不是日期和时间，请填如 2026-11-21 08:30", text=cut(text))

"""What does a number in a sheet look like to people: a date, a time, a share?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum


class Look(Enum):
    """As what a number is shown."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    DURATION = "duration"


_BUILT_IN = {
    **dict.fromkeys((9, 10), Look.PERCENT),
    **dict.fromkeys((14, 15, 16, 17), Look.DATE),
    **dict.fromkeys((18, 19, 20, 21), Look.TIME),
    22: Look.MOMENT,
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), Look.DATE),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), Look.TIME),
    45: Look.TIME,
    46: Look.DURATION,
    47: Look.TIME,
}
_IGNORED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]hms][^\]]*\]|AM/PM|A/P|上午/下午|General', re.I)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_DAY = timedelta(days=1)
_START = datetime(1899, 12, 30, tzinfo=UTC)
_START_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_LAST = 2_958_466
"""The day after 9999-12-31."""


def look_of(format_id: int, code: str | None) -> Look:
    """Return as what a number format shows numbers."""
    if code is None:
        return _BUILT_IN.get(format_id, Look.NUMBER)
    plain = _IGNORED.sub("", code.split(";")[0]).lower()
    if _ELAPSED.search(plain):
        return Look.DURATION
    if "%" in plain:
        return Look.PERCENT
    clock = bool(re.search("[hs]", plain))
    if re.search("[yd]", plain) or ("m" in plain and not clock):
        return Look.MOMENT if clock else Look.DATE
    return Look.TIME if clock else Look.NUMBER


def number_text(raw: str, look: Look, since_1904: bool = False) -> str:
    """Return a stored number as people see it, with no more digits than a sheet keeps."""
    try:
        number = Decimal(raw)
    except ArithmeticError:
        return raw
    if not number.is_finite() or abs(number.adjusted()) > 300:
        return raw
    if look is Look.PERCENT:
        return f"{_plain(number * 100)}%"
    if look is Look.NUMBER or not 0 <= number < _LAST:
        return _plain(number)
    return _moment_text(number, look, since_1904)


def day_text(serial: Decimal, since_1904: bool = False) -> str:
    """Return the day with this number in a sheet."""
    return _moment_text(serial, Look.DATE, since_1904)


def _moment_text(serial: Decimal, look: Look, since_1904: bool) -> str:
    seconds = round(serial * 86_400)
    if look is Look.DURATION:
        minutes, second = divmod(seconds, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{second:02}"
    moment = _since(since_1904, serial) + timedelta(seconds=seconds)
    if look is Look.DATE:
        return f"{moment:%Y-%m-%d}"
    if look is Look.TIME and seconds < 86_400:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _since(since_1904: bool, serial: Decimal) -> datetime:
    if since_1904:
        return _START_1904
    # Sheets believe that 1900-02-29 existed; days before it are one later.
    return _START + _DAY if serial < 60 else _START


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value() and abs(number) < 10**15:
        return str(int(number))
    text = f"{Decimal(f'{float(number):.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

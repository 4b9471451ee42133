"""Which days does a filter mean that speaks of today?"""

from __future__ import annotations

from engine.filters.visual import BadFilter
from engine.wording import Message

LONGEST = 3660
TODAY = "today()"
_BACK = {"last": "-", "next": "+"}
_LENGTHS = {"week": "P7D", "month": "P1M", "quarter": "P3M", "year": "P1Y"}
_DAYS = {"today": "today()", "yesterday": 'today() - duration("P1D")',
         "tomorrow": 'today() + duration("P1D")'}  # fmt: skip


def _period(which: str, unit: str) -> tuple[str, str]:
    sign = _BACK.get(which)
    inside = f'today() {sign} duration("{_LENGTHS[unit]}")' if sign else "today()"
    return f"start of {unit}({inside})", f"end of {unit}({inside})"


PERIODS = {
    **{name: (day, day) for name, day in _DAYS.items()},
    **{
        f"{which}_{unit}": _period(which, unit)
        for unit in _LENGTHS
        for which in ("this", "last", "next")
    },
}
"""First and last day of each, in FEEL."""


def days_of(text: str) -> int:
    """Return the number of days that a text says. Raises BadFilter."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= LONGEST):
        raise BadFilter(Message("天数应为 1 到 3660 的整数"))
    return int(text)


def last_days(days: int) -> tuple[str, str]:
    """Return the first and the last of so many days up to today, which is one of them."""
    return ago(days - 1), TODAY


def next_days(days: int) -> tuple[str, str]:
    """Return the first and the last of so many days from today on, which is one of them."""
    return TODAY, ahead(days - 1)


def ago(days: int) -> str:
    """Return the day so many days before today."""
    return f'today() - duration("P{days}D")' if days else TODAY


def ahead(days: int) -> str:
    """Return the day so many days after today."""
    return f'today() + duration("P{days}D")' if days else TODAY

"""Which days does a question mean that speaks of today?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

_LONGEST = 36_600


def period(op: str, value: Any, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of `last_days`, `next_days` or `this`; None if the
    question makes no sense."""
    if op == "this":
        return _this(value, today)
    try:
        days = timedelta(days=int(str(value)))
    except ValueError:
        return None
    if not 0 <= days.days <= _LONGEST:
        return None
    return (today - days, today) if op == "last_days" else (today, today + days)


def _this(word: Any, today: date) -> tuple[date, date] | None:
    match word:
        case "week":
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            return _months(today.replace(day=1), 1)
        case "quarter":
            return _months(today.replace(month=today.month - (today.month - 1) % 3, day=1), 3)
        case "year":
            return today.replace(month=1, day=1), today.replace(month=12, day=31)
    return None


def _months(first: date, months: int) -> tuple[date, date]:
    # The 1st plus 31 days is in the next month, wherever it began.
    after = first
    for _ in range(months):
        after = (after + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)

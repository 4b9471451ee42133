"""Does one value meet a condition of a list, as the store would decide it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.expressions.env import Env
from engine.filter import FilterDef


def meets(condition: FilterDef, value: Any, env: Env) -> bool:
    """Tell if a value meets a condition; what is empty meets `empty`, `!=` and `not_in` only."""
    if condition.op in ("empty", "filled"):
        return (value in (None, ())) == (condition.op == "empty")
    if value is None:
        return condition.op in ("!=", "not_in")
    if condition.op in _NEAR:
        return isinstance(value, date) and _NEAR[condition.op](
            condition.value, _day(value, env), env
        )
    if condition.op == "mine":
        return bool(value == env.user.get("id"))
    return _TESTS[condition.op](value, condition.value)


def _equal(value: Any, wanted: Any) -> bool:
    if isinstance(value, tuple):
        return wanted in value
    return bool(value == _like(value, wanted))


def _one_of(value: Any, wanted: Any) -> bool:
    return any(_equal(value, item) for item in _items(wanted))


def _ordered(value: Any, wanted: Any, decide: Callable[[Any, Any], bool]) -> bool:
    other = _like(value, wanted)
    return type(other) is type(value) and decide(value, other)


def _between(value: Any, wanted: Any) -> bool:
    ends = _items(wanted)
    if len(ends) != 2:
        return False
    low, high = ends
    above = low is None or _ordered(value, low, lambda one, other: one >= other)
    return above and (high is None or _ordered(value, high, lambda one, other: one <= other))


def _contains(value: Any, wanted: Any) -> bool:
    if isinstance(value, tuple):
        return wanted in value
    return str(wanted).casefold() in str(value).casefold()


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": _equal,
    "!=": lambda value, wanted: not _equal(value, wanted),
    ">": lambda value, wanted: _ordered(value, wanted, lambda one, other: one > other),
    ">=": lambda value, wanted: _ordered(value, wanted, lambda one, other: one >= other),
    "<": lambda value, wanted: _ordered(value, wanted, lambda one, other: one < other),
    "<=": lambda value, wanted: _ordered(value, wanted, lambda one, other: one <= other),
    "in": _one_of,
    "not_in": lambda value, wanted: not _one_of(value, wanted),
    "contains": _contains,
    "starts_with": lambda value, wanted: str(value).casefold().startswith(str(wanted).casefold()),
    "between": _between,
}


def _last_days(days: Any, day: date, env: Env) -> bool:
    return isinstance(days, int) and env.today - timedelta(days=days) <= day <= env.today


def _next_days(days: Any, day: date, env: Env) -> bool:
    return isinstance(days, int) and env.today <= day <= env.today + timedelta(days=days)


def _this(period: Any, day: date, env: Env) -> bool:
    today = env.today
    match period:
        case "week":
            return day.isocalendar()[:2] == today.isocalendar()[:2]
        case "month":
            return (day.year, day.month) == (today.year, today.month)
        case "quarter":
            return (day.year, (day.month - 1) // 3) == (today.year, (today.month - 1) // 3)
    return period == "year" and day.year == today.year


_NEAR: Mapping[str, Callable[[Any, date, Env], bool]] = {
    "last_days": _last_days,
    "next_days": _next_days,
    "this": _this,
}


def _items(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _day(value: date, env: Env) -> date:
    return value.astimezone(env.now.tzinfo).date() if isinstance(value, datetime) else value


def _like(value: Any, wanted: Any) -> Any:
    """Return what the YAML says as the same kind of value, where that can be done."""
    read = _READ.get(type(value))
    if read is None or isinstance(wanted, bool):
        return wanted
    try:
        return read(str(wanted))
    except (ValueError, InvalidOperation):
        return wanted


_READ: Mapping[type, Callable[[str], Any]] = {
    Decimal: Decimal,
    int: int,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
}

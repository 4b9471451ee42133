"""What do generated functions call for the parts that are not one Python operator?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

from engine.expressions.env import Env
from engine.expressions.feel_types import Kind
from engine.expressions.operations import equal, greater, greater_equal, less, less_equal
from engine.expressions.values import Function, Range, Value, YearsMonths, kind_of

_MOST_STEPS = 10_000


def entry(base: Value, name: str) -> Value:
    """Return what a path finds in a value of any kind; null if there is nothing."""
    match kind_of(base):
        case Kind.CONTEXT:
            return cast("Mapping[str, Value]", base).get(name)
        case Kind.LIST:
            return [entry(item, name) for item in cast("Sequence[Value]", base)]
        case _:
            return prop(base, name)


def prop(base: Any, name: str) -> Value:
    """Return a property of a date, time, duration or range; null for any other."""
    if base is None:
        return None
    reader = _PROPERTIES.get((kind_of(base), name))
    return reader(base) if reader is not None else None


def _second(moment: time | datetime) -> Value:
    if not moment.microsecond:
        return moment.second
    return moment.second + Decimal(moment.microsecond).scaleb(-6)


def _zone_name(moment: time | datetime) -> Value:
    return getattr(moment.tzinfo, "key", None)


def _offset(moment: time | datetime) -> Value:
    return moment.utcoffset()


def _parts(duration: timedelta) -> tuple[int, int, int, Value]:
    ticks = abs(duration) // timedelta(microseconds=1)
    seconds, micro = divmod(ticks, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    sign = -1 if duration < timedelta() else 1
    fine = sign * (second + Decimal(micro).scaleb(-6)) if micro else sign * second
    return sign * days, sign * hour, sign * minute, fine


def _part(position: int) -> Callable[[Any], Value]:
    return lambda duration: _parts(duration)[position]


def _months(duration: YearsMonths, divisor: int) -> tuple[int, int]:
    sign = -1 if duration.months < 0 else 1
    years, months = divmod(abs(duration.months), divisor)
    return sign * years, sign * months


_DAY: dict[str, Callable[[Any], Value]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "weekday": lambda day: day.isoweekday(),
}
_CLOCK: dict[str, Callable[[Any], Value]] = {
    "hour": lambda moment: moment.hour,
    "minute": lambda moment: moment.minute,
    "second": _second,
    "time offset": _offset,
    "timezone": _zone_name,
}
_OWNERS: dict[Kind, dict[str, Callable[[Any], Value]]] = {
    Kind.DATE: _DAY,
    Kind.DATETIME: {**_DAY, **_CLOCK},
    Kind.TIME: _CLOCK,
    Kind.DAYS: {
        "days": _part(0), "hours": _part(1), "minutes": _part(2), "seconds": _part(3),
    },
    Kind.MONTHS: {
        "years": lambda duration: _months(duration, 12)[0],
        "months": lambda duration: _months(duration, 12)[1],
    },
    Kind.RANGE: {
        "start": lambda range_: range_.low,
        "end": lambda range_: range_.high,
        "start included": lambda range_: range_.low_closed,
        "end included": lambda range_: range_.high_closed,
    },
}  # fmt: skip
_PROPERTIES = {
    (kind, name): reader for kind, readers in _OWNERS.items() for name, reader in readers.items()
}


def in_item(item: Value, name: str, outside: Value) -> Value:
    """Return an entry of the item that a filter looks at, or what the name means outside."""
    return item[name] if isinstance(item, Mapping) and name in item else outside


def listed(value: Value) -> Sequence[Value] | None:
    """Return a list as it is, null as null, and any other value as a list of it."""
    if value is None or isinstance(value, list | tuple):
        return cast("Sequence[Value] | None", value)
    return (value,)


def at(items: Value, position: Value) -> Value:
    """Return the item at a position from 1, from the end if negative; null beyond the ends."""
    found = listed(items)
    if found is None or kind_of(position) is not Kind.NUMBER:
        return None
    index = int(cast("Decimal", position))
    if index == 0 or abs(index) > len(found):
        return None
    return found[index - 1 if index > 0 else index]


def filtered(items: Value, passes: Callable[[Value], Value]) -> Value:
    """Return what brackets give whose content turns out to be a condition or a position."""
    found = listed(items)
    if found is None:
        return None
    kept = []
    for item in found:
        answer = passes(item)
        if answer is True:
            kept.append(item)
        elif kind_of(answer) is Kind.NUMBER:
            return at(items, answer)
        elif answer is not None and answer is not False:
            return None
    return kept


def steps(source: Value) -> Sequence[Value] | Iterator[Value] | None:
    """Return the values that a loop goes through; null if there is nothing to go through."""
    if not isinstance(source, Range):
        return listed(source)
    low, high = source.low, source.high
    if kind_of(low) is not kind_of(high):
        return None
    match kind_of(low):
        case Kind.NUMBER:
            return _counted(source, cast("Decimal", low), cast("Decimal", high))
        case Kind.DATE:
            first = cast("date", low).toordinal()
            days = _counted(source, first, cast("date", high).toordinal())
            return None if days is None else map(date.fromordinal, days)
    return None


def _counted(source: Range, low: int | Decimal, high: int | Decimal) -> range | None:
    if low != int(low) or high != int(high) or abs(int(high) - int(low)) > _MOST_STEPS:
        return None
    step = 1 if low <= high else -1
    first = int(low) if source.low_closed else int(low) + step
    return range(first, int(high) + step if source.high_closed else int(high), step)


def within(value: Value, container: Value) -> bool | None:
    """Return whether a value is in a list or range, or is the same as a value."""
    if isinstance(container, Range):
        return in_range(value, container)
    if not isinstance(container, list | tuple):
        return equal(value, container)
    if any(_matches(value, item) for item in container):
        return True
    return isinstance(value, list | tuple) and equal(value, container) is True


def _matches(value: Value, item: Value) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item) is True
    return equal(value, item) is True


def in_range(value: Value, limits: Range) -> bool | None:
    """Return whether a value lies in a range; null if it can't be told."""
    if limits.sign in ("=", "!="):
        same = equal(value, limits.low)
        return same if limits.sign == "=" or same is None else not same
    above = _above(value, limits)
    below = _below(value, limits)
    return False if False in (above, below) else None if None in (above, below) else True


def _above(value: Value, limits: Range) -> bool | None:
    if limits.low is None and limits.sign:
        return value is not None or None
    return (greater_equal if limits.low_closed else greater)(value, limits.low)


def _below(value: Value, limits: Range) -> bool | None:
    if limits.high is None and limits.sign:
        return value is not None or None
    return (less_equal if limits.high_closed else less)(value, limits.high)


def applied(function: Value, arguments: tuple[Value, ...], names: tuple[str, ...]) -> Value:
    """Return what a function that is a value gives; null if it can't be called so."""
    if not isinstance(function, Function):
        return None
    if names:
        if len(names) != len(set(names)) or set(names) != set(function.parameters):
            return None
        given = dict(zip(names, arguments, strict=True))
        arguments = tuple(given[name] for name in function.parameters)
    if len(arguments) != len(function.parameters):
        return None
    return function.call(*arguments)


def zoned(moment: datetime | None, env: Env) -> datetime | None:
    """Return a moment in the zone of the request, if it has none."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=env.now.tzinfo)


def local(moment: datetime | None, env: Env) -> datetime | None:
    """Return a moment as the clock of the request shows it; one without a zone as it is."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(env.now.tzinfo)

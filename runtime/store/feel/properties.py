"""How does SQL take a date, a moment, a time or a duration apart?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, case, cast, extract, func, literal

from engine.expressions import DAYS, INTEGER, TEXT, Kind
from engine.expressions.feel_types import number
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.dates import as_local
from runtime.store.feel.durations import duration_property
from runtime.store.feel.part import BIG, EXACT, NOTHING, Part, as_type
from runtime.store.types import DURATION_SCALE, Span, whole, words

Sql = ColumnElement[Any]
_SQLITE = {
    "year": "%Y", "month": "%m", "day": "%d", "weekday": "%w", "hour": "%H", "minute": "%M",
    "day of year": "%j",
}  # fmt: skip
_POSTGRES = {
    "year": "year", "month": "month", "day": "day", "weekday": "isodow", "hour": "hour",
    "minute": "minute", "day of year": "doy",
}  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def property_of(part: Part, name: str, *, sqlite: bool) -> Part:
    """Return a property, as `due.month` or `spent.hours`."""
    if part.kind in (Kind.DAYS, Kind.MONTHS):
        return duration_property(part, name, sqlite=sqlite)
    if part.kind not in (Kind.DATE, Kind.DATETIME, Kind.TIME):
        raise NotInDatabase(name)
    if name == "second":
        return _seconds(part, sqlite=sqlite)
    if name == "time offset":
        return _offset(part, sqlite=sqlite)
    if name == "timezone":
        return NOTHING
    return Part(_whole(part, name, sqlite=sqlite), INTEGER, True, 0, 10_000, not sqlite)


def _whole(part: Part, name: str, *, sqlite: bool) -> Sql:
    if not sqlite:
        return cast(extract(_POSTGRES[name], as_local(part).sql), BIG)
    found = cast(func.strftime(_SQLITE[name], as_type(part.sql, Text())), Integer)
    return (found + 6) % 7 + 1 if name == "weekday" else found


def _seconds(part: Part, *, sqlite: bool) -> Part:
    kind = number(DURATION_SCALE)
    if not sqlite:
        sql: Sql = cast(extract("second", as_local(part).sql), EXACT)
        return Part(sql, kind, True, DURATION_SCALE, 60 * 10**DURATION_SCALE)
    text = as_type(part.sql, Text())
    # The fraction has six digits in every column, so that the last nine characters are ss.ffffff.
    seconds = cast(func.substr(text, -9, 2), Integer) * literal(10**DURATION_SCALE, whole)
    sql = seconds + cast(func.substr(text, -6), Integer)
    return Part(sql, kind, True, DURATION_SCALE, 60 * 10**DURATION_SCALE)


def _offset(part: Part, *, sqlite: bool) -> Part:
    if part.kind is not Kind.DATETIME or not part.type.zoned:
        return NOTHING
    none = literal(0, whole) if sqlite else literal(Decimal(0), EXACT)
    return Part(as_type(case((part.sql.is_not(None), none)), Span()), DAYS)


def weekday_name(part: Part, *, sqlite: bool) -> Part:
    """Return the English name of the day of the week."""
    return _named(_whole(part, "weekday", sqlite=sqlite), _WEEKDAYS)


def month_name(part: Part, *, sqlite: bool) -> Part:
    """Return the English name of the month."""
    return _named(_whole(part, "month", sqlite=sqlite), _MONTHS)


def _named(place: Sql, names: tuple[str, ...]) -> Part:
    whens = {at: literal(name, words) for at, name in enumerate(names, 1)}
    return Part(as_type(case(whens, value=place), words), TEXT)

"""How do both databases count with dates and moments, as Python's calendar does?"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Double,
    Integer,
    Interval,
    Text,
    Time,
    and_,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal,
    null,
)

from engine.expressions import DATE, DATETIME, DAYS, LOCAL_DATETIME, MONTHS, Kind
from runtime.store.feel.durations import as_number, of_seconds, turned
from runtime.store.feel.known import ZONE
from runtime.store.feel.numbers import to_whole
from runtime.store.feel.part import (
    BIG,
    EXACT,
    Condition,
    LocalMoment,
    Part,
    as_type,
    column_like,
    exact,
)
from runtime.store.types import Moment, day

Sql = ColumnElement[Any]
_FIRST = date(1, 1, 1)
_LAST_DAY = (date(9999, 12, 31) - _FIRST).days
_FIRST_SECOND, _LAST_SECOND = Decimal(-62_135_596_800), Decimal("253402300799.999999")
_FIRST_MONTH, _LAST_MONTH = 12, 9999 * 12 + 11
_DAY = 86_400
_MIDNIGHT = " 00:00:00.000000"
_LAST_TICK = " 23:59:59.999999"
_LENGTHS = {
    "week": "6 days", "month": "1 month -1 day", "quarter": "3 months -1 day",
    "year": "1 year -1 day",
}  # fmt: skip
_UTC = "UTC"


def shifted(moment: Part, duration: Part, *, sqlite: bool, back: bool) -> Part:
    """Return a date or moment later, or earlier, by a duration; null beyond the calendar."""
    by = turned(duration, sqlite=sqlite) if back else duration
    if sqlite:
        found = _on_sqlite(moment, by)
    elif by.kind is Kind.MONTHS:
        found = _months_later(moment, by)
    elif moment.kind is Kind.DATE:
        found = _days_later(moment, by)
    else:
        found = _seconds_later(moment, by)
    return Part(as_type(found, column_like(moment.type)), moment.type)


def _on_sqlite(moment: Part, by: Part) -> Sql:
    called = func.feel_shift_months if by.kind is Kind.MONTHS else func.feel_shift_days
    found = called(as_type(moment.sql, Text()), as_type(by.sql, BIG))
    return func.substr(found, 1, 10) if moment.kind is Kind.DATE else found


def _days_later(moment: Part, by: Part) -> Sql:
    first = literal(_FIRST, day)
    days = cast(moment.sql - first, EXACT) + func.floor(_seconds(by) / literal(_DAY, EXACT))
    return case((days.between(0, _LAST_DAY), first + cast(days, Integer)))


def _seconds_later(moment: Part, by: Part) -> Sql:
    seconds = _seconds(by)
    ends = extract("epoch", moment.sql) + seconds
    tick = cast(literal("1 microsecond", Text()), Interval)
    ticks = cast(seconds * literal(10**6, EXACT), Double)
    later = moment.sql + as_type(tick.op("*")(ticks), Interval())
    return case((as_type(ends, EXACT).between(_FIRST_SECOND, _LAST_SECOND), later))


def _months_later(moment: Part, by: Part) -> Sql:
    months = exact(as_number(by, sqlite=False))
    ends = extract("year", moment.sql) * 12 + extract("month", moment.sql) - 1 + months
    later = moment.sql + func.make_interval(0, cast(months, Integer))
    if moment.kind is Kind.DATE:
        later = cast(later, Date)
    return case((as_type(ends, EXACT).between(_FIRST_MONTH, _LAST_MONTH), later))


def _seconds(by: Part) -> Sql:
    return as_number(by, sqlite=False).sql


def apart(left: Part, right: Part, *, sqlite: bool) -> Part:
    """Return the duration between two dates or two moments."""
    nullable = left.nullable or right.nullable
    seconds = as_number(Part(_apart(left, right, sqlite=sqlite), DAYS, nullable), sqlite=sqlite)
    return of_seconds(seconds, sqlite=sqlite)


def _apart(left: Part, right: Part, *, sqlite: bool) -> Sql:
    if left.kind is not right.kind or left.type.zoned != right.type.zoned:
        return null()
    if sqlite:
        return func.feel_apart(as_type(left.sql, Text()), as_type(right.sql, Text()))
    if left.kind is Kind.DATE:
        return cast(left.sql - right.sql, EXACT) * literal(_DAY, EXACT)
    return cast(extract("epoch", left.sql - right.sql), EXACT)


def months_apart(start: Part, end: Part, *, sqlite: bool) -> Part:
    """Return the whole months from one day to another."""
    if sqlite:
        texts = (as_type(part.sql, Text()) for part in (start, end))
        return Part(func.feel_months_apart(*texts), MONTHS)
    one, other = as_local(start).sql, as_local(end).sql
    years = extract("year", other) - extract("year", one)
    months = years * 12 + extract("month", other) - extract("month", one)
    short = extract("day", other) < extract("day", one)
    long = extract("day", other) > extract("day", one)
    found = case(
        ((months > 0) & short, months - 1), ((months < 0) & long, months + 1), else_=months
    )
    return Part(as_type(cast(found, BIG), BIG), MONTHS)


def day_of(moment: Part, *, sqlite: bool) -> Part:
    """Return the day of a moment; in UTC, as moments are kept."""
    if moment.kind is Kind.DATE:
        return moment
    if sqlite:
        sql: Sql = func.substr(as_type(moment.sql, Text()), 1, 10)
    else:
        sql = cast(as_local(moment).sql, Date)
    return Part(as_type(sql, day), DATE, moment.nullable)


def midnight_of(moment: Part, *, sqlite: bool) -> Part:
    """Return the moment at which a day begins; a moment stays as it is."""
    if moment.kind is not Kind.DATE:
        return moment
    if sqlite:
        sql: Sql = as_type(moment.sql, Text()).concat(literal(_MIDNIGHT, Text()))
    else:
        sql = cast(moment.sql, DateTime(timezone=False))
    return Part(as_type(sql, LocalMoment()), LOCAL_DATETIME, moment.nullable)


def clock_on(moment: Part, clock: Part, *, sqlite: bool) -> Part:
    """Return the moment when the clock shows a time on a day."""
    plain = day_of(moment, sqlite=sqlite)
    if sqlite:
        parts = (as_type(part.sql, Text()) for part in (plain, clock))
        sql: Sql = func.printf("%s %s", *parts)
        sql = case((and_(plain.sql.is_not(None), clock.sql.is_not(None)), sql))
    else:
        sql = plain.sql + clock.sql
    return Part(as_type(sql, LocalMoment()), LOCAL_DATETIME)


def last_moment_of(moment: Part, *, sqlite: bool) -> Part:
    """Return the last moment of a day."""
    if sqlite:
        sql: Sql = as_type(moment.sql, Text()).concat(literal(_LAST_TICK, Text()))
    else:
        sql = moment.sql + literal(time.max, Time())
    return Part(as_type(sql, LocalMoment()), LOCAL_DATETIME, moment.nullable)


def period_start(moment: Part, unit: str, *, sqlite: bool) -> Part:
    """Return the first day of the week, month, quarter or year around a day."""
    if sqlite:
        sql: Sql = func.feel_period(as_type(moment.sql, Text()), f"start of {unit}")
    else:
        sql = cast(func.date_trunc(unit, moment.sql), Date)
    return Part(as_type(sql, day), DATE, moment.nullable)


def period_end(moment: Part, unit: str, *, sqlite: bool) -> Part:
    """Return the last day of the week, month, quarter or year around a day."""
    if sqlite:
        sql: Sql = func.feel_period(as_type(moment.sql, Text()), f"end of {unit}")
        return Part(as_type(sql, day), DATE, moment.nullable)
    following = cast(_LENGTHS[unit], Interval)
    last = cast(func.date_trunc(unit, moment.sql) + following, Date)
    within = func.least(last, literal(date.max, day))
    return Part(as_type(case((moment.sql.is_not(None), within)), day), DATE, moment.nullable)


def as_local(moment: Part) -> Part:
    """Return a moment in UTC without its zone, whose parts can be taken (PostgreSQL)."""
    if moment.kind is not Kind.DATETIME or not moment.type.zoned:
        return moment
    sql = func.timezone(_UTC, moment.sql)
    return Part(as_type(sql, LocalMoment()), LOCAL_DATETIME, moment.nullable)


def made(year: Part, month: Part, day_: Part, *, sqlite: bool) -> Part:
    """Return the date with these numbers; null if there is none."""
    parts = [to_whole(part, sqlite=sqlite) for part in (year, month, day_)]
    if sqlite:
        return Part(as_type(func.feel_date(*parts), day), DATE)
    y, m, d = parts
    known: Condition = y.between(1, 9999) & m.between(1, 12) & d.between(1, 31)
    first = func.make_date(cast(y, Integer), cast(m, Integer), 1)
    found = as_type(first, day) + (cast(d, Integer) - 1)
    right = extract("month", found) == m
    return Part(as_type(case((known, case((right, found)))), day), DATE)


def zoned(moment: Part, *, sqlite: bool) -> Part:
    """Return a moment without a zone as it is in the zone of the request."""
    if moment.type.zoned:
        return moment
    zone = bindparam(ZONE, type_=Text())
    if sqlite:
        sql: Sql = func.feel_zoned(as_type(moment.sql, Text()), zone)
    else:
        sql = func.timezone(zone, moment.sql)
    return Part(as_type(sql, Moment()), DATETIME, moment.nullable)


def local(moment: Part, *, sqlite: bool) -> Part:
    """Return a moment as the clock of the request shows it, without its zone."""
    if not moment.type.zoned:
        return moment
    zone = bindparam(ZONE, type_=Text())
    if sqlite:
        sql: Sql = func.feel_local(as_type(moment.sql, Text()), zone)
    else:
        sql = func.timezone(zone, moment.sql)
    return Part(as_type(sql, LocalMoment()), LOCAL_DATETIME, moment.nullable)

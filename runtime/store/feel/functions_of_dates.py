"""What do the built-in functions of dates, moments and durations become?"""

from __future__ import annotations

from engine.expressions import Kind
from runtime.store.feel import dates, properties
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.calls import function
from runtime.store.feel.part import Part
from runtime.store.feel.writer import Writer


@function("date")
def date_of(
    writer: Writer, first: Part, month: Part | None = None, day: Part | None = None
) -> Part:
    """Write the day of a moment, or the date with a year, month and day."""
    if month is not None and day is not None:
        return dates.made(first, month, day, sqlite=writer.sqlite)
    _refuse_text(first)
    return dates.day_of(first, sqlite=writer.sqlite)


@function("date and time")
def moment_of(writer: Writer, first: Part, clock: Part | None = None) -> Part:
    """Write the midnight of a day, or a time on it; a moment alone stays as it is."""
    _refuse_text(first)
    if clock is not None:
        return dates.clock_on(first, clock, sqlite=writer.sqlite)
    return dates.midnight_of(first, sqlite=writer.sqlite)


@function("duration")
def duration_of(writer: Writer, first: Part) -> Part:
    """Write a duration as it is."""
    _refuse_text(first)
    return first


@function("start of day")
def start_of_day(writer: Writer, day: Part) -> Part:
    """Write the first moment of a day."""
    return dates.midnight_of(day, sqlite=writer.sqlite)


@function("end of day")
def end_of_day(writer: Writer, day: Part) -> Part:
    """Write the last moment of a day."""
    return dates.last_moment_of(day, sqlite=writer.sqlite)


def _start_of(unit: str) -> None:
    @function(f"start of {unit}")
    def start(writer: Writer, day: Part) -> Part:
        return dates.period_start(day, unit, sqlite=writer.sqlite)

    @function(f"end of {unit}")
    def end(writer: Writer, day: Part) -> Part:
        return dates.period_end(day, unit, sqlite=writer.sqlite)


for _unit in ("week", "month", "quarter", "year"):
    _start_of(_unit)


def _refuse_text(part: Part) -> None:
    if part.kind is Kind.TEXT:
        raise NotInDatabase("a text that has to be read")


@function("day of year")
def day_of_year(writer: Writer, day: Part) -> Part:
    """Write which day of its year a day is."""
    return properties.property_of(day, "day of year", sqlite=writer.sqlite)


@function("day of week")
def day_of_week(writer: Writer, day: Part) -> Part:
    """Write the English name of the day of the week."""
    return properties.weekday_name(day, sqlite=writer.sqlite)


@function("month of year")
def month_of_year(writer: Writer, day: Part) -> Part:
    """Write the English name of the month."""
    return properties.month_name(day, sqlite=writer.sqlite)


@function("years and months duration")
def months_between(writer: Writer, start: Part, end: Part) -> Part:
    """Write the whole months between two days."""
    return dates.months_apart(start, end, sqlite=writer.sqlite)

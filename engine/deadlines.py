"""When is something due?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.definition.deadline import DeadlineDef
from engine.worktime import (
    DAY,
    HORIZON,
    NOTHING,
    Windows,
    WorkCalendar,
    add,
    every_hour,
    measure,
    working_days,
    working_hours,
)

TICK = timedelta(microseconds=1)


def due_at(
    deadline: DeadlineDef, start: datetime, row: Mapping[str, Any], calendar: WorkCalendar
) -> datetime | None:
    """Return the moment at which something that began at `start` is due; None while the field
    that it depends on is empty. What only has a time of day is due when that comes next."""
    windows, span = counted(deadline, calendar)
    followed = field_followed(deadline)
    if followed is not None:
        begins = _until(row.get(followed), deadline, calendar)
        return None if begins is None else add(windows, calendar.zone, begins, span)
    due = add(windows, calendar.zone, start, span)
    return due if deadline.at is None else _next_at(deadline.at, start, due, windows, calendar)


def field_followed(deadline: DeadlineDef) -> str | None:
    """Return the field of the record with which a deadline moves, if it has one."""
    return deadline.until or deadline.before


def counted(deadline: DeadlineDef, calendar: WorkCalendar) -> tuple[Windows, timedelta]:
    """Return which time counts for a deadline, and how much of it; negative before a field."""
    sign = -1 if deadline.before else 1
    if deadline.working is not None:
        return working_days(calendar), sign * deadline.working
    if deadline.working_hours is not None:
        return working_hours(calendar), sign * deadline.working_hours
    return every_hour, sign * (deadline.calendar or NOTHING)


def overdue_by(
    deadline: DeadlineDef, due: datetime, now: datetime, calendar: WorkCalendar
) -> timedelta:
    """Return how long something has been due, in the time by which it is counted; nothing before
    it is due."""
    windows, _ = counted(deadline, calendar)
    return max(measure(windows, calendar.zone, due, now), NOTHING)


def paused(
    deadline: DeadlineDef, due: datetime, calendar: WorkCalendar, *, since: datetime, now: datetime
) -> datetime:
    """Return the later moment at which something is due that rested for a while; what follows a
    date of the record does not wait."""
    if field_followed(deadline) is not None or since >= due:
        return due
    windows, _ = counted(deadline, calendar)
    left = measure(windows, calendar.zone, since, due)
    return add(windows, calendar.zone, now, left)


def _until(value: object, deadline: DeadlineDef, calendar: WorkCalendar) -> datetime | None:
    if isinstance(value, datetime):
        day = value.astimezone(calendar.zone).date()
        return value if deadline.at is None else _at(day, deadline.at, calendar)
    if not isinstance(value, date):
        return None
    return _at(value, deadline.at or "00:00", calendar) + (NOTHING if deadline.at else DAY)


def _next_at(
    at: str, start: datetime, due: datetime, windows: Windows, calendar: WorkCalendar
) -> datetime:
    # What ends at midnight belongs to the day that ends then.
    day = (due.astimezone(calendar.zone) - TICK).date()
    days = (day + later * DAY for later in range(HORIZON))
    moments = (_at(one, at, calendar) for one in days if windows(one))
    return next((moment for moment in moments if moment > start), due)


def _at(day: date, at: str, calendar: WorkCalendar) -> datetime:
    return datetime.combine(day, time.fromisoformat(at), calendar.zone)

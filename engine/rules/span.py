"""How much time is meant, and by which clock does it count?"""

from datetime import datetime, timedelta

from msgspec import Struct

from engine.worktime import (
    Windows,
    WorkCalendar,
    add,
    every_hour,
    measure,
    working_days,
    working_hours,
)  # fmt: skip


class Span(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A length of time: exactly one of the three."""

    calendar: timedelta | None = None
    """Time by the clock, as `PT72H`; days off count too."""
    working: timedelta | None = None
    """Working days, as `P2D`; a working day counts as 24 hours."""
    working_hours: timedelta | None = None
    """Working hours, as `PT4H`: only the hours in which people work count."""

    def given(self) -> int:
        """Return how many of the three are said."""
        return sum(one is not None for one in (self.calendar, self.working, self.working_hours))

    def length(self) -> timedelta:
        """Return how much time it is, by its own clock."""
        return self.calendar or self.working or self.working_hours or timedelta(0)

    def windows(self, calendar: WorkCalendar) -> Windows:
        """Return when its time counts."""
        if self.working is not None:
            return working_days(calendar)
        return working_hours(calendar) if self.working_hours is not None else every_hour

    def after(self, start: datetime, calendar: WorkCalendar) -> datetime:
        """Return the moment when it is over that began at another."""
        return add(self.windows(calendar), calendar.zone, start, self.length())

    def before(self, end: datetime, calendar: WorkCalendar) -> datetime:
        """Return the last moment at which it must have begun to be over at another."""
        return add(self.windows(calendar), calendar.zone, end, -self.length())

    def passed(self, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
        """Return how much of its time lies between two moments."""
        return measure(self.windows(calendar), calendar.zone, start, end)


def times(span: Span, count: int) -> Span:
    """Return so many times as much time."""
    return Span(
        calendar=span.calendar * count if span.calendar is not None else None,
        working=span.working * count if span.working is not None else None,
        working_hours=span.working_hours * count if span.working_hours is not None else None,
    )

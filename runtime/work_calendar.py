"""Which days does this workspace work: by law, by its own week, and by what it says of a day?"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from engine.worktime import NOTHING, Window, measure, working_days
from runtime.calendar import OFFICE_HOURS, SATURDAY, announced, statutory
from runtime.store import Store
from runtime.store.calendar_days import SaidCalendar

FRESH = 5.0
"""Seconds for which a process may not notice what another one changed."""


@dataclass(frozen=True)
class Remembered:
    """What the workspace said when it was last asked, and what was worked out from it."""

    said: SaidCalendar
    until: float
    working: dict[date, bool]


class WorkspaceCalendar:
    """The calendar of a workspace, which an administrator can change."""

    def __init__(self, store: Store, zone: str) -> None:
        self._store = store
        self._zone = ZoneInfo(zone)
        self._remembered: Remembered | None = None

    @property
    def zone(self) -> tzinfo:
        """Where the days of the calendar begin and end."""
        return self._zone

    @property
    def said(self) -> SaidCalendar:
        """What the workspace says about its days; at most some seconds old."""
        return self._now().said

    def forget(self) -> None:
        """Ask anew what the workspace says: it was changed."""
        self._remembered = None

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on a day."""
        return self._works(self._now(), day)

    def hours(self, day: date) -> tuple[Window, ...]:
        """Return when people work on a day."""
        remembered = self._now()
        if not self._works(remembered, day):
            return ()
        said = remembered.said.days.get(day)
        if said is not None and said.hours is not None:
            return said.hours
        return self.usual_hours(day.weekday()) or next(
            filter(None, map(self.usual_hours, range(7))), OFFICE_HOURS
        )

    def usual_hours(self, weekday: int) -> tuple[Window, ...]:
        """Return when people work on a day of the week, Monday being 0."""
        usual = OFFICE_HOURS if weekday < SATURDAY else ()
        return self._now().said.week.get(weekday, usual)

    def works_by_rule(self, day: date) -> bool:
        """Tell whether people would work on a day of which nobody said anything here."""
        found = statutory(day)
        return found.working if found else bool(self.usual_hours(day.weekday()))

    def known(self, year: int) -> bool:
        """Tell whether the holidays of a year are announced, or were entered here."""
        return announced(year) or year in self.said.years

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working days between two moments; a working day counts as 24 hours."""
        return max(measure(working_days(self), self._zone, start, end), NOTHING)

    def _works(self, remembered: Remembered, day: date) -> bool:
        found = remembered.working.get(day)
        if found is None:
            said = remembered.said.days.get(day)
            found = said.working if said else self.works_by_rule(day)
            remembered.working[day] = found
        return found

    def _now(self) -> Remembered:
        found = self._remembered
        if found is None or time.monotonic() >= found.until:
            found = self._remembered = self._asked()
        return found

    def _asked(self) -> Remembered:
        with self._store.reading() as unit:
            said = unit.calendar.all()
        return Remembered(said, time.monotonic() + FRESH, {})

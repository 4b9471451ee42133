"""How was a record for a while, as far as rules that wait for time to pass look at it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.record import Record
from engine.worktime import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The time between two changes of a record."""

    start: datetime
    end: datetime
    """Not included."""
    record: Record
    active_at: datetime
    """When something last happened to it, or in the list that a rule watches."""
    entered_at: datetime
    """When it came into its stage."""
    calendar: WorkCalendar
    expected: Mapping[str, timedelta]
    """By stage, the working time that it should need there."""

    def has(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.start <= moment < self.end

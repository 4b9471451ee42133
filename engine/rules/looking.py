"""From which moment does a rule look at the clock?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.worktime import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Looking:
    """One look at the clock."""

    now: datetime
    calendar: WorkCalendar
    since: datetime | None = None
    """When it last looked; None for the first time."""
    there_since: datetime | None = None
    """What came due before is not for it; None if it was always there."""
    evidence: Mapping[str, timedelta | None] = field(default_factory=dict)
    """By item of the form's gates, how long a piece of it is valid, if that is said."""
    expected: Mapping[str, timedelta] = field(default_factory=dict)
    """By stage of the form, the working time that a record should need there."""

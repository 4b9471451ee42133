"""How long has a record been in its stage, and is that too long?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from engine.definition.stage import StageDef
from engine.worktime import WorkCalendar

Mark = Literal["none", "yellow", "red"]


def working_time_in_stage(
    entered: datetime | None, now: datetime, calendar: WorkCalendar
) -> timedelta:
    """Return the working time since the stage was entered."""
    if entered is None or entered > now:
        return timedelta(0)
    return calendar.working_time(entered, now)


def mark(stage: StageDef, spent: timedelta) -> Mark:
    """Return yellow after the expected time, red after the limit (or twice the expected)."""
    if stage.expect is None or stage.outcome:
        return "none"
    if spent > (stage.red or stage.expect * 2):
        return "red"
    return "yellow" if spent > stage.expect else "none"

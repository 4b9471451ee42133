"""What did a decision rest on, and has any of it changed since?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.approvals.course import Course
from engine.approvals.plan import People
from engine.approvals.run import Seat
from engine.record import SYSTEM_FIELDS


def shown_fields(step: People) -> tuple[str, ...]:
    """Return the only fields that a step shows; empty means all."""
    if not step.sees:
        return ()
    further = (*getattr(step, "edit", ()), *getattr(step, "need", ()))
    return tuple(dict.fromkeys((*step.sees, *further)))


def seen_now(course: Course, step: People) -> dict[str, str]:
    """Return the fields that a step shows, with digests of their values."""
    row = course.row
    own = [name for name in row if name not in SYSTEM_FIELDS and not name.endswith(".")]
    return {name: digest(row.get(name)) for name in shown_fields(step) or own}


def changed_since(course: Course, step: People, seat: Seat) -> tuple[str, ...]:
    """Return the fields that have changed since somebody decided at a step."""
    now = seen_now(course, step)
    names = {**seat.saw, **now}
    return tuple(name for name in names if seat.saw.get(name) != now.get(name))


def last_decision(course: Course, step: str, person: str, until: int) -> Seat | None:
    """Return what a person last decided at a step, in one of the first visits of the run."""
    seats = (
        seat
        for visit in reversed(course.run.visits[:until])
        if visit.step == step
        for seat in reversed(visit.seats)
    )
    return next((one for one in seats if one.person == person and one.saw), None)


def digest(value: object) -> str:
    """Return a short text that is another one for every other value."""
    return hashlib.sha256(_written(value).encode()).hexdigest()[:16]


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        items = sorted((str(key), _written(item)) for key, item in value.items() if key != "id")
        return f"m{items}"
    if isinstance(value, list | tuple):
        return f"l{[_written(item) for item in value]}"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return f"n{Decimal(value).normalize():f}"
    if isinstance(value, datetime):
        return f"d{value.timestamp()}"
    if isinstance(value, date | time | timedelta):
        return f"t{value!s}"
    return f"v{value!r}"

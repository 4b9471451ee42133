"""Can a deadline be worked out?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.definition.deadline import DeadlineDef
from engine.loading.links import missing
from engine.loading.nouns import DATE_FIELD
from engine.loading.outline import Outline
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

LONGEST = timedelta(days=3660)
SYSTEM_MOMENTS = ("stage_entered_at", "created_at", "updated_at", "last_activity_at")
"""The moments that every record has beside its form's own fields."""


def deadline_problems(form: Outline, deadline: DeadlineDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a deadline of something that happens to records of a form."""
    spans = {
        name: span
        for name in ("working", "working_hours", "calendar")
        if (span := getattr(deadline, name)) is not None
    }
    if not spans and deadline.until is None and (deadline.at is None or deadline.before):
        message = Message("期限要写 working、working_hours、calendar、until 或 at 中的一个")
        yield spot.problem("deadline.empty", message)
    if deadline.until and deadline.before:
        message = Message("until 和 before 只能写一个")
        yield (spot / "before").key_problem("deadline.two_fields", message)
    for name in list(spans)[1:]:
        message = Message("working、working_hours 和 calendar 只能写一个")
        yield (spot / name).key_problem("deadline.two_spans", message)
    for name, span in spans.items():
        if not timedelta(0) < span <= LONGEST:
            message = Message("期限要长于零，不超过十年")
            yield (spot / name).problem("deadline.span", message)
    dates = [field.id for field in form.fields.values() if field.type in ("date", "datetime")]
    known = (*dates, *SYSTEM_MOMENTS)
    yield from missing(spot / "until", DATE_FIELD, deadline.until, known, "deadline")
    yield from missing(spot / "before", DATE_FIELD, deadline.before, known, "deadline")

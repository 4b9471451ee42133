"""How much working time was there for what people have to do?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.rules.span import Span
from runtime.store.platform_tables import task
from runtime.store.rule_tables import task_term

if TYPE_CHECKING:
    from runtime.store.unit import Unit

COUNTED = ("working", "working_hours")
"""Time that comes elsewhere to an end when a day of the calendar changes."""


@dataclass(frozen=True)
class Term:
    """An open task, and the time that there was for it."""

    task: str
    opened_at: datetime
    due: datetime | None
    within: Span


def keep_term(unit: Unit, id_: str, within: Span) -> None:
    """Note how much time there is for a task, if that counts by the working calendar."""
    for by in COUNTED:
        length: timedelta | None = getattr(within, by)
        if length is not None:
            insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert
            row = {"task": id_, "by": by, "seconds": int(length.total_seconds())}
            unit.connection.execute(insert(task_term).values(row).on_conflict_do_nothing())


def open_terms(unit: Unit) -> Iterator[Term]:
    """Yield the tasks that are still to be done in working time; what ended is forgotten."""
    still = select(task.c.id).where(task.c.state == "open")
    unit.connection.execute(delete(task_term).where(task_term.c.task.not_in(still)))
    asked = (
        select(task.c.id, task.c.opened_at, task.c.due, task_term.c.by, task_term.c.seconds)
        .join(task_term, task_term.c.task == task.c.id)
        .order_by(task.c.id)
    )
    for row in unit.connection.execute(asked).all():
        within = Span(**{row.by: timedelta(seconds=row.seconds)})
        yield Term(row.id, row.opened_at, row.due, within)

"""Which records does a person see because there is something to do about them?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, select, union_all

from engine.record import Entrusted
from runtime.store.approval_tables import entrusted
from runtime.store.platform_tables import task

_TASKS = select(task.c.app, task.c.form, task.c.record, entrusted.c.hide).join(
    entrusted, entrusted.c.task == task.c.id
)
_OPEN = task.c.state == "open"
_COPIES = and_(task.c.state == "done", task.c.kind == "cc")
"""Copies that were read, until they are put away."""

_OWN = task.c.person == bindparam("person")
_ASKED = union_all(_TASKS.where(_OWN, _OPEN), _TASKS.where(_OWN, _COPIES))
"""Two questions in one: each finds its rows by the index."""


def entrusted_to(connection: Connection, person: str) -> Mapping[tuple[str, str], Entrusted]:
    """Return the records that tasks of approvals let a person see, by app and form."""
    ids: dict[tuple[str, str], set[str]] = {}
    hidden: dict[tuple[str, str], set[str]] = {}
    for row in connection.execute(_ASKED, {"person": person}):
        ids.setdefault((row.app, row.form), set()).add(row.record)
        hidden.setdefault((row.app, row.form), set()).update(row.hide or ())
    return {
        where: Entrusted(frozenset(found), frozenset(hidden[where])) for where, found in ids.items()
    }


def put_copies_away(connection: Connection, before: datetime) -> None:
    """End what copies let people see that were read before a moment."""
    old = select(task.c.id).where(
        task.c.kind == "cc", task.c.state == "done", task.c.ended_at < before
    )
    connection.execute(delete(entrusted).where(entrusted.c.task.in_(old)))

"""Which records does a person see because there is something to do about them?"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from engine.record import Entrusted
from runtime.store.approval_tables import entrusted
from runtime.store.platform_tables import task

_OPEN = (
    select(task.c.app, task.c.form, task.c.record, entrusted.c.hide)
    .join(entrusted, entrusted.c.task == task.c.id)
    .where(task.c.state == "open")
)


def entrusted_to(connection: Connection, person: str) -> Mapping[tuple[str, str], Entrusted]:
    """Return the records of a person's open tasks of approvals, by app and form."""
    ids: dict[tuple[str, str], set[str]] = {}
    hidden: dict[tuple[str, str], set[str]] = {}
    for row in connection.execute(_OPEN.where(task.c.person == person)):
        ids.setdefault((row.app, row.form), set()).add(row.record)
        hidden.setdefault((row.app, row.form), set()).update(row.hide or ())
    return {
        where: Entrusted(frozenset(found), frozenset(hidden[where])) for where, found in ids.items()
    }

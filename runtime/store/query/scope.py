"""Which records are in a set of rows, as SQL says it and as expressions decide it?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from engine.access.sight import RowScope
from engine.record import Actor


def scope_condition(scope: RowScope, table: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the part of a set that SQL can tell; expressions are left out."""
    if scope.all:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.own:
        parts.append(table.c.owner == actor.id)
    if scope.department and actor.department is not None:
        parts.append(table.c.department == actor.department)
    if scope.tree and actor.departments:
        parts.append(table.c.department.in_(actor.departments))
    return or_(*parts) if parts else false()


def needs_expressions(scope: RowScope) -> bool:
    """Tell whether SQL alone can't say which records are in the set."""
    return bool(scope.expressions) and not scope.all

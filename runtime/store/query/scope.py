"""Which records are in a set of rows, as SQL says it and as expressions decide it?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, false, or_, true

from engine.access.sight import RowScope
from engine.record import Actor

ACTOR, DEPARTMENT, DEPARTMENTS = "_actor", "_department", "_departments"


def scope_condition(scope: RowScope, table: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the condition for the part of a set that SQL can tell; expressions are left out."""
    if scope.all:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.own:
        parts.append(table.c.owner == bindparam(ACTOR, actor.id))
    if scope.department and actor.department is not None:
        parts.append(table.c.department == bindparam(DEPARTMENT, actor.department))
    if scope.tree and actor.departments:
        below: BindParameter[str] = bindparam(DEPARTMENTS, actor.departments, expanding=True)
        parts.append(table.c.department.in_(below))
    return or_(*parts) if parts else false()


def scope_parameters(scope: RowScope, actor: Actor) -> dict[str, Any]:
    """Return what this person puts into the condition; the same for many persons."""
    if scope.all:
        return {}
    given: dict[str, Any] = {}
    if scope.own:
        given[ACTOR] = actor.id
    if scope.department and actor.department is not None:
        given[DEPARTMENT] = actor.department
    if scope.tree and actor.departments:
        given[DEPARTMENTS] = actor.departments
    return given


def needs_expressions(scope: RowScope) -> bool:
    """Tell whether SQL alone can't say which records are in the set."""
    return bool(scope.expressions) and not scope.all

"""Which records are in a set of rows, as SQL says it?"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, false, or_, true

from engine.access.sight import RowScope
from engine.app import Form
from engine.record import Actor
from runtime.store.feel import At, condition

if TYPE_CHECKING:
    from runtime.store.store import Store

ACTOR, DEPARTMENT, DEPARTMENTS = "_actor", "_department", "_departments"


def scope_condition(
    store: Store, form: Form, scope: RowScope, table: Any, actor: Actor
) -> ColumnElement[bool]:
    """Return the condition for a set of the records of a form, in a table or an alias of it.

    Statements made with it need `scope_parameters`, and `parameters` of its expressions.
    """
    if scope.all:
        return true()
    parts: list[ColumnElement[bool]] = []
    if scope.own:
        parts.append(table.c.owner == bindparam(ACTOR))
    if scope.department and actor.department is not None:
        parts.append(table.c.department == bindparam(DEPARTMENT))
    if scope.tree and actor.departments:
        below: BindParameter[str] = bindparam(DEPARTMENTS, expanding=True)
        parts.append(table.c.department.in_(below))
    if scope.ids:
        single: BindParameter[str] = bindparam(_entrusted(form.app, form.id), expanding=True)
        parts.append(table.c.id.in_(single))
    row = At(store, form, table)
    parts += [condition(expression.tree, row) for expression in scope.expressions]
    return or_(*parts) if parts else false()


def scope_parameters(actor: Actor) -> dict[str, Any]:
    """Return what this person puts into the conditions of any set."""
    return {
        ACTOR: actor.id,
        DEPARTMENT: actor.department,
        DEPARTMENTS: list(actor.departments),
        **{_entrusted(*where): list(what.ids) for where, what in actor.entrusted.items()},
    }


def _entrusted(app: str, form: str) -> str:
    return f"_entrusted_{app}_{form}"


def scope_kind(scope: RowScope, actor: Actor) -> Hashable:
    """Return what the SQL of a set depends on; the same for many persons."""
    if scope.all:
        return True
    return (
        scope.own,
        scope.department and actor.department is not None,
        scope.tree and bool(actor.departments),
        bool(scope.ids),
        *(expression.text for expression in scope.expressions),
    )

"""By which grant may a person do something with a record, and why by no other?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.access.sight import KEYWORDS, RowScope, covers, scope_of
from engine.app import App, Form
from engine.expressions import Compiled, Env
from engine.problems import Location
from engine.record import Actor
from engine.wording import Label, Message

RIGHTS = ("rows", "edit", "delete", "advance", "transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One grant of a role: which records it covers, and whether this one is among them."""

    right: str
    role: str
    label: Label | Message
    scope: str
    """`all`, `own`, `department`, `tree`, `none`, or the text of an expression; `task` and `copy`
    for what a task of an approval lets somebody see, whatever their roles are."""
    holds: bool
    compiled: Compiled | None = None
    at: Location | None = None


def grounds(
    app: App, form: Form, actor: Actor, row: Mapping[str, Any], env: Env
) -> tuple[Ground, ...]:
    """Return every grant that the person's roles have on a form, right by right."""
    held = actor.roles_in(app.id)
    found = []
    for right in RIGHTS:
        for role in app.definition.roles:
            if role.id not in held or role.id not in form.definition.access:
                continue
            grant = form.definition.access[role.id]
            scope = scope_of(form, {role.id: grant}, right)
            found.append(
                Ground(
                    right=right,
                    role=role.id,
                    label=role.label,
                    scope=_named(scope),
                    holds=covers(scope, row, actor, env),
                    compiled=next(iter(scope.expressions), None),
                    at=app.at("forms", form.id, "access", role.id, right),
                )
            )
    return tuple(found)


def _named(scope: RowScope) -> str:
    if scope.expressions:
        return scope.expressions[0].text
    return next((name for name in KEYWORDS if getattr(scope, name)), "none")

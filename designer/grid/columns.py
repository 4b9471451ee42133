"""Which columns does a decision table have, and what may be typed into them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.app import Decision, Form
from engine.definition.access import RoleDef
from engine.expressions import Kind, Type
from engine.wording import words

Sort = Literal["options", "truth", "number", "date", "text", "other", "answer"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the grid."""

    id: str
    label: str
    answers: bool
    """An output rather than an input."""
    sort: Sort
    options: Mapping[str, str] = field(default_factory=dict)
    """What people read, by the id of the option."""


def columns_of(
    decision: Decision, form: Form, locale: str, roles: Sequence[RoleDef] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table from left to right; `roles` are those of the app."""
    definition = decision.definition
    inputs = zip(definition.inputs, decision.table.inputs, strict=True)
    tested = [
        Column(
            id=one.id,
            label=words(one.label, locale),
            answers=False,
            sort=sort_of(column.value.type),
            options=options_of(form, one.value or one.id, column.value.type, locale),
        )
        for one, column in inputs
    ]
    given = [
        Column(
            id=one.id,
            label=words(one.label, locale),
            answers=True,
            sort="answer",
            options=_given(form, one.id, locale, roles),
        )
        for one in definition.outputs
    ]
    return (*tested, *given)


def _given(form: Form, name: str, locale: str, roles: Sequence[RoleDef]) -> Mapping[str, str]:
    """Return what the results of a column are called: the roles of a routing, a field's options."""
    if name == "role" and name not in form.fields:
        return {one.id: words(one.label, locale) for one in roles}
    listed = getattr(form.fields.get(name), "options", ())
    return {one.id: words(one.label, locale) for one in listed}


def sort_of(kind: Type) -> Sort:
    """Return which of the ways of typing suits a type."""
    if kind.options:
        return "options"
    named: Mapping[Kind, Sort] = {
        Kind.BOOLEAN: "truth",
        Kind.NUMBER: "number",
        Kind.DATE: "date",
        Kind.TEXT: "text",
    }
    return named.get(kind.kind, "other")


def options_of(form: Form, name: str, kind: Type, locale: str) -> Mapping[str, str]:
    """Return what the options of an input are called."""
    if name == "stage":
        return {id_: words(one.label, locale) for id_, one in form.stages.items()}
    listed = getattr(form.fields.get(name), "options", ())
    labels = {one.id: words(one.label, locale) for one in listed}
    return {id_: labels.get(id_, id_) for id_ in kind.options or ()}

"""What of a form does a person see, must fill in and may change at this moment?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.access.sight import Sight
from engine.app import Form
from engine.expressions import Env
from engine.field import Field
from engine.forms.plan import LinesPart, Part, plan_of
from engine.forms.showing import hidden_fields, hidden_in, locked, needed


@dataclass(frozen=True, kw_only=True)
class Shown:
    """How one field behaves now, for one person."""

    visible: bool = True
    """False where the form or the person's roles hide it."""
    required: bool = False
    readonly: bool = False
    hidden: bool = False
    """The person may not know it: it must not reach the page at all."""
    masked: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How each part of a form behaves now, for one person."""

    sections: Mapping[str, bool]
    """Shown or not; a section without anything to see is not shown."""
    fields: Mapping[str, Shown]
    rows: Mapping[str, tuple[Mapping[str, Shown], ...]] = field(default_factory=dict)
    """The cells of each row, by line field."""


def layout(form: Form, row: Mapping[str, Any], env: Env, sight: Sight) -> Layout:
    """Return how a form behaves for values as they are now, defaults and formulas filled in."""
    plan = plan_of(form)
    off = hidden_fields(plan, row, env)
    wanted = {one.id for one, _ in needed(plan.record, row, env)}
    shut = locked(plan.record, row, env)
    fields = {id_: _shown(id_, off, wanted, shut, sight) for id_ in form.fields}
    return Layout(
        sections={
            section.id: any(fields[one.id].visible for one in section.fields)
            for section in form.definition.sections
        },
        fields=fields,
        rows={
            part.field.id: _rows(part, row, env, fields[part.field.id])
            for part in plan.lines
            if fields[part.field.id].visible
        },
    )


def _shown(id_: str, off: set[str], wanted: set[str], shut: frozenset[str], sight: Sight) -> Shown:
    hidden, masked = id_ in sight.hidden, id_ in sight.masked
    readonly = id_ in shut or id_ in sight.readonly or masked or hidden
    visible = not hidden and id_ not in off
    return Shown(
        visible=visible,
        required=visible and id_ in wanted,
        readonly=readonly,
        hidden=hidden,
        masked=masked,
    )


def _rows(
    part: LinesPart, row: Mapping[str, Any], env: Env, around: Shown
) -> tuple[Mapping[str, Shown], ...]:
    rows = row.get(part.field.id) or ()
    return tuple(_cells(part.rows, {**inner, "record": row}, env, around) for inner in rows)


def _cells(part: Part, row: Mapping[str, Any], env: Env, around: Shown) -> Mapping[str, Shown]:
    off = hidden_in(part, row, env)
    wanted = {one.id for one, _ in needed(part, row, env)}
    shut = locked(part, row, env)
    return {
        id_: _cell(one, id_ in off, id_ in wanted, id_ in shut or around.readonly)
        for id_, one in part.fields.items()
    }


def _cell(cell: Field, off: bool, wanted: bool, shut: bool) -> Shown:
    return Shown(visible=not off, required=wanted and not off, readonly=shut or not cell.settable)

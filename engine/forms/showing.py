"""Which fields are shown, needed and open to change, given the values of a record?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.app import Form, Need
from engine.expressions import Env
from engine.field import Field
from engine.forms.plan import Part, Plan, plan_of
from engine.wording import Message, Said


def hidden_fields(plan: Plan, row: Mapping[str, Any], env: Env) -> set[str]:
    """Return the fields of a record that are not shown, alone or with their section."""
    hidden = hidden_in(plan.record, row, env)
    for compiled, fields in plan.sections:
        if not compiled.holds(row, env):
            hidden.update(fields)
    return hidden


def hidden_in(part: Part, row: Mapping[str, Any], env: Env) -> set[str]:
    """Return the fields whose own condition does not hold."""
    return {id_ for id_, compiled in part.visible if not compiled.holds(row, env)}


def needed(part: Part, row: Mapping[str, Any], env: Env) -> Iterator[tuple[Field, Need]]:
    """Yield the fields that must be filled now, shown or not."""
    for field, need in part.required:
        if need.when is None or need.when.holds(row, env):
            yield field, need


def need_message(field: Field, need: Need) -> Message:
    """Return what a person reads while a needed field is empty."""
    if need.message is not None:
        return Said(need.message)
    return field.wanted()


def locked(part: Part, row: Mapping[str, Any], env: Env) -> frozenset[str]:
    """Return the fields that people can't change now: worked out, or read-only by the form."""
    shut = {id_ for id_, field in part.fields.items() if not field.settable}
    for id_, compiled in part.readonly.items():
        if compiled is None or compiled.holds(row, env):
            shut.add(id_)
    return frozenset(shut)


def locked_fields(form: Form, row: Mapping[str, Any], env: Env) -> frozenset[str]:
    """Return the fields of a form that nobody may set by hand, given the values of a record."""
    return locked(plan_of(form).record, row, env)


def is_empty(value: object) -> bool:
    """Tell if a field counts as not filled in; no and zero are answers."""
    return value is None or value in ("", ())

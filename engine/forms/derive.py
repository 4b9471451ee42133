"""What becomes of a record's values when some are given, and what is wrong with them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.expressions import Env
from engine.forms.choosing import wrongly_chosen
from engine.forms.defaults import fill_defaults
from engine.forms.line_rows import Around, check_rows, kept_rows, merged_rows
from engine.forms.plan import Plan, plan_of
from engine.forms.showing import hidden_fields, is_empty, need_message, needed
from engine.record import Record, Values
from engine.wording import Message, Said

Complaints = dict[str, tuple[Message, ...]]


@dataclass(frozen=True, kw_only=True)
class Derived:
    """The values of a record as they would be saved, and every complaint about them."""

    values: Values
    complaints: Mapping[str, tuple[Message, ...]]
    """As in a Submission; a failed check that is about no single field stands under `""`."""


def derive(
    form: Form, before: Record | None, values: Values, facts_row: Mapping[str, Any], env: Env
) -> Derived:
    """Put given values over the stored ones, work out what follows from them, and check it all.

    `facts_row` is the record as it would become, with system fields and followed references.
    """
    plan = plan_of(form)
    stored: Values = before.values if before else {}
    complaints: Complaints = {}
    row = _merged(plan, before, values, facts_row, env, complaints)
    _work_out(plan, row, env)
    hidden = hidden_fields(plan, row, env)
    _check_needed(plan, row, hidden, env, complaints)
    _check_context(plan, row, hidden, stored, env, complaints)
    for part in plan.lines:
        if part.field.id not in hidden:
            id_ = part.field.id
            check_rows(part, row[id_] or (), stored.get(id_), env, complaints)
    _check_conditions(plan, row, env, complaints)
    return Derived(values=_kept(plan, row), complaints=complaints)


def _merged(
    plan: Plan,
    before: Record | None,
    given: Values,
    facts_row: Mapping[str, Any],
    env: Env,
    complaints: Complaints,
) -> dict[str, Any]:
    stored: Values = before.values if before else {}
    row = dict(facts_row)
    for id_ in plan.record.fields:
        row[id_] = given[id_] if id_ in given else stored.get(id_)
    if before is None:
        refused = fill_defaults(plan.record, given, row, env)
        for id_, problem in refused.items():
            label = plan.record.fields[id_].label
            complaints[id_] = (Message("“{field}”：{problem}", field=label, problem=problem),)
    around = Around(record=row, env=env, complaints=complaints)
    for part in plan.lines:
        id_ = part.field.id
        seen = facts_row.get(id_)
        row[id_] = merged_rows(part, row[id_], stored.get(id_), seen, around)
    for id_ in plan.links:
        row[id_] = row[id_] or ()
    for lookup in plan.record.lookups:
        row[lookup.id] = lookup.value_in(row)
    return row


def _work_out(plan: Plan, row: dict[str, Any], env: Env) -> None:
    for around, formula, compiled in plan.formulas:
        if around is None:
            row[formula.id] = formula.kept(compiled.value(row, env))
        else:
            for inner in row[around]:
                inner[formula.id] = formula.kept(compiled.value(inner, env))


def _check_needed(
    plan: Plan, row: Mapping[str, Any], hidden: set[str], env: Env, complaints: Complaints
) -> None:
    for field, need in needed(plan.record, row, env):
        if is_empty(row[field.id]) and field.id not in hidden:
            complaints[field.id] = (*complaints.get(field.id, ()), need_message(field, need))


def _check_context(
    plan: Plan,
    row: Mapping[str, Any],
    hidden: set[str],
    stored: Values,
    env: Env,
    complaints: Complaints,
) -> None:
    for field in plan.record.contextual:
        value = row[field.id]
        if value is None or field.id in hidden:
            continue
        problem = field.objection(value, row, env, stored.get(field.id))
        if problem:
            message = Message("“{field}”：{problem}", field=field.label, problem=problem)
            complaints[field.id] = (*complaints.get(field.id, ()), message)
    for field, problem in wrongly_chosen(plan.record, row, stored, env):
        if field.id not in hidden:
            message = Message("“{field}”：{problem}", field=field.label, problem=problem)
            complaints[field.id] = (*complaints.get(field.id, ()), message)


def _check_conditions(plan: Plan, row: Mapping[str, Any], env: Env, complaints: Complaints) -> None:
    for check, compiled, about in plan.checks:
        if not compiled.holds(row, env):
            complaints[about] = (*complaints.get(about, ()), Said(check.message))


def _kept(plan: Plan, row: Mapping[str, Any]) -> Values:
    kept = {id_: row[id_] for id_ in plan.record.fields}
    for id_ in plan.links:
        kept[id_] = row[id_] or None
    for part in plan.lines:
        kept[part.field.id] = kept_rows(part, row[part.field.id])
    return kept

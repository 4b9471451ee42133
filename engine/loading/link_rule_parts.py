"""Do the triggers and actions of rules name what there is?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.loading.link_pages import number_field_problems
from engine.loading.links import all_missing, all_missing_keys, missing
from engine.loading.nouns import (
    DATE_FIELD,
    EVIDENCE,
    FIELD,
    FORM,
    LEDGER,
    REFERENCE,
    ROLE,
    STAGE,
)  # fmt: skip
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.action import Action
from engine.rules.actions.freeze import Freeze
from engine.rules.blanks import blanks
from engine.rules.trigger import Trigger
from engine.rules.triggers.threshold import Threshold
from engine.rules.who import Who
from engine.wording import Message

CHANGING = ("owner", "department", "stage")
"""System fields whose changes the log tells."""
PEOPLE = ("owner", "created_by", "updated_by")
MOMENTS = ("created_at", "updated_at", "stage_entered_at")
NOT_ASKED = frozenset({"lines", "file", "image", "signature", "rich_text"})
"""Fields that need more room than a question has."""
SHOWN = (*PEOPLE, "department", "stage")
"""System fields that texts can show."""


def trigger_problems(
    names: Outlines, form: Outline, trigger: Trigger, spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with what sets a rule off."""
    for key, message in trigger.mistakes():
        yield (spot / key).problem("rule.trigger", message)
    fields = getattr(trigger, "fields", ())
    yield from all_missing(spot / "fields", FIELD, fields, (*form.fields, *CHANGING), "field")
    stages = getattr(trigger, "stages", ())
    yield from all_missing(spot / "stages", STAGE, stages, form.stage_ids, "stage")
    items = getattr(trigger, "items", ())
    yield from all_missing(spot / "items", EVIDENCE, items, _evidence(form), "evidence")
    if isinstance(trigger, Threshold):
        yield from _figure(form, trigger, spot)
        return
    if "field" in trigger.__struct_fields__:
        field = getattr(trigger, "field", None)
        by_day = getattr(trigger, "yearly", False)  # a moment has no day that comes again
        known = form.of_type("date") if by_day else form.of_type("date", "datetime")
        yield from missing(spot / "field", DATE_FIELD, field, known, "field")
    yield from _asked(names, form, trigger, spot)
    yield from _related(names, form, trigger, spot)


def _figure(form: Outline, trigger: Threshold, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the fields of a figure."""
    if trigger.of is not None:
        yield from number_field_problems(form, trigger.of, spot / "of")
    dates = (*form.of_type("date", "datetime"), *MOMENTS)
    yield from missing(spot / "when", DATE_FIELD, trigger.when, dates, "field")


def _asked(names: Outlines, form: Outline, trigger: Trigger, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a button: who may press it, and what they are asked."""
    yield from all_missing(spot / "roles", ROLE, getattr(trigger, "roles", ()), names.roles, "role")
    askable = [
        id_
        for id_, field in form.fields.items()
        if field.settable and field.readonly is not True and field.type not in NOT_ASKED
    ]
    yield from all_missing(spot / "ask", FIELD, getattr(trigger, "ask", ()), askable, "field")


def _related(names: Outlines, form: Outline, trigger: Trigger, spot: Spot) -> Iterator[Problem]:
    of, by = getattr(trigger, "of", None), getattr(trigger, "by", None)
    yield from missing(spot / "of", FORM, of, names.forms, "form")
    other = names.of(of)
    if other is None:
        return
    yield from missing(spot / "by", REFERENCE, by or "", _leading(other, form), "field")


def _leading(other: Outline, form: Outline) -> tuple[str, ...]:
    """Return the reference fields of one form that point to another."""
    references = other.of_type("reference")
    return tuple(id_ for id_ in references if getattr(other.fields[id_], "to", None) == form.id)


def _evidence(form: Outline) -> tuple[str, ...]:
    return tuple(
        item.id
        for stage, _ in form.placed_stages
        for gate in (stage.gate, stage.entry)
        for item in gate.evidence
    )


def unfit(trigger: Trigger, action: Action, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that an action needs a record and its rule goes off for none."""
    needs_one = getattr(action, "by", None) or (
        action.type == "unfreeze" and getattr(action, "people", None) is None
    )
    if not trigger.of_a_record and (needs_one or not action.for_figures):
        message = Message(
            "这样触发的规则没有对应的记录，不能做“{action}”", action=dict(action.title)
        )
        yield spot.problem("rule.action", message)


def action_problems(
    names: Outlines, form: Outline, action: Action, spot: Spot, more: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Yield what is wrong with something that a rule does; `more` is what texts can show too."""
    for key, message in action.mistakes():
        yield (spot / key).problem("rule.action", message)
    for key in ("to", "people"):
        who = getattr(action, key, None)
        if isinstance(who, Who):
            yield from who_problems(names, form, who, spot / key)
    for key in ("text", "way_on"):
        for name in blanks(getattr(action, key, None) or ""):
            yield from missing(spot / key, FIELD, name, (*form.fields, *SHOWN, *more), "field")
    roles = getattr(action, "lifted_by", ())
    yield from all_missing(spot / "lifted_by", ROLE, roles, names.roles, "role")
    ledgers = tuple(ledger.id for ledger in names.app.ledgers)
    yield from missing(spot / "ledger", LEDGER, getattr(action, "ledger", None), ledgers, "ledger")
    yield from _filled(names, form, action, spot)
    stage = getattr(action, "stage", None)
    yield from missing(spot / "stage", STAGE, stage, form.stage_ids, "stage")


def filled_form(names: Outlines, form: Outline, action: Action) -> Outline | None:
    """Return the form whose fields an action fills."""
    through = getattr(action, "through", None)
    if through is not None:
        field = form.fields.get(through)
        return names.of(getattr(field, "to", None)) if field else None
    other = getattr(action, "form", None)
    return form if other is None else names.of(other)


def _filled(names: Outlines, form: Outline, action: Action, spot: Spot) -> Iterator[Problem]:
    named = getattr(action, "form", None)
    yield from missing(spot / "form", FORM, named, names.forms, "form")
    through = getattr(action, "through", None)
    yield from missing(spot / "through", REFERENCE, through, form.of_type("reference"), "field")
    if isinstance(action, Freeze):
        yield from _frozen(names, form, action, spot)
        return
    target = filled_form(names, form, action)
    if target is None:
        return
    settable = [id_ for id_, field in target.fields.items() if field.settable]
    wanted = getattr(action, "set", {})
    yield from all_missing_keys(spot / "set", FIELD, wanted, settable, "field")
    if "by" in action.__struct_fields__:
        by = getattr(action, "by", None)
        yield from missing(spot / "by", REFERENCE, by, _leading(target, form), "field")


def _frozen(names: Outlines, form: Outline, action: Freeze, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that what is frozen does not refer to what it is frozen for."""
    target, subject = names.of(action.form), form
    if action.through is not None:
        field = form.fields.get(action.through)
        found = names.of(getattr(field, "to", None)) if field else None
        if found is None:
            return
        subject = found
    if target is not None:
        yield from missing(spot / "by", REFERENCE, action.by, _leading(target, subject), "field")


def who_problems(names: Outlines, form: Outline, who: Who, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with whom a rule means."""
    people = (*form.of_type("person"), *PEOPLE)
    yield from all_missing(spot / "fields", FIELD, who.fields, people, "field")
    yield from all_missing(spot / "managers_of", FIELD, who.managers_of, people, "field")
    departments = (*form.of_type("department"), "department")
    yield from all_missing(spot / "heads_of", FIELD, who.heads_of, departments, "field")
    yield from all_missing(spot / "roles", ROLE, who.roles, names.roles, "role")

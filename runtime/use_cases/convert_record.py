"""What happens when a record is turned into records of other forms?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from engine.app import Form
from engine.conversions.carry import carried
from engine.definition.form import ConversionDef, CreateDef
from engine.outcomes import Conflict, Denied, Invalid, Missing, Reason, Refusal, Saved, Submission
from engine.record import Record
from engine.stages.advance import Move, Wish, decide
from engine.wording import Message, Said
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.locks import locked
from runtime.use_cases.arriving import on_arrival, reworked
from runtime.use_cases.create_record import Placement, create_in
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.settling import settle_change


@dataclass(frozen=True)
class Converted:
    """Done; the source as it is now, and what was made, by the conversion's own names."""

    source: Record
    made: Mapping[str, Record]


@dataclass(frozen=True, kw_only=True)
class Extra:
    """What a person filled in for the new records, by the conversion's own names."""

    submissions: Mapping[str, Submission] = field(default_factory=dict)


KIND = "converted"
"""Of the event on the source, which tells what was made."""

Outcome = Converted | Invalid | Refusal | Conflict | Denied | Missing


@lost_to_another
def convert_record(
    services: Services, act: Act, form: Form, id_: str, conversion: str, extra: Extra | None = None
) -> Outcome:
    """Make all records of a conversion and move the source, as one transaction: all or nothing.

    Complaints about a new record stand under `<name>.<field>`.
    """
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        do = partial(_convert, work, id_, conversion, extra or Extra())
        outcome = once_for_key(unit, act, work.now, _trace(work), do)
        if not isinstance(outcome, Converted):
            unit.rollback()
        return outcome


def _trace(work: Work) -> Trace[Outcome, Converted]:
    return Trace(left=partial(_event_of, work), found=partial(_as_told, work))


def _event_of(work: Work, outcome: Outcome) -> str | None:
    if not isinstance(outcome, Converted):
        return None
    events = work.unit.events.of_record(work.form, outcome.source.id, kinds=(KIND,), limit=1)
    return events[0].id


def _as_told(work: Work, id_: str) -> Converted | Missing:
    event = work.unit.events.one(id_)
    source = work.unit.records.one(work.form, event.record or "", deleted=True) if event else None
    if event is None or source is None:
        return Missing()
    made = {one["name"]: _made(work, one) for one in event.data["made"]}
    return Converted(source, {name: found for name, found in made.items() if found})


def _made(work: Work, one: Mapping[str, str]) -> Record | None:
    return work.unit.records.one(work.app.forms[one["form"]], one["record"])


def refusal_of(work: Work, reached: Reached, definition: ConversionDef) -> Refusal | Denied | None:
    """Say why the record can't be converted now, if it can't."""
    roles = definition.roles
    if roles and not work.act.actor.roles_in(work.form.app).intersection(roles):
        return Denied(Message("您没有“{action}”的权限", action=definition.label))
    if not roles and not work.within(work.sight.edit, reached.row):
        return Denied(Message("您没有修改这条记录的权限"))
    when = work.form.logic.conversions.get(f"{definition.id}/when")
    if when is None or when.holds(reached.row, work.env):
        return None
    message = (
        Said(definition.message)
        if definition.message
        else Message("现在还不能“{action}”", action=definition.label)
    )
    at = work.app.at("forms", work.form.id, "conversions", definition.id)
    reason = Reason(kind="condition", subject=definition.id, message=message, at=at)
    return Refusal((reason,))


def _convert(work: Work, id_: str, conversion: str, extra: Extra) -> Outcome:
    reached = reach(work, id_)
    definition = definition_of(work.form, conversion)
    if isinstance(reached, Missing) or definition is None:
        return Missing()
    refused = refusal_of(work, reached, definition)
    if refused is not None:
        return refused
    made: dict[str, Record] = {}
    for step in definition.creates:
        outcome = _make(work, reached, definition, step, made, extra)
        if not isinstance(outcome, Record):
            return _shut(work, reached, definition, outcome)
        made[step.id or step.form] = outcome
    return _finish(work, reached, definition, made)


def definition_of(form: Form, conversion: str) -> ConversionDef | None:
    """Return a conversion of the form by its id."""
    return next((c for c in form.definition.conversions if c.id == conversion), None)


def _make(
    work: Work,
    reached: Reached,
    definition: ConversionDef,
    step: CreateDef,
    made: Mapping[str, Record],
    extra: Extra,
) -> Record | Invalid | Denied | Refusal | Missing:
    target = work.app.forms[step.form]
    existing = reached.record.values.get(step.existing) if step.existing else None
    if isinstance(existing, str):
        return work.unit.records.one(target, existing) or Missing()
    name = step.id or step.form
    there = begin(work.services, work.unit, work.act, target)
    typed = extra.submissions.get(name) or Submission(values={}, complaints={}, typed={})
    taken = prefilled(work, reached, definition, step, made)
    submission = replace(typed, values={**taken.values, **typed.values})
    owner = work.unit.people.actor(reached.record.owner or "")
    source = {"form": work.form.id, "record": reached.record.id}
    placement = Placement(owner=owner)
    outcome = create_in(there, submission, placement, typed, data={"source": source})
    match outcome:
        case Saved(record=record):
            return record
        case Invalid(complaints=complaints):
            return Invalid({f"{name}.{id_}": why for id_, why in complaints.items()})
        case _:
            return outcome


def prefilled(
    work: Work,
    reached: Reached,
    definition: ConversionDef,
    step: CreateDef,
    made: Mapping[str, Record],
) -> Submission:
    """Return what a new record takes over from its source."""
    target = work.app.forms[step.form]
    values: dict[str, Any] = dict(carried(work.form, target, step, reached.record.values))
    for id_ in step.set:
        compiled = work.form.logic.conversions[f"{definition.id}/{step.id or step.form}/{id_}"]
        values[id_] = compiled.value(reached.row, work.env)
    for id_, name in step.refer.items():
        values[id_] = (
            reached.record.id if name == "source" else made[name].id if name in made else None
        )
    return Submission(values=values, complaints={}, typed={})


def _shut(
    work: Work,
    reached: Reached,
    definition: ConversionDef,
    unmade: Invalid | Denied | Refusal | Missing,
) -> Outcome:
    """Return the gate's reasons rather than complaints about the new records: no filling in of
    those would open it."""
    if isinstance(unmade, Invalid) and definition.stage:
        # What is going to be kept counts as filled in; any id will do for that.
        kept = dict.fromkeys(definition.keep, reached.record.id)
        decision = _decided(work, reached, definition.stage, kept)
        if isinstance(decision, Refusal):
            return decision
    return unmade


def _decided(work: Work, reached: Reached, stage: str, kept: Mapping[str, str]) -> Move | Refusal:
    after = replace(reached.record, values={**reached.record.values, **kept})
    facts = replace(work.facts(reached.record), record=after, row={**reached.row, **kept})
    target = work.form.stage(stage)
    further = on_arrival(work, after, target) if target else ()
    wish = Wish(target=stage, reason=work.act.reason)
    return decide(work.app, work.form, facts, wish, further)


def _finish(
    work: Work, reached: Reached, definition: ConversionDef, made: Mapping[str, Record]
) -> Outcome:
    source = reached.record
    kept = {id_: made[name].id for id_, name in definition.keep.items()}
    after = replace(source, values={**source.values, **kept})
    held = locked(work, source.id, None if definition.stage else kept)
    if held is not None and (kept or definition.stage):
        return held
    if definition.stage:
        decision = _decided(work, reached, definition.stage, kept)
        if isinstance(decision, Refusal):
            return decision
        after = reworked(work, decision.record)
    listed = [{"name": n, "form": one.form, "record": one.id} for n, one in made.items()]
    saved = settle_change(work, source, after, KIND, data={"made": listed})
    if saved is None:
        return Conflict(record=source, clashes=(), theirs_by=None, theirs_at=None)
    return Converted(source=saved, made=made)

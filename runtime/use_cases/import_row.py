"""What becomes of one record of a sheet at the door where all records come in?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.imports.about_record import AboutRecord
from engine.imports.drafts import Draft
from engine.imports.plan import ImportPlan
from engine.imports.targets import HISTORY
from engine.outcomes import Denied, Invalid, Outcome, Refusal, Saved, Submission
from engine.record import Record, Values
from engine.stages.moves import next_stage, path_of, pipeline_of
from engine.wording import Message
from runtime.store.imports import Fate
from runtime.store.records import NotUnique
from runtime.use_cases.advance_record import Step, advance_in
from runtime.use_cases.checking import new_row
from runtime.use_cases.create_record import History, Placement, blank, create_in
from runtime.use_cases.edit_record import TRIES, edit_in, lost_race
from runtime.use_cases.reach import Reached, Work, reach
from runtime.use_cases.settling import differences
from runtime.use_cases.transfer_record import transfer_in

Complaints = Mapping[str, tuple[Message, ...]]

MISSING = Message("没有找到这条记录，或您没有查看的权限")
TAKEN = Message("有不可重复的内容刚被其他记录占用，请重试")
RACED = Message("这条记录刚被别人修改过，请重试")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One record of a sheet as it was read, and the record that it is to change, if any."""

    draft: Draft
    submission: Submission
    about: AboutRecord
    found: str | None = None


@dataclass(frozen=True, kw_only=True)
class Done:
    """What became of it."""

    kind: Fate
    record: Record | None = None
    complaints: Complaints = field(default_factory=dict)
    before: Mapping[str, Any] | None = None


def bring_in(work: Work, plan: ImportPlan, wish: Wish, *, alone: bool = True) -> Done:
    """Create or change the record, all of it or nothing, inside a transaction that is open.

    Not `alone`, a value that another record takes at this very moment is NotUnique, and then the
    whole transaction must be done anew.
    """
    if not alone and wish.found is None and "stage" not in wish.about.names:
        return _created(work, wish)  # either everything is saved or nothing was begun
    try:
        with work.unit.step() as step:
            done = _created(work, wish) if wish.found is None else _changed(work, plan, wish)
            if done.kind == "refused":
                step.undo()
            return done
    except NotUnique:
        return refused({"": (TAKEN,)})


def refused(complaints: Complaints) -> Done:
    """Say that nothing became of it."""
    return Done(kind="refused", complaints=complaints)


def _created(work: Work, wish: Wish) -> Done:
    placement, shut = _placement(work, wish)
    given = wish.submission
    all_wrong = {**given.complaints, **wish.about.complaints, **shut}
    outcome = create_in(work, replace(given, complaints=all_wrong), placement)
    if not isinstance(outcome, Saved):
        return refused(_complaints(outcome))
    moved = _at_stage(work, outcome.record, wish.about.names.get("stage"))
    return moved if isinstance(moved, Done) else Done(kind="created", record=moved)


def _placement(work: Work, wish: Wish) -> tuple[Placement, Complaints]:
    names, moments = wish.about.names, wish.about.moments
    asked = [id_ for id_ in HISTORY if id_ in names or id_ in moments]
    pipeline = names.get("pipeline")
    if not asked:
        return Placement(pipeline=pipeline), {}
    own = blank(work, wish.submission.values, Placement(pipeline=pipeline))
    if not work.within(work.sight.transfer, new_row(work, own)):
        return Placement(pipeline=pipeline), _not_yours(asked)
    owner = work.unit.people.actor(names["owner"]) if "owner" in names else None
    history = History(
        department=names.get("department"),
        created_by=names.get("created_by"),
        created_at=moments.get("created_at"),
        updated_by=names.get("updated_by"),
        updated_at=moments.get("updated_at"),
    )
    return Placement(owner=owner, pipeline=pipeline, history=history), {}


def _not_yours(asked: list[str]) -> Complaints:
    return {id_: (Message("您没有填写“{field}”的权限", field=HISTORY[id_]),) for id_ in asked}


def _changed(work: Work, plan: ImportPlan, wish: Wish) -> Done:
    reached = reach(work, wish.found or "")
    if not isinstance(reached, Reached):
        return refused({"": (MISSING,)})
    given = {id_: value for id_, value in wish.submission.values.items() if id_ != plan.key}
    all_wrong = {**wish.submission.complaints, **wish.about.complaints}
    record = _edited(work, reached, replace(wish.submission, values=given, complaints=all_wrong))
    if isinstance(record, Record):
        record = _at_stage(work, record, wish.about.names.get("stage"))
    if isinstance(record, Record):
        record = _given_over(work, record, wish.about.names.get("owner"))
    if isinstance(record, Done):
        return record
    if record.version == reached.record.version:
        return Done(kind="unchanged", record=record)
    return Done(kind="changed", record=record, before=_before(work, reached.record, record))


def _edited(work: Work, reached: Reached, submission: Submission) -> Record | Done:
    if not submission.values and not submission.complaints:
        return reached.record
    outcome: Outcome = edit_in(work, reached, submission, None)
    for _ in range(TRIES):
        again = reach(work, reached.record.id) if lost_race(outcome) else None
        if not isinstance(again, Reached):
            break
        outcome = edit_in(work, again, submission, None)
    return outcome.record if isinstance(outcome, Saved) else refused(_complaints(outcome))


def _at_stage(work: Work, record: Record, target: str | None) -> Record | Done:
    """Move the record on, through every gate on the way."""
    while target is not None and record.stage != target:
        step = Step(target=_next_towards(work, record, target))
        outcome = advance_in(work, record.id, step)
        if isinstance(outcome, Refusal):
            return refused({"stage": tuple(reason.message for reason in outcome.reasons)})
        if not isinstance(outcome, Saved):
            return refused(_complaints(outcome))
        record = outcome.record
    return record


def _next_towards(work: Work, record: Record, target: str) -> str:
    pipeline = pipeline_of(work.form, record)
    path = [stage.id for stage in path_of(pipeline)] if pipeline else []
    following = next_stage(work.form, record)
    if following is None or target not in path or record.stage not in path:
        return target
    return following.id if path.index(target) > path.index(record.stage) else target


def _given_over(work: Work, record: Record, owner: str | None) -> Record | Done:
    if owner is None or owner == record.owner:
        return record
    outcome = transfer_in(work, record.id, owner)
    return outcome.record if isinstance(outcome, Saved) else refused(_complaints(outcome))


def _complaints(outcome: Outcome) -> Complaints:
    match outcome:
        case Invalid(complaints=complaints):
            return complaints
        case Denied(message=message):
            return {"": (message,)}
        case Refusal(reasons=reasons):
            return {"": tuple(reason.message for reason in reasons)}
        case _:
            return {"": (RACED if lost_race(outcome) else MISSING,)}


def _before(work: Work, old: Record, new: Record) -> dict[str, Any]:
    """Return what brings a changed record back to what it was."""
    fields = work.form.fields
    changes = differences(work.form, old.values, new.values)
    values = {id_: was for id_, (was, _) in changes.items() if fields[id_].settable}
    entered = old.stage_entered_at
    return {
        "values": values,
        "stage": old.stage,
        "stage_entered_at": entered.isoformat() if entered else None,
        "owner": old.owner,
        "department": old.department,
    }


def title_of(work: Work, draft: Draft, values: Values | None) -> str:
    """Return how people know the record of a row."""
    title = work.form.definition.title
    if title in draft.texts:
        return draft.texts[title][:200]
    value = values.get(title) if values else None
    field_ = work.form.fields[title]
    return field_.show(value)[:200] if value is not None else ""

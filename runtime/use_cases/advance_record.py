"""What happens when somebody moves a record to another stage?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.app import Form
from engine.definition.stage import StageDef
from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal, Saved, Submission
from engine.record import Record
from engine.stages.advance import Move, Wish, decide
from engine.stages.moves import Kind, next_stage
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.locks import locked
from runtime.use_cases.approvals.submit_approval import submit_on_arrival
from runtime.use_cases.arriving import all_missing, on_arrival, reworked
from runtime.use_cases.attach_evidence import Handed, hand_in
from runtime.use_cases.edit_record import edit_in
from runtime.use_cases.once import once
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.settling import settle_change

Advanced = Saved | Invalid | Refusal | Conflict | Denied | Missing

EVENTS: Mapping[Kind, str] = {
    Kind.FORWARD: "advanced",
    Kind.BACK: "returned",
    Kind.ASIDE: "set_aside",
    Kind.RESUME: "resumed",
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """A wish to move, with what is filled in and handed in on the way."""

    target: str | None = None
    submission: Submission | None = None
    evidence: tuple[Handed, ...] = field(default=())
    version: int | None = None
    override: bool = False


@lost_to_another
def advance_record(
    services: Services, act: Act, form: Form, id_: str, step: Step | None = None
) -> Advanced:
    """Fill in, hand in and move, as one transaction: what was filled in is kept only if the
    record moves."""
    step = step or Step()
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        outcome = once(work, lambda: advance_in(work, id_, step))
        if not isinstance(outcome, Saved):
            unit.rollback()
        return outcome


def what_is_missing(
    services: Services, act: Act, form: Form, id_: str, target: str | None = None
) -> Refusal | Missing | None:
    """Return what stands between a record and a stage (the next one), None if nothing does."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        if isinstance(reached, Missing):
            return reached
        stage = target_of(form, reached.record, target)
        if stage is None:
            return None
        reasons = all_missing(work, reached.record, stage)
        return Refusal(reasons) if reasons else None


def target_of(form: Form, record: Record, target: str | None) -> StageDef | None:
    """Return the stage that is meant: the one named, or the next."""
    return form.stage(target) if target else next_stage(form, record)


def advance_in(work: Work, id_: str, step: Step) -> Advanced:
    """Do the same inside a transaction that is open already."""
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    if not work.within(work.sight.advance, reached.row):
        return Denied(Message("您没有推进这条记录的权限"))
    held = locked(work, id_)
    if held is not None:
        return held
    filled = _filled_in(work, reached, step)
    if not isinstance(filled, Record):
        return filled
    wish = Wish(target=step.target, reason=work.act.reason, override=step.override)
    target = target_of(work.form, filled, step.target)
    further = on_arrival(work, filled, target) if target else ()
    decision = decide(work.app, work.form, work.facts(filled), wish, further)
    if isinstance(decision, Refusal):
        return decision
    return _move(work, filled, decision)


def _filled_in(work: Work, reached: Reached, step: Step) -> Record | Advanced:
    record = reached.record
    if step.submission is not None and (step.submission.values or step.submission.complaints):
        edited = edit_in(work, reached, step.submission, step.version)
        if not isinstance(edited, Saved):
            return edited
        record = edited.record
    elif _moved_meanwhile(work, record, step.version):
        return Conflict(record=record, clashes=(), theirs_by=record.updated_by, theirs_at=None)
    for handed in step.evidence:
        refused = hand_in(work, record, handed)
        if refused is not None:
            return refused
    return record


def _moved_meanwhile(work: Work, record: Record, version: int | None) -> bool:
    if version is None or version == record.version:
        return False
    events = work.unit.events.since(work.form, record.id, version)
    return any("stage" in event.changes for event in events)


def _move(work: Work, record: Record, move: Move) -> Advanced:
    kind = "overridden" if move.passed_over else EVENTS[move.kind]
    passed = [reason.subject for reason in move.passed_over]
    data = {"passed_over": passed} if passed else None
    saved = settle_change(work, record, reworked(work, move.record), kind, data=data)
    if saved is None:
        return Conflict(record=record, clashes=(), theirs_by=None, theirs_at=None)
    arrived = submit_on_arrival(work, saved, created=False)
    return Saved(arrived) if isinstance(arrived, Record) else arrived

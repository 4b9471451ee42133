"""What happens when somebody makes a new record?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.app import Form
from engine.outcomes import Denied, Invalid, Missing, Refusal, Saved, Submission
from engine.record import Actor, Record, Values
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.submit_approval import submit_on_arrival
from runtime.use_cases.checking import new_row, not_writable, worked_out
from runtime.use_cases.numbering import numbered
from runtime.use_cases.once import once
from runtime.use_cases.pools.route_record import route_new
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.frozen import frozen_out
from runtime.use_cases.settling import settle_new


@dataclass(frozen=True, kw_only=True)
class Placement:
    """Whose the new record is and which path it takes; by default the actor's, the first fit."""

    owner: Actor | None = None
    routed: bool = False
    """The form gives it away all the same, as it does with what has no owner yet."""
    pipeline: str | None = None
    history: History | None = None


@dataclass(frozen=True, kw_only=True)
class History:
    """What is known of a record that was made elsewhere; what is None is as of now."""

    department: str | None = None
    created_by: str | None = None
    created_at: datetime | None = None
    updated_by: str | None = None
    updated_at: datetime | None = None


@lost_to_another
def create_record(
    services: Services,
    act: Act,
    form: Form,
    submission: Submission,
    placement: Placement | None = None,
) -> Saved | Invalid | Denied | Missing:
    """Check, work out and save a new record with its event, as one transaction."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: create_in(work, submission, placement))


def create_in(
    work: Work,
    submission: Submission,
    placement: Placement | None = None,
    by_hand: Submission | None = None,
    **more: Any,
) -> Saved | Invalid | Denied:
    """Do the same inside a transaction that is open already; `by_hand` is the part that a person
    or program chose, if other values come from elsewhere."""
    if not work.sight.create:
        return Denied(Message("您没有新建“{form}”的权限", form=work.form.definition.label))
    record = blank(work, submission.values, placement or Placement())
    shut = not_writable(work, by_hand or submission, new_row(work, record), {})
    complaints = {**submission.complaints, **shut}
    derived = worked_out(work, None, record, submission.values)
    frozen = frozen_out(work, replace(record, values=derived.values))
    if complaints or derived.complaints or frozen:
        return Invalid({**derived.complaints, **complaints, **frozen})
    values = numbered(work, record, derived.values)
    saved = settle_new(work, replace(record, values=values), **more)
    if placement is None or placement.owner is None or placement.routed:
        saved = route_new(work, saved)
    return _begun(submit_on_arrival(work, saved, created=True))


def _begun(arrived: Record | Refusal | Denied) -> Saved | Invalid | Denied:
    match arrived:
        case Record():
            return Saved(arrived)
        case Refusal(reasons=reasons):
            return Invalid({"": tuple(reason.message for reason in reasons)})
        case _:
            return arrived


def blank(work: Work, values: Values, placement: Placement) -> Record:
    """Return the record before anything is worked out: whose it is, when, on which path."""
    actor = work.act.actor
    # Whoever came from outside owns nothing here: without an owner it is nobody's.
    owner = placement.owner or (None if actor.outside else actor)
    record = Record(
        app=work.form.app,
        form=work.form.id,
        id=new_id(work.now),
        version=1,
        owner=owner.id if owner else None,
        department=owner.department if owner else None,
        pipeline=None,
        stage=None,
        stage_entered_at=None,
        created_at=work.now,
        created_by=work.act.actor.id,
        updated_at=work.now,
        updated_by=work.act.actor.id,
        last_activity_at=work.now,
        values=values,
    )
    if placement.history is not None:
        record = _as_it_was(record, placement.history)
    return _on_its_path(work, record, placement.pipeline)


def _as_it_was(record: Record, history: History) -> Record:
    made = history.created_at or record.created_at
    touched = history.updated_at or (made if history.created_at else record.updated_at)
    return replace(
        record,
        department=history.department or record.department,
        created_by=history.created_by or record.created_by,
        created_at=made,
        updated_by=history.updated_by or history.created_by or record.updated_by,
        updated_at=max(made, touched),
        last_activity_at=max(made, touched),
    )


def _on_its_path(work: Work, record: Record, wanted: str | None) -> Record:
    if not work.form.pipelines:
        return record
    pipeline = next((p for p in work.form.pipelines if p.id == wanted), None)
    if pipeline is None:
        row = work.row(record) if work.form.logic.pipelines else {}
        fitting = (
            p
            for p in work.form.pipelines
            if p.id in work.form.logic.pipelines
            and work.form.logic.pipelines[p.id].holds(row, work.env)
        )
        pipeline = next(fitting, work.form.pipelines[0])
    first = next(stage for stage in pipeline.stages if not stage.aside)
    return replace(record, pipeline=pipeline.id, stage=first.id, stage_entered_at=work.now)

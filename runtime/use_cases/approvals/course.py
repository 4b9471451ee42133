"""How does an approval take its course inside one transaction, with everything that follows?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.app import App, Form, Workflow
from engine.approvals import Command, Decided, Facts, Run, decide, from_data, to_data
from engine.approvals.commands import Cancel
from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal
from engine.record import Actor, Record, Values
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.effects import Performing
from runtime.use_cases.approvals.locks import locks_of
from runtime.use_cases.approvals.organisation import Company
from runtime.use_cases.approvals.versions import running_version
from runtime.use_cases.checking import worked_out
from runtime.use_cases.reach import Work, begin


@dataclass(frozen=True)
class Settled:
    """Done; the approval as it is now."""

    approval: Approval

    @property
    def run(self) -> Run:
        """How it stands."""
        return from_data(self.approval.run)


Answer = Settled | Invalid | Refusal | Denied | Missing | Conflict


@dataclass(frozen=True, kw_only=True)
class Course:
    """One approval inside one transaction, by the definition that it began with."""

    work: Work
    workflow: Workflow
    record: Record
    approval: Approval | None = None
    """None: it is about to begin."""
    parent: str | None = None
    """The approval, and the number of its step, that waits for the one that is about to begin."""


def course_of(services: Services, unit: Unit, act: Act, approval: Approval) -> Course | Missing:
    """Return the course of an approval that is under way; nothing if its form or its record is
    gone for good."""
    app = services.apps.get(approval.app)
    form = app.forms.get(approval.form) if app else None
    if app is None or form is None:
        return Missing()
    record = unit.records.one(form, approval.record, deleted=True)
    workflow = running_version(unit, app, approval)
    if record is None or workflow is None:
        return Missing()
    work = begin(services, unit, act, form)
    return Course(work=work, workflow=workflow, record=record, approval=approval)


def take(course: Course, command: Command, by: Actor | None) -> Answer:
    """Let the machine decide and do everything that follows from it; nothing of it is kept
    unless the answer is Settled."""
    before = course.approval
    if before is None or course.record.deleted_at is None:
        wanted = command
    else:
        wanted = Cancel(reason="deleted")
    run = from_data(before.run) if before else None
    filled = _filled(course, getattr(wanted, "values", {}))
    if isinstance(filled, Invalid):
        return filled
    facts = facts_of(replace(course, record=filled), by)
    if isinstance(facts, Missing):
        return facts
    decided = decide(course.workflow, run, wanted, facts)
    if not isinstance(decided, Decided):
        return decided
    return _kept(course, decided, by)


def _filled(course: Course, values: Values) -> Record | Invalid:
    """Return the record as it will be with what is filled in: conditions look at that."""
    if not values:
        return course.record
    wanted = replace(course.record, values={**course.record.values, **values})
    derived = worked_out(course.work, course.record, wanted, values)
    if derived.complaints:
        return Invalid(derived.complaints)
    return replace(course.record, values=derived.values)


def facts_of(course: Course, by: Actor | None) -> Facts | Missing:
    """Return all that the machine looks at."""
    work = course.work
    submitter = _submitter(course, by)
    if submitter is None:
        return Missing()
    return Facts(
        row=work.unit.records.row(work.form, course.record, course.workflow.reads),
        actor=by,
        submitter=submitter,
        now=work.env.now,
        today=work.env.today,
        calendar=work.services.calendar,
        organisation=Company(work.unit, work.app.id),
    )


def _submitter(course: Course, by: Actor | None) -> Actor | None:
    if course.approval is None:
        return by
    people = course.work.unit.people
    known = people.actor(course.approval.submitter)
    if known is not None:
        return known
    gone = people.one(course.approval.submitter)
    return Actor(id=gone.id, name=gone.name, department=gone.department) if gone else None


def _kept(course: Course, decided: Decided, by: Actor | None) -> Answer:
    work, before = course.work, course.approval
    locks = locks_of(course.workflow.definition, decided.run)
    after = _after(course, decided.run, locks)
    if before is None:
        if not work.unit.approvals.add(after):
            name = course.workflow.definition.label
            return Denied(Message("“{approval}”已在审批中，不能重复提交", approval=name))
    elif not work.unit.approvals.save(before, after):
        return Conflict(record=course.record, clashes=(), theirs_by=None, theirs_at=None)
    performing = Performing(work, after, course.record, by)
    # A change that was read before the lock was there must not be saved after it.
    if locks is not None and (before is None or before.locks is None):
        performing.bump = True
    refused = performing.perform(decided.effects)
    return refused if refused is not None else Settled(after)


def _after(course: Course, run: Run, locks: Any) -> Approval:
    work, before = course.work, course.approval
    over = run.outcome is not None
    changed: Mapping[str, Any] = {
        "state": "ended" if over else "running",
        "outcome": run.outcome,
        "holds": None if over else f"{course.record.id}/{course.workflow.id}",
        "locks": locks,
        "run": to_data(run),
        "ended_at": run.ended_at,
    }
    if before is not None:
        return replace(before, revision=before.revision + 1, **changed)
    return Approval(
        id=run.id,
        app=work.app.id,
        form=work.form.id,
        record=course.record.id,
        workflow=course.workflow.id,
        version=course.workflow.version,
        submitter=run.submitter,
        parent=course.parent,
        opened_at=work.now,
        **changed,
    )


def workflow_of(app: App, form: Form, id_: str) -> Workflow | None:
    """Return a workflow for the records of a form as the app has it now."""
    found = app.workflows.get(id_)
    return found if found is not None and found.form == form.id else None

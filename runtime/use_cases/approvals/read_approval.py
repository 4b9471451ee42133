"""How do the approvals of a record stand, and what may a person do with them now?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.app import Form, Workflow
from engine.approvals import Run, from_data
from engine.definition.workflow import AnyStep, ApproveStep, HandleStep
from engine.outcomes import Missing
from engine.record import Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.decide_approval import Verb
from runtime.use_cases.approvals.versions import running_version
from runtime.use_cases.reach import Work, begin, reach


@dataclass(frozen=True, kw_only=True)
class OwnTask:
    """An open task of the person who looks, and what can be done with it."""

    task: Task
    seat: str
    step: AnyStep | None
    """None: it is the submitter's, to hand in again."""
    verbs: tuple[Verb, ...]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One approval as a person sees it."""

    approval: Approval
    workflow: Workflow
    """By which it runs, whatever the app says now."""
    run: Run
    names: Mapping[str, str]
    """What the people in it are called."""
    own: tuple[OwnTask, ...]
    withdraw: bool
    """Whether the person may ask for it back; the machine may still say no, and why."""
    urge: bool
    take_back: tuple[Task, ...]
    """What the person decided and may want to undo."""


def approvals_of(services: Services, act: Act, form: Form, id_: str) -> tuple[Seen, ...] | Missing:
    """Return the approvals of a record that the person sees, latest first."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if isinstance(reach(work, id_), Missing):
            return Missing()
        found = (_seen(services, unit, act, each) for each in unit.approvals.of_record(id_))
        return tuple(one for one in found if one is not None)


def approval_seen(services: Services, act: Act, id_: str) -> Seen | Missing:
    """Return one approval, to those who see its record and to who submitted it."""
    with services.store.reading() as unit:
        approval = unit.approvals.one(id_)
        form = services.form(approval.app, approval.form) if approval else None
        if approval is None or form is None:
            return Missing()
        work = begin(services, unit, act, form)
        hidden = isinstance(reach(work, approval.record), Missing)
        if hidden and approval.submitter != act.actor.id:
            return Missing()
        return _seen(services, unit, act, approval) or Missing()


def startable(services: Services, act: Act, form: Form, id_: str) -> tuple[Workflow, ...]:
    """Return the workflows that a person may begin for a record by a button now."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        if isinstance(reached, Missing) or not work.within(work.sight.edit, reached.row):
            return ()
        running = {one.workflow for one in unit.approvals.of_record(id_, running=True)}
        return tuple(
            one
            for one in work.app.workflows.values()
            if one.form == form.id and one.id not in running
            if _may_begin(work, reached.record, one)
        )


def _may_begin(work: Work, record: Record, workflow: Workflow) -> bool:
    start = workflow.definition.start
    mine = work.act.actor.roles_in(work.app.id)
    if not start.button or (start.roles and not mine.intersection(start.roles)):
        return False
    condition = workflow.logic.get("start/when")
    row = work.unit.records.row(work.form, record, workflow.reads)
    return condition is None or condition.holds(row, work.env)


def submitted_by(
    services: Services, act: Act, *, open_only: bool = False, before: str | None = None
) -> tuple[Approval, ...]:
    """Return what the person submitted, latest first."""
    with services.store.reading() as unit:
        state = "running" if open_only else None
        return unit.approvals.of_submitter(act.actor.id, state=state, before=before)  # type: ignore[arg-type]  # one of its states


def _seen(services: Services, unit: Unit, act: Act, approval: Approval) -> Seen | None:
    app = services.apps.get(approval.app)
    workflow = running_version(unit, app, approval) if app else None
    if workflow is None:
        return None
    run, me = from_data(approval.run), act.actor.id
    mine = [task for task in unit.tasks.of_approval(approval.id) if task.person == me]
    waits = approval.state == "running"
    own = approval.submitter == me and waits
    return Seen(
        approval=approval,
        workflow=workflow,
        run=run,
        names=unit.people.names(_people(run)),
        own=tuple(own_task(workflow, task) for task in mine if task.state == "open"),
        withdraw=own and workflow.definition.withdraw != "never",
        urge=own and workflow.definition.urge is not None,
        take_back=tuple(
            task
            for task in mine
            if waits and task.state == "done" and task.kind == "approve"
            if workflow.definition.take_back
        ),
    )


def own_task(workflow: Workflow, task: Task) -> OwnTask:
    """Return a task of an approval with what can be done with it."""
    step = step_of(workflow, task.step)
    return OwnTask(
        task=task, seat=task.key.rpartition(":")[2], step=step, verbs=verbs_of(task, step)
    )


def step_of(workflow: Workflow, id_: str | None) -> AnyStep | None:
    """Return a step of a workflow, wherever it lies."""
    return next((step for step in _all_steps(workflow.definition.steps) if step.id == id_), None)


def _all_steps(steps: Iterable[AnyStep]) -> Iterable[AnyStep]:
    for step in steps:
        yield step
        for path in getattr(step, "paths", ()):
            yield from _all_steps(path.steps)


def verbs_of(task: Task, step: AnyStep | None) -> tuple[Verb, ...]:
    """Return what can be done with a task of its kind at this step."""
    match task.kind:
        case "todo":
            return ("resubmit",)
        case "opinion":
            return ("opine",)
        case "cc":
            return ("acknowledge",)
    own: tuple[Verb, ...] = ("handle",) if task.kind == "handle" else ("agree", "refuse")
    further: list[Verb] = []
    if isinstance(step, ApproveStep | HandleStep):
        further += ["return"] if step.back.to else []
        further += ["transfer"] if step.transfer else []
    if isinstance(step, ApproveStep):
        further += ["add_signer"] if step.add else []
        further += ["ask_opinion"]
    return (*own, *further)


def _people(run: Run) -> set[str]:
    found = {run.submitter}
    for visit in run.visits:
        for seat in visit.seats:
            found |= {seat.person, seat.by or seat.person, seat.instead_of or seat.person}
    return found

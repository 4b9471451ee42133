"""What happens when somebody submits a record for approval, or it is submitted by itself?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.app import Form, Workflow
from engine.approvals.commands import Submit
from engine.outcomes import Denied, Missing, Refusal
from engine.record import Record
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Course, Settled, take, workflow_of
from runtime.use_cases.approvals.versions import keep_version
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Work, begin, reach


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is said when submitting, and who was chosen for steps that leave the choice."""

    remark: str | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


NOTHING_SAID = Wish()


@lost_to_another
def submit_approval(
    services: Services, act: Act, form: Form, id_: str, workflow: str, wish: Wish = NOTHING_SAID
) -> Answer:
    """Begin an approval of a record, as one transaction with its first tasks and messages."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        answer = once_for_key(
            unit, act, work.now, trace_of(unit), lambda: _submit(work, id_, workflow, wish)
        )
        if not isinstance(answer, Settled):
            unit.rollback()
        return answer


def trace_of(unit: Unit) -> Trace[Answer, Settled]:
    """Return how an act on an approval is recognised when it is sent again."""
    return Trace(
        left=lambda answer: answer.approval.id if isinstance(answer, Settled) else None,
        found=lambda id_: _known(unit, id_),
    )


def _known(unit: Unit, id_: str) -> Settled | Missing:
    approval = unit.approvals.one(id_)
    return Settled(approval) if approval else Missing()


def _submit(work: Work, id_: str, name: str, wish: Wish) -> Answer:
    reached = reach(work, id_)
    workflow = workflow_of(work.app, work.form, name)
    if isinstance(reached, Missing) or workflow is None:
        return Missing()
    label = workflow.definition.label
    if not workflow.definition.start.button:
        return Denied(Message("“{approval}”由系统自动发起，不能手动提交", approval=label))
    if not work.within(work.sight.edit, reached.row):
        return Denied(Message("您没有提交“{approval}”的权限", approval=label))
    return submit_in(work, reached.record, workflow, wish)


def submit_in(
    work: Work,
    record: Record,
    workflow: Workflow,
    wish: Wish = NOTHING_SAID,
    *,
    automatic: bool = False,
    parent: str | None = None,
) -> Answer:
    """Do the same inside a transaction that is open already. `automatic`: nobody pressed a button,
    so that it does not matter who may."""
    keep_version(work.unit, workflow, work.now)
    course = Course(work=work, workflow=workflow, record=record, parent=parent)
    command = Submit(
        run=new_id(work.now),
        record=record.id,
        remark=wish.remark,
        chosen=wish.chosen,
        automatic=automatic,
    )
    return take(course, command, work.act.actor)


def submit_on_arrival(work: Work, record: Record, *, created: bool) -> Record | Refusal | Denied:
    """Begin what begins by itself when a record is created, or comes into its stage. Return the
    record as it is then, or why it can't begin, so that nothing of it happens."""
    for workflow in work.app.workflows.values():
        start = workflow.definition.start
        arrives = start.stage is not None and start.stage == record.stage
        if workflow.form != work.form.id or not (arrives or (created and start.created)):
            continue
        if not _begins(work, record, workflow):
            continue
        answer = submit_in(work, record, workflow, automatic=True)
        if isinstance(answer, Refusal | Denied):
            return answer
        record = work.unit.records.one(work.form, record.id) or record
    return record


def _begins(work: Work, record: Record, workflow: Workflow) -> bool:
    for running in work.unit.approvals.of_record(record.id, running=True):
        if running.workflow == workflow.id:
            return False
    condition = workflow.logic.get("start/when")
    row = work.unit.records.row(work.form, record, workflow.reads)
    return condition is None or condition.holds(row, work.env)

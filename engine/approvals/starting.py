"""May this record be submitted by this person?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.app import Workflow
from engine.approvals.commands import Submit
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked
from engine.approvals.facts import Facts
from engine.approvals.reasons import order, refusal, wrong_choices
from engine.approvals.run import Run
from engine.approvals.walking import enter
from engine.outcomes import Reason
from engine.wording import Message, Said


def new_run(workflow: Workflow, command: Submit, facts: Facts) -> Run:
    """Return an approval that has not begun yet."""
    return Run(
        id=command.run,
        workflow=workflow.id,
        version=workflow.version,
        record=command.record,
        submitter=facts.submitter.id,
        started_at=facts.now,
        remark=command.remark,
        chosen=dict(command.chosen),
    )


def start(course: Course, command: Submit) -> Blocked:
    """Begin."""
    blocked = refusal([*unfit(course), *wrong_choices(course, command.chosen)])
    if blocked is not None:
        return blocked
    course.note("submitted", by=course.run.submitter, remark=command.remark)
    enter(course, course.plan.first, None)
    return None


def unfit(course: Course) -> Iterator[Reason]:
    """Yield why the record, or the person, does not fit this workflow."""
    definition = course.workflow.definition
    roles = course.facts.submitter.roles_in(course.workflow.app)
    if definition.start.roles and not roles.intersection(definition.start.roles):
        text = Message(
            "您的角色不能提交“{workflow}”，请让有权限的同事提交", workflow=definition.label
        )
        yield Reason(kind="access", subject="roles", message=text)
    yield from not_ready(course)


def not_ready(course: Course) -> Iterator[Reason]:
    """Yield why the record does not fit."""
    definition = course.workflow.definition
    if definition.start.when is None or course.holds("start/when"):
        return
    if definition.start.message is not None:
        yield order(Said(definition.start.message), "start")
    else:
        text = Message(
            "这条记录现在不符合“{workflow}”的提交条件，请先补齐", workflow=definition.label
        )
        yield order(text, "start")

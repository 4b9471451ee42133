"""Which demo records are in approval, and who has agreed already?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.approvals.commands import Agree
from engine.definition.data import DemoRow
from engine.outcomes import Missing
from engine.record import Actor, Record
from runtime.use_cases.approvals.course import Answer, Settled, course_of, take
from runtime.use_cases.approvals.submit_approval import submit_in
from runtime.use_cases.reach import Work


class NotInApproval(Exception):
    """A demo record can't be in the approval that its row names; says why."""


def begin_approval(work: Work, record: Record, row: DemoRow, people: Mapping[str, Actor]) -> None:
    """Submit the record as its owner at the moment when it came into its stage, and let those
    agree who have. Raises NotInApproval."""
    if row.approval is None:
        return
    at = record.stage_entered_at or work.now
    then = _at(work, at)
    workflow = work.app.workflows.get(row.approval)
    if workflow is None or workflow.form != work.form.id:
        raise NotInApproval(row.approval)
    answer = submit_in(then, record, workflow, automatic=True)
    for login in row.agreed:
        answer = _agreed(then, _settled(answer), people[login])
    _settled(answer)


def _agreed(work: Work, before: Settled, person: Actor) -> Answer:
    act = replace(work.act, actor=person)
    course = course_of(work.services, work.unit, act, before.approval)
    seat = next((one for one in before.run.open_seats if one.person == person.id), None)
    if isinstance(course, Missing) or seat is None:
        return Missing()
    at = work.now
    agree = Agree(seat=seat.id, opinion="同意")
    return take(replace(course, work=_at(course.work, at)), agree, person)


def _settled(answer: Answer) -> Settled:
    if not isinstance(answer, Settled):
        raise NotInApproval(str(answer))
    return answer


def _at(work: Work, at: datetime) -> Work:
    services = work.services
    env = replace(work.env, now=services.local(at), today=services.today(at))
    return replace(work, now=at, env=env)

"""How does a rule submit its record for approval?"""

from __future__ import annotations

from dataclasses import replace

from engine.outcomes import Denied, Invalid, Refusal
from engine.rules.actions.start_approval import StartApproval
from engine.wording import Message
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.submit_approval import submit_in
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed, Outrun, first_of


def perform(doing: Doing, action: StartApproval) -> Came:
    """Submit it as its owner would: results and questions go to them."""
    work = doing.work
    owner = work.unit.people.actor(doing.record.owner or "")
    if owner is None:
        return Failed(Message("记录没有在职的负责人，不能发起审批"))
    theirs = begin(work.services, work.unit, replace(work.act, actor=owner), work.form)
    workflow = work.app.workflows[action.workflow]
    answer = submit_in(theirs, doing.record, workflow, automatic=True)
    match answer:
        case Settled():
            record = work.unit.records.one(work.form, doing.record.id)
            return Did(told={"people": [owner.id]}, record=record)
        case Refusal(reasons=reasons):
            return Failed(Message("{reasons}", reasons=[reason.message for reason in reasons]))
        case Invalid(complaints=complaints):
            return first_of(complaints)
        case Denied(message=message):
            return Failed(message)
    raise Outrun

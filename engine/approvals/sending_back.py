"""Where can a record be sent back to, and how does it come again?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.commands import Resubmit, Return
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked, decided, note, take_over
from engine.approvals.effects import CloseTask
from engine.approvals.plan import Deciding
from engine.approvals.reasons import (
    order,
    over,
    own_seat,
    refusal,
    unproved,
    unsaid,
    wrong_choices,
)
from engine.approvals.run import SUBMITTER, Run, Seat
from engine.approvals.starting import not_ready
from engine.approvals.walking import finish, send_back
from engine.definition.workflow import ApproveStep
from engine.outcomes import Denied, Reason
from engine.wording import Message


def back_targets(course: Course, seat: Seat) -> tuple[str, ...]:
    """Return where a seat may send the record back to: steps that were come to, the nearest
    first, and the submitter."""
    step = course.plan.step(course.run.visit_of(seat).step)
    assert isinstance(step, Deciding)
    wanted = step.back.to
    been = _been(course.run)
    earlier = [one for one in reversed(course.plan.earlier(step.id)) if one in been]
    nearest = earlier[0] if earlier else None
    steps = [
        one
        for one in earlier
        if "any" in wanted or one in wanted or ("previous" in wanted and one == nearest)
    ]
    to_submitter = "any" in wanted or SUBMITTER in wanted
    return (*steps, SUBMITTER) if to_submitter else tuple(steps)


def _been(run: Run) -> frozenset[str]:
    """Return the steps at which somebody really was asked, and that still count."""
    return frozenset(
        visit.step
        for visit in run.visits
        if visit.state == "done" and any(seat.order for seat in visit.seats)
    )


def return_(course: Course, command: Return) -> Blocked:
    """Send the record back."""
    seat = own_seat(course, command.seat, "approve", "handle")
    if not isinstance(seat, Seat):
        return seat
    step = course.plan.step(course.run.visit_of(seat).step)
    assert isinstance(step, Deciding)
    targets = back_targets(course, seat)
    to = _target(command.to, targets)
    reasons = list(_wrong_way(course, step, command, to))
    if isinstance(step, ApproveStep):
        reasons += unsaid(step, "return", command.opinion)
        reasons += unproved(step, confirmed=command.confirmed, signature=None, agrees=False)
    blocked = refusal(reasons)
    if blocked is not None or to is None:
        return blocked
    n = course.run.visit_of(seat).n
    resubmit = command.resubmit or step.back.resubmit[0]
    done = decided(course, seat, "return", opinion=command.opinion)
    send_back(course, n, to, resubmit, done, command.opinion)
    return None


def _target(wanted: str, targets: tuple[str, ...]) -> str | None:
    if wanted == "previous":
        return next((one for one in targets if one != SUBMITTER), None)
    return wanted if wanted in targets else None


def _wrong_way(course: Course, step: Deciding, command: Return, to: str | None) -> Iterator[Reason]:
    if to is None:
        seat = course.run.seat(command.seat)
        assert seat is not None
        places = [place_label(course, one) for one in back_targets(course, seat)]
        if places:
            text = Message("不能退回到那里，可以退回到：{places}", places=places)
        else:
            text = Message("“{step}”不允许退回，可以同意、不同意或转交", step=step.label)
        yield order(text, "to")
    if command.resubmit is not None and command.resubmit not in step.back.resubmit:
        yield order(Message("这一步不允许这样重新提交，请换一种方式"), "resubmit")


def place_label(course: Course, place: str) -> object:
    """Return what a place is called that a record can be sent back to."""
    return Message("提交人") if place == SUBMITTER else course.plan.step(place).label


def resubmit(course: Course, command: Resubmit) -> Blocked:
    """Hand in again what was returned."""
    ended = over(course)
    if ended is not None:
        return ended
    seat = next((one for one in course.run.open_seats if one.kind == "todo"), None)
    if seat is None:
        return refusal([order(Message("申请没有被退回，不需要重新提交"))])
    actor = course.facts.actor
    if actor is None or actor.id != seat.person:
        name = course.facts.organisation.name(seat.person)
        return Denied(Message("只有{person}能重新提交", person=name))
    blocked = refusal([*not_ready(course), *wrong_choices(course, command.chosen)])
    if blocked is not None:
        return blocked
    take_over(course, {}, command.chosen)
    course.emit(CloseTask(seat=seat.id, outcome="resubmitted"))
    done = course.reseat(
        seat,
        state="done",
        outcome="resubmitted",
        by=actor.id,
        ended_at=course.now,
        opinion=command.remark,
    )
    note(course, done, "resubmitted", {"remark": command.remark})
    finish(course, course.run.visit_of(seat).n, "over")
    return None

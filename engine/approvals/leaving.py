"""What happens when somebody takes back, withdraws, urges, or has seen a copy?"""

from __future__ import annotations

from engine.approvals.commands import Acknowledge, Cancel, ChildEnded, Urge, Withdraw
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked, note
from engine.approvals.effects import CloseTask
from engine.approvals.reasons import order, over, own_seat, refusal
from engine.approvals.run import Seat
from engine.approvals.seating import tell
from engine.approvals.walking import end, finish, refused
from engine.definition.workflow import SubStep
from engine.outcomes import Denied
from engine.wording import Message


def withdraw(course: Course, command: Withdraw) -> Blocked:
    """Take the whole thing back, as who submitted it."""
    ended = over(course)
    if ended is not None:
        return ended
    wrong = _not_submitter(course, Message("只有提交人{person}能撤回", person=_submitter(course)))
    if wrong is not None:
        return wrong
    policy = course.workflow.definition.withdraw
    if policy == "never":
        text = Message("“{workflow}”提交后不能撤回，可以请审批人退回", workflow=_label(course))
        return refusal([order(text)])
    if policy == "untouched" and course.run.decisions:
        return refusal([order(Message("已经有人处理过，不能撤回了，可以请审批人退回"))])
    asked = tuple(dict.fromkeys(seat.person for seat in course.run.open_seats))
    course.note("withdrawn", by=course.run.submitter, reason=command.reason)
    end(course, "withdrawn")
    told = tuple(person for person in asked if person != course.run.submitter)
    text = Message(
        "{person}撤回了“{workflow}”，不用再处理", person=_submitter(course), workflow=_label(course)
    )
    tell(course, told, text, "change", "withdrawn")
    return None


def cancel(course: Course, command: Cancel) -> Blocked:
    """End it because it makes no sense any more."""
    if course.run.outcome is None:
        course.note("cancelled", reason=command.reason)
        end(course, "cancelled")
    return None


def urge(course: Course, _: Urge) -> Blocked:
    """Ask those who must decide to hurry."""
    ended = over(course)
    if ended is not None:
        return ended
    wrong = _not_submitter(course, Message("只有提交人{person}能催办", person=_submitter(course)))
    if wrong is not None:
        return wrong
    pause, last = course.workflow.definition.urge, course.run.urged_at
    if pause is None:
        return refusal([order(Message("“{workflow}”不支持催办", workflow=_label(course)))])
    if last is not None and last + pause > course.now:
        text = Message("刚刚催过，请在 {moment} 之后再催", moment=last + pause)
        return refusal([order(text)])
    people = tuple(
        dict.fromkeys(
            seat.person for seat in course.run.open_seats if seat.kind in ("approve", "handle")
        )
    )
    if not people:
        return refusal([order(Message("现在没有人需要处理，不用催"))])
    course.change(urged_at=course.now)
    course.note("urged", by=course.run.submitter, people=list(people))
    text = Message(
        "{person}请您尽快处理“{workflow}”", person=_submitter(course), workflow=_label(course)
    )
    tell(course, people, text, "urge", f"urge:{course.now.isoformat()}")
    return None


def acknowledge(course: Course, command: Acknowledge) -> Blocked:
    """Say that one has seen a copy."""
    seat = own_seat(course, command.seat, "cc")
    if not isinstance(seat, Seat):
        return seat
    course.emit(CloseTask(seat=seat.id, outcome="seen"))
    done = course.reseat(seat, state="done", outcome="seen", by=seat.person, ended_at=course.now)
    note(course, done, "seen", {})
    return None


def child_ended(course: Course, command: ChildEnded) -> Blocked:
    """Go on, or not, after another approval has ended; an old answer changes nothing."""
    visits = course.run.visits
    if course.run.outcome is not None or not 0 < command.visit <= len(visits):
        return None
    visit = course.visit(command.visit)
    node = course.plan.nodes.get(visit.step)
    if visit.state != "open" or node is None or not isinstance(node.step, SubStep):
        return None
    course.note("child", step=visit.step, outcome=command.outcome)
    if command.outcome == "agreed":
        finish(course, visit.n, "agreed")
    else:
        refused(course, visit.n, "failed" if command.outcome == "failed" else None)
    return None


def _not_submitter(course: Course, text: Message) -> Denied | None:
    actor = course.facts.actor
    if actor is None or actor.id != course.run.submitter:
        return Denied(text)
    return None


def _submitter(course: Course) -> str:
    return course.facts.organisation.name(course.run.submitter)


def _label(course: Course) -> object:
    return course.workflow.definition.label

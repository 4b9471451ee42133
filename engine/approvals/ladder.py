"""What happens at a step when nobody has decided in time?"""

from __future__ import annotations

from engine.approvals.course import Course
from engine.approvals.people import found
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Seat, Visit
from engine.approvals.seating import own_policy, tell
from engine.approvals.timing import Due, ladder_of
from engine.approvals.turns import call_next
from engine.approvals.walking import finish, refused, send_back
from engine.definition.workflow import ApproveStep
from engine.wording import Message


def climb(course: Course, n: int) -> None:
    """Do what has come. Of what comes again and again, and was missed, only the last counts."""
    come = [due for due in ladder_of(course, course.visit(n)) if due.when <= course.now]
    visit = course.visit(n)
    course.put(visit, fired=(*visit.fired, *(due.key for due in come)))
    latest = {due.number: due for due in come}
    for due in sorted(latest.values(), key=lambda due: (due.when, due.number)):
        if course.run.outcome is None and course.visit(n).state == "open":
            _act(course, n, due)


def _act(course: Course, n: int, due: Due) -> None:
    visit = course.visit(n)
    course.note("due", step=visit.step, act=due.rung.act, rung=due.number)
    match due.rung.act:
        case "remind":
            _remind(course, visit, due)
        case "tell":
            _tell(course, visit, due)
        case "hand":
            _hand(course, visit, due)
        case "agree":
            _agree(course, visit, due)
        case "refuse":
            refused(course, n, "deadline")
        case "return":
            step = course.plan.step(visit.step)
            assert isinstance(step, Deciding)
            send_back(course, n, SUBMITTER, step.back.resubmit[0])


def _agree(course: Course, visit: Visit, due: Due) -> None:
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    if any(course.row.get(name) in (None, "", ()) for name in step.need):
        # Agreeing by itself can't do what a person must do.
        _remind(course, visit, due)
        return
    finish(course, visit.n, "agreed", "deadline")


def _asked(visit: Visit) -> list[Seat]:
    return [seat for seat in visit.seats if seat.state == "open" and seat.kind != "opinion"]


def _remind(course: Course, visit: Visit, due: Due) -> None:
    late = visit.due is not None and course.now >= visit.due
    words = Message("“{step}”已到期，请尽快处理") if late else Message("“{step}”快到期了，请处理")
    text = Message(words.text, step=course.plan.step(visit.step).label)
    people = tuple(seat.person for seat in _asked(visit))
    tell(course, people, text, "reminder", _key(visit, due))


def _tell(course: Course, visit: Visit, due: Due) -> None:
    organisation = course.facts.organisation
    late = _asked(visit)
    names = [organisation.name(seat.person) for seat in late]
    text = Message(
        "“{step}”等{people}处理，已到期：{workflow}",
        step=course.plan.step(visit.step).label,
        people=names,
        workflow=course.workflow.definition.label,
    )
    tell(course, _meant(course, visit, due), text, "escalation", _key(visit, due))


def _meant(course: Course, visit: Visit, due: Due) -> tuple[str, ...]:
    """Return the people of a rung; `approver` means each of those who are late."""
    key = f"{visit.step}/ladder/{due.number}/to"
    late = [seat.person for seat in _asked(visit)] or [course.run.submitter]
    people = (person for one in late for person in found(course, due.rung.to, key, visit.step, one))
    return tuple(dict.fromkeys(people))


def _hand(course: Course, visit: Visit, due: Due) -> None:
    """Ask others instead of all those who have not decided."""
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    asked = {seat.person for seat in visit.seats if seat.state in ("open", "done")}
    if own_policy(course, step) != "decide":
        asked.add(course.run.submitter)
    people = [one for one in _meant(course, visit, due) if one not in asked]
    if not people:
        _tell(course, visit, due)
        return
    for seat in visit.seats:
        if seat.live and seat.kind != "opinion":
            course.leave(seat, "handed")
    for person in people:
        course.sit(
            visit.n,
            Seat(
                id="",
                kind="approve" if isinstance(step, ApproveStep) else "handle",
                person=person,
                state="waiting",
                why="handed",
                opened_at=course.now,
            ),
        )
    call_next(course, visit.n)


def _key(visit: Visit, due: Due) -> str:
    return f"ladder:{visit.n}:{due.key}"

"""Where does a run go on when a step is over, and when is all of it over?"""

from __future__ import annotations

from datetime import datetime

from engine.approvals.counting import verdict
from engine.approvals.course import Course
from engine.approvals.effects import CancelChild, Ended, SetFields, StartChild
from engine.approvals.people import found, keepers
from engine.approvals.plan import Container, Deciding
from engine.approvals.resting import close_back, forget, rest, wake_up
from engine.approvals.rows import around, beside, void_later
from engine.approvals.run import SUBMITTER, Back, Outcome, Seat, Visit
from engine.approvals.seating import open_seat, others, people_of_step, seats_at, tell
from engine.approvals.timing import too_late
from engine.approvals.turns import call_next, stalled
from engine.deadlines import due_at
from engine.definition.workflow import (
    ApproveStep,
    BranchStep,
    CcStep,
    ParallelStep,
    Resubmit,
    SubStep,
    WaitStep,
)
from engine.outcomes import Reason
from engine.wording import Message


def enter(course: Course, id_: str, parent: int | None, *, back: int | None = None) -> None:
    """Come to a step. With `back` the record was sent back to it: everybody there decides again."""
    step = course.plan.step(id_)
    when = getattr(step, "when", None)
    if when is not None and back is None and not course.holds(f"{id_}/when"):
        _pass(course, id_, parent, "condition")
        return
    match step:
        case CcStep():
            _send_copies(course, step, parent)
        case BranchStep() | ParallelStep():
            _enter_paths(course, step, parent)
        case SubStep():
            visit = course.come_to(id_, parent)
            course.emit(StartChild(visit=visit.n, workflow=step.workflow, of=step.of))
        case WaitStep():
            _wait(course, step, parent)
        case _:
            _ask(course, step, parent, back)


def finish(course: Course, n: int, outcome: str, why: str | None = None) -> None:
    """End a visit and go on behind it."""
    visit = close(course, n, outcome, why)
    if visit.back is not None:
        back = course.run.backs[visit.back - 1]
        if back.open:
            _come_again(course, visit, back)
            return
    advance(course, visit)


def close(course: Course, n: int, outcome: str, why: str | None = None) -> Visit:
    """End a visit: nobody is asked there any more."""
    for seat in course.visit(n).seats:
        if seat.kind != "cc":
            course.leave(seat, "deadline" if why == "deadline" else "over")
    return course.put(course.visit(n), state="done", outcome=outcome, why=why, ended_at=course.now)


def advance(course: Course, visit: Visit) -> None:
    """Go to the step behind a visit, or end the path that it was the last of."""
    if visit.step == SUBMITTER:
        enter(course, course.plan.first, None)
        return
    node = course.plan.nodes[visit.step]
    if node.following is not None:
        enter(course, node.following, visit.parent)
    elif visit.parent is None:
        end(course, "agreed")
    elif node.path is not None:
        _end_path(course, visit.parent, node.path)


def settle(course: Course, n: int) -> None:
    """See whether the people of a visit have decided together; if not, whose turn it is."""
    visit = course.visit(n)
    if visit.state != "open" or course.run.outcome is not None:
        return
    step = course.plan.step(visit.step)
    assert isinstance(step, Deciding)
    decided = verdict(step, visit, course.facts.organisation)
    if decided == "refused":
        refused(course, n)
    elif decided is not None:
        finish(course, n, decided)
    else:
        call_next(course, n)
        if stalled(course.visit(n)):
            _fill(course, n, others(course, keepers(course)), "keeper")


def refused(course: Course, n: int, why: str | None = None) -> None:
    """Do what a refusal at a step does: end everything, or ask the submitter again."""
    step = course.plan.step(course.visit(n).step)
    if isinstance(step, ApproveStep) and step.refused == "return":
        send_back(course, n, SUBMITTER, "all")
        return
    close(course, n, "refused", why)
    end(course, "refused")


def send_back(
    course: Course, n: int, to: str, resubmit: Resubmit, seat: Seat | None = None,
    opinion: str | None = None,
) -> None:  # fmt: skip
    """Send the record back to an earlier step, or to who submitted it."""
    origin = course.visit(n)
    if to == SUBMITTER:
        parent = None
        containers: tuple[tuple[str, str], ...] = ()
        resting = list(course.open_visits())
    else:
        here, containers = beside(course, origin, to)
        parent = here.parent
        resting = [one for one in course.open_visits() if course.inside(one, here.n)]
    back = Back(
        n=len(course.run.backs) + 1,
        seat=seat.id if seat else None,
        to=to,
        resubmit=resubmit,
        at=course.now,
        rested=rest(course, resting),
        opinion=opinion,
    )
    course.change(backs=(*course.run.backs, back), keeps_until=0)
    if to == SUBMITTER:
        _ask_submitter(course, back)
    else:
        for container, path in containers:
            parent = course.come_to(container, parent, paths=(path,), back=back.n).n
        enter(course, to, parent, back=back.n)


def end(course: Course, outcome: Outcome) -> None:
    """End everything."""
    for visit in course.run.visits:
        if visit.state in ("open", "paused"):
            _drop(course, visit)
    course.change(outcome=outcome, ended_at=course.now)
    prefix = f"after/{outcome}/"
    sets = {
        key.removeprefix(prefix): course.value(key)
        for key in course.workflow.logic
        if key.startswith(prefix)
    }
    if sets:
        course.emit(SetFields(values=sets))
    course.note("ended", outcome=outcome)
    course.emit(Ended(outcome=outcome))
    if outcome in _RESULTS:
        text = Message(_RESULTS[outcome].text, workflow=course.workflow.definition.label)
        tell(course, (course.run.submitter,), text, "result", "ended")


def _drop(course: Course, visit: Visit) -> None:
    """End a visit of which nothing is needed any more."""
    node = course.plan.nodes.get(visit.step)
    if visit.state == "open" and node is not None and isinstance(node.step, SubStep):
        course.emit(CancelChild(visit=visit.n))
    close(course, visit.n, "over", "unneeded")


_RESULTS = {
    "agreed": Message("“{workflow}”已通过"),
    "refused": Message("“{workflow}”未通过"),
    "cancelled": Message("“{workflow}”已取消"),
}


def _pass(course: Course, id_: str, parent: int | None, why: str) -> None:
    visit = course.come_to(id_, parent)
    finish(course, visit.n, "passed", why)


def _ask(course: Course, step: Deciding, parent: int | None, back: int | None) -> None:
    visit = course.come_to(step.id, parent, due=_due(course, step), back=back)
    course.put(visit, fired=too_late(course, visit))
    _wants_choice(course, step)
    people = people_of_step(course, step)
    if people:
        _seat(course, visit.n, step, people, anew=back is not None)
        settle(course, visit.n)
        return
    match step.empty or course.workflow.definition.empty:
        case "pass":
            finish(course, visit.n, "passed", "nobody")
        case "refuse":
            close(course, visit.n, "refused", "nobody")
            end(course, "refused")
        case _:
            settle(course, visit.n)


def _seat(course: Course, n: int, step: Deciding, people: tuple[str, ...], *, anew: bool) -> None:
    for seat in seats_at(course, course.visit(n), step, people, anew=anew):
        placed = course.sit(n, seat)
        if placed.outcome == "kept":
            text = Message(
                "“{step}”：您看过的内容没有变化，沿用您上次的意见，不用再处理", step=step.label
            )
            tell(course, (placed.person,), text, "change", f"kept:{placed.id}")


def _fill(course: Course, n: int, people: tuple[str, ...], why: str) -> None:
    """Ask people who step in because nobody is there to decide."""
    step = course.plan.step(course.visit(n).step)
    for person in people:
        seat = Seat(
            id="",
            kind="approve" if isinstance(step, ApproveStep) else "handle",
            person=person,
            state="waiting",
            why=why,
            opened_at=course.now,
        )
        course.sit(n, seat)
    call_next(course, n)


def _wants_choice(course: Course, step: Deciding) -> None:
    choose = any(one.chosen is not None for one in step.who)
    if course.asks and choose and not course.run.chosen.get(step.id):
        message = Message("请选择“{step}”由谁处理", step=step.label)
        course.lacking.append(Reason(kind="field", subject=f"chosen:{step.id}", message=message))


def _due(course: Course, step: Deciding) -> datetime | None:
    if step.within is None:
        return None
    return due_at(step.within, course.now, course.row, course.facts.calendar)


def _send_copies(course: Course, step: CcStep, parent: int | None) -> None:
    visit = course.come_to(step.id, parent)
    for person in found(course, step.who, f"{step.id}/who", step.id):
        seat = Seat(id="", kind="cc", person=person, state="waiting", opened_at=course.now)
        open_seat(course, course.sit(visit.n, seat))
    finish(course, visit.n, "over")


def _wait(course: Course, step: WaitStep, parent: int | None) -> None:
    due = None
    if step.within is not None:
        due = due_at(step.within, course.now, course.row, course.facts.calendar)
    visit = course.come_to(step.id, parent, due=due)
    look_at_wait(course, visit.n, step)


def look_at_wait(course: Course, n: int, step: WaitStep) -> None:
    """See whether what is waited for has come."""
    visit = course.visit(n)
    if step.that is not None and course.holds(f"{step.id}/that"):
        finish(course, n, "over", "condition")
    elif visit.due is not None and visit.due <= course.now:
        finish(course, n, "over", "moment")


def _enter_paths(course: Course, step: Container, parent: int | None) -> None:
    open_ = [
        path
        for path in step.paths
        if path.when is None or course.holds(f"{step.id}/paths/{path.id}")
    ]
    taken = open_[:1] if isinstance(step, BranchStep) else open_
    visit = course.come_to(step.id, parent, paths=tuple(path.id for path in taken))
    if not taken:
        finish(course, visit.n, "passed", "condition")
    for path in taken:
        if course.run.outcome is None and path.id in course.visit(visit.n).paths:
            if path.steps:
                enter(course, path.steps[0].id, visit.n)
            else:
                _end_path(course, visit.n, path.id)


def _end_path(course: Course, n: int, path: str) -> None:
    visit = course.visit(n)
    if visit.state != "open":
        return
    left = tuple(one for one in visit.paths if one != path)
    course.put(visit, paths=left)
    step = course.plan.step(visit.step)
    if left and not (isinstance(step, ParallelStep) and step.join == "any"):
        return
    for one in course.run.visits:
        if one.n != n and one.state in ("open", "paused") and course.inside(one, n):
            _drop(course, one)
    course.put(course.visit(n), paths=())
    finish(course, n, "over")


def _come_again(course: Course, visit: Visit, back: Back) -> None:
    """Go on after the record was with somebody further back."""
    close_back(course, back)
    branches = [one for one in around(course, visit) if one.back == back.n]
    if back.resubmit == "straight":
        for branch in branches:
            close(course, branch.n, "over")
        _go_straight(course, back)
        return
    forget(course, back)
    void_later(course, branches[-1] if branches else visit)
    if back.resubmit == "changed":
        course.change(keeps_until=visit.n)
    advance(course, visit)


def _go_straight(course: Course, back: Back) -> None:
    for n in wake_up(course, back):
        if isinstance(course.plan.step(course.visit(n).step), Deciding):
            settle(course, n)


def _ask_submitter(course: Course, back: Back) -> None:
    visit = course.come_to(SUBMITTER, None, back=back.n)
    seat_submitter(course, visit.n)


def seat_submitter(course: Course, n: int) -> None:
    """Ask the submitter to hand in again; who takes over for the submitter, if need be."""
    visit = course.visit(n)
    if stalled(visit):
        question = course.run.backs[(visit.back or 1) - 1].opinion
        seat = Seat(
            id="",
            kind="todo",
            person=course.run.submitter,
            state="waiting",
            question=question,
            opened_at=course.now,
        )
        course.sit(n, seat)
    call_next(course, n)

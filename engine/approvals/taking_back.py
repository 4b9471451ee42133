"""Can a decision still be undone, and how does everything stand then?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from engine.approvals.commands import TakeBack
from engine.approvals.course import Course
from engine.approvals.deciding import Blocked, note
from engine.approvals.effects import CancelChild
from engine.approvals.plan import Deciding
from engine.approvals.reasons import order, over, refusal
from engine.approvals.run import Seat, Visit
from engine.approvals.turns import may_open
from engine.approvals.walking import settle
from engine.definition.workflow import SubStep
from engine.outcomes import Denied, Reason
from engine.wording import Message

UNDOABLE = ("agree", "refuse", "handled")


def take_back(course: Course, command: TakeBack) -> Blocked:
    """Undo one's own decision, as long as nobody has built on it."""
    ended = over(course)
    if ended is not None:
        return ended
    seat = course.run.seat(command.seat)
    actor = course.facts.actor
    if seat is None or actor is None or seat.by != actor.id:
        return Denied(Message("只能撤回自己的处理"))
    blocked = refusal(_why_not(course, seat))
    if blocked is not None:
        return blocked
    visit = course.run.visit_of(seat)
    if visit.state == "done":
        _undo_behind(course, visit)
        _reopen(course, visit.n)
    course.reseat(seat, outcome="taken_back")
    _again(course, seat)
    _close_early(course, visit.n)
    note(course, seat, "taken_back", {})
    settle(course, visit.n)
    return None


def _why_not(course: Course, seat: Seat) -> Iterator[Reason]:
    if not course.workflow.definition.take_back:
        label = course.workflow.definition.label
        yield order(Message("“{workflow}”的处理不能撤回", workflow=label))
    elif seat.outcome not in UNDOABLE:
        yield order(Message("这样的处理不能撤回"))
    elif seat.order != course.run.decisions:
        yield order(Message("在您之后已有人处理，不能撤回了，可以请他退回"))
    elif _tangled(course, course.run.visit_of(seat)):
        yield order(Message("流程已经因此走到别处，不能撤回了，可以请后面的人退回"))


def _tangled(course: Course, visit: Visit) -> bool:
    """Tell whether the decision did more than let the run go on to the next steps."""
    if visit.state == "open":
        return False
    if visit.state != "done" or _sent_here(course, visit):
        return True
    return any(
        one.state == "done" and len(_paths_left(course, one)) > 1 for one in _around(course, visit)
    )


def _sent_here(course: Course, visit: Visit) -> bool:
    return visit.back is not None


def _paths_left(course: Course, container: Visit) -> tuple[str, ...]:
    """Return the paths of a container that ended together because one was enough."""
    cut = {
        course.plan.nodes[one.step].path
        for one in course.run.visits
        if one.parent == container.n and one.why == "unneeded"
    }
    return ("", *sorted(path for path in cut if path)) if cut else ()


def _around(course: Course, visit: Visit) -> Iterator[Visit]:
    at = visit.parent
    while at is not None:
        container = course.visit(at)
        yield container
        at = container.parent


def _undo_behind(course: Course, visit: Visit) -> None:
    """Let nothing count of the steps that were come to behind a visit, and open those around."""
    level = visit
    while True:
        for one in list(course.run.visits):
            if _follows(course, one, level):
                _undo(course, one)
        if level.parent is None:
            return
        container = course.visit(level.parent)
        path = course.plan.nodes[level.step].path
        if container.state != "done" or path is None:
            return
        course.put(container, state="open", outcome=None, why=None, ended_at=None, paths=(path,))
        level = container


def _follows(course: Course, one: Visit, level: Visit) -> bool:
    if one.n <= level.n or one.state == "past":
        return False
    at = one
    while at.parent != level.parent:
        if at.parent is None:
            return False
        at = course.visit(at.parent)
    nodes = course.plan.nodes
    same_row = at.step in nodes and nodes[at.step].path == nodes[level.step].path
    return same_row and level.step in nodes[at.step].before


def _undo(course: Course, visit: Visit) -> None:
    for seat in visit.seats:
        course.leave(seat, "over")
    if visit.state == "open" and isinstance(course.plan.step(visit.step), SubStep):
        course.emit(CancelChild(visit=visit.n))
    course.put(course.visit(visit.n), state="past")


def _reopen(course: Course, n: int) -> None:
    """Ask those again who were not asked any more because of the decision."""
    visit = course.visit(n)
    dismissed = [
        seat for seat in visit.seats if seat.why == "over" and seat.ended_at == visit.ended_at
    ]
    course.put(visit, state="open", outcome=None, why=None, ended_at=None)
    for seat in dismissed:
        if counted(seat) and not any(one.asked_by == seat.id for one in visit.seats):
            _again(course, seat)


def _again(course: Course, seat: Seat) -> None:
    anew = replace(
        seat, state="waiting", outcome=None, why=None, by=None, order=None, opinion=None,
        signature=None, saw={}, asked_by=seat.id, opened_at=course.now, ended_at=None,
        place="instead",
    )  # fmt: skip
    course.sit(course.run.visit_of(seat).n, anew)


def _close_early(course: Course, n: int) -> None:
    """Let those wait again whose turn had come only through the decision."""
    visit = course.visit(n)
    assert isinstance(course.plan.step(visit.step), Deciding)
    for seat in visit.seats:
        now = course.visit(n)
        if seat.state == "open" and counted(seat) and not may_open(course, now, seat):
            course.leave(seat, "over")
            _again(course, seat)


def counted(seat: Seat) -> bool:
    """Tell whether a seat has a voice."""
    return seat.place != "opinion"

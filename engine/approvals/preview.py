"""Which way will an approval go if everybody agrees, and by whom?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Workflow
from engine.approvals.commands import Submit
from engine.approvals.counting import groups
from engine.approvals.course import Course
from engine.approvals.facts import Facts
from engine.approvals.plan import Deciding
from engine.approvals.run import SUBMITTER, Run, Seat, Visit
from engine.approvals.starting import new_run
from engine.approvals.telling import why_seat, why_visit
from engine.approvals.walking import enter, finish, settle
from engine.definition.workflow import SubStep, WaitStep
from engine.wording import Label, Message

MOST = 1000
"""No way is longer; so a mistake of ours can't hold a page up for ever."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who is asked at a step, or need not be."""

    id: str
    name: str
    instead_of: str | None = None
    """The name of who has entrusted this person."""
    spared: bool = False
    """Not asked, since it is decided already."""
    why: Message | None = None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One step on the way."""

    step: str
    label: Label
    kind: str
    visit: int
    depth: int = 0
    """How many branches and parallel steps it lies in."""
    path: Label | None = None
    """The path of the branch or parallel step that begins with it."""
    people: tuple[Person, ...] = ()
    choose: str | None = None
    """People are still to be chosen: the role out of which, or `anybody`."""
    passed: bool = False
    why: Message | None = None
    ahead: bool = True
    """False for what an approval under way has come to already."""


def preview(workflow: Workflow, facts: Facts, run: Run | None = None) -> tuple[Stop, ...]:
    """Return the whole way of a record that is to be submitted, or of an approval under way, as
    if everybody agreed and nothing changed. Conditions are those of the record as it is."""
    begun = 0
    if run is None:
        run = new_run(workflow, Submit(run="", record=""), facts)
        course = Course(workflow, run, facts)
        enter(course, course.plan.first, None)
    else:
        begun = len(run.visits)
        course = Course(workflow, run, facts)
    for _ in range(MOST):
        if course.run.outcome is not None or not _go_on(course):
            break
    return tuple(_stop(course, visit, begun) for visit in course.run.visits if _shown(visit))


def still_to_choose(stops: tuple[Stop, ...]) -> dict[str, str]:
    """Return the steps for which people must be chosen, and out of which role."""
    return {stop.step: stop.choose for stop in stops if stop.choose is not None and stop.ahead}


def _shown(visit: Visit) -> bool:
    return visit.state != "past"


def _go_on(course: Course) -> bool:
    """Let one thing happen that goes on."""
    for visit in course.open_visits():
        if visit.paths:
            continue
        node = course.plan.nodes.get(visit.step)
        if node is None or isinstance(node.step, SubStep | WaitStep):
            finish(course, visit.n, "agreed")
            return True
        asked = [seat for seat in visit.seats if seat.state == "open" and seat.place != "opinion"]
        for seat in asked:
            _agree(course, seat)
        if asked:
            settle(course, visit.n)
        else:
            finish(course, visit.n, "agreed")
        return True
    return False


def _agree(course: Course, seat: Seat) -> None:
    outcome = "agree" if seat.kind == "approve" else "handled"
    course.reseat(seat, state="done", outcome=outcome, by=seat.person, ended_at=course.now)


def _stop(course: Course, visit: Visit, begun: int) -> Stop:
    around = [] if visit.parent is None else _containers(course, visit)
    passed = visit.outcome == "passed"
    if visit.step == SUBMITTER:
        label: Label = {"zh": "提交人修改后重新提交", "en": "The submitter hands it in again"}
        people = _people(course, visit)
        return Stop(
            step=SUBMITTER,
            label=label,
            kind="todo",
            visit=visit.n,
            people=people,
            ahead=visit.n > begun,
        )
    node = course.plan.nodes[visit.step]
    return Stop(
        step=visit.step,
        label=node.step.label,
        kind=str(type(node.step).__struct_config__.tag),
        visit=visit.n,
        depth=len(around),
        path=_path(course, visit),
        people=_people(course, visit),
        choose=_choose(course, visit),
        passed=passed,
        why=why_visit(visit) if passed else None,
        ahead=visit.n > begun,
    )


def _containers(course: Course, visit: Visit) -> list[int]:
    found = []
    at = visit.parent
    while at is not None:
        found.append(at)
        at = course.visit(at).parent
    return found


def _path(course: Course, visit: Visit) -> Label | None:
    node = course.plan.nodes[visit.step]
    if node.container is None or node.path is None or node.before:
        return None
    return course.plan.path(node.container, node.path).label


def _people(course: Course, visit: Visit) -> tuple[Person, ...]:
    node = course.plan.nodes.get(visit.step)
    deciding = node is not None and isinstance(node.step, Deciding)
    seats = [seat for group in groups(visit) for seat in group.seats] if deciding else visit.seats
    dismissed = [seat for seat in visit.seats if seat.why == "over" and deciding]
    return tuple(_person(course, seat) for seat in sorted((*seats, *dismissed), key=_number))


def _number(seat: Seat) -> int:
    return int(seat.id.partition(".")[2])


def _person(course: Course, seat: Seat) -> Person:
    name = course.facts.organisation.name
    spared = seat.outcome in ("passed", "kept")
    return Person(
        id=seat.person,
        name=name(seat.person),
        instead_of=name(seat.instead_of) if seat.instead_of else None,
        spared=spared,
        why=why_seat(seat) if spared or seat.why == "keeper" else None,
    )


def _choose(course: Course, visit: Visit) -> str | None:
    who = getattr(course.plan.step(visit.step), "who", ())
    wanted = [one.chosen for one in who if one.chosen is not None]
    return wanted[0] if wanted and not course.run.chosen.get(visit.step) else None

"""Which visits lie around another, beside it, or behind it?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.approvals.course import Course
from engine.approvals.run import SUBMITTER, Visit

Branches = tuple[tuple[str, str], ...]
"""Branches, the outermost first, each with the path to take."""


def around(course: Course, visit: Visit) -> Iterator[Visit]:
    """Yield the visits of the branches and parallel steps around a visit, the nearest first."""
    at = visit.parent
    while at is not None:
        yield course.visit(at)
        at = course.visit(at).parent


def beside(course: Course, visit: Visit, to: str) -> tuple[Visit, Branches]:
    """Return the visit around the one given that lies in the same row as an earlier step, or as
    the outermost branch around that step; and the branches to go into."""
    nodes = course.plan.nodes
    rows = {nodes[one.step].container: one for one in (visit, *around(course, visit))}
    into: list[tuple[str, str]] = []
    node = nodes[to]
    while node.container not in rows and node.container is not None:
        into.append((node.container, node.path or ""))
        node = nodes[node.container]
    return rows[node.container], tuple(reversed(into))


def void_later(course: Course, visit: Visit) -> None:
    """Let what was decided at a step before, and behind it, count no longer."""
    for one in course.run.visits[: visit.n - 1]:
        if one.state in ("done", "paused") and _behind(course, one, visit):
            for seat in one.seats:
                if seat.kind != "cc":
                    course.leave(seat, "over")
            course.put(course.visit(one.n), state="past")


def _behind(course: Course, one: Visit, visit: Visit) -> bool:
    if visit.step == SUBMITTER:
        return True
    level = next((at for at in (one, *around(course, one)) if at.parent == visit.parent), None)
    return level is not None and level.step in _row_from(course, visit.step)


def _row_from(course: Course, id_: str) -> Iterator[str]:
    at: str | None = id_
    while at is not None:
        yield at
        at = course.plan.nodes[at].following

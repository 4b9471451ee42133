"""How does one approval stand, and how did it come there?"""

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct

SUBMITTER = "submitter"
"""The step in which the submitter is asked to hand in again."""

SeatState = Literal["waiting", "open", "done", "void"]
"""Waiting: for others who come first. Void: nothing is asked of the person any more."""

VisitState = Literal["open", "paused", "done", "past"]
"""Past: what came of it counts no longer."""

Outcome = Literal["agreed", "refused", "withdrawn", "cancelled"]


class Seat(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person who is asked at one step."""

    id: str
    """`<visit>.<number>`; never used twice in a run."""
    kind: Literal["approve", "handle", "cc", "opinion", "todo"]
    person: str
    state: SeatState
    outcome: str | None = None
    """agree, refuse, return, transfer, added, handled, opined, seen, resubmitted, taken_back;
    kept (nothing that the person saw has changed), passed (need not decide)."""
    why: str | None = None
    """Why it is so without anybody's doing: repeated, own, unchanged, deadline, left, entrusted,
    handed, keeper, over, rested."""
    instead_of: str | None = None
    """Whose place the person takes, as a stand-in."""
    asked_by: str | None = None
    """The seat that wanted this one."""
    place: Literal["before", "after", "instead", "opinion"] | None = None
    by: str | None = None
    """Who decided; None if it happened by itself."""
    opened_at: datetime
    ended_at: datetime | None = None
    order: int | None = None
    """The how manieth decision of the run it was."""
    opinion: str | None = None
    question: str | None = None
    signature: str | None = None
    saw: dict[str, str] = {}
    """Fields that the decision rested on, with digests of their values then."""

    @property
    def live(self) -> bool:
        """Whether something is still to come from it."""
        return self.state in ("open", "waiting")


class Visit(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One time that a step was come to."""

    n: int
    step: str
    state: VisitState
    parent: int | None = None
    """The visit of the branch or parallel step that it lies in."""
    outcome: str | None = None
    """agreed, refused, handled, passed, over."""
    why: str | None = None
    """Why it came by itself: condition, nobody, deadline, moment, unneeded, failed."""
    opened_at: datetime
    ended_at: datetime | None = None
    due: datetime | None = None
    rests_since: datetime | None = None
    rests: tuple[tuple[datetime, datetime], ...] = ()
    """The times for which it rested: they are not counted against its deadline."""
    fired: tuple[str, ...] = ()
    """What the ladder did already, as `<rung>.<time>`."""
    paths: tuple[str, ...] = ()
    """Of a branch or parallel step, the paths that are under way."""
    back: int | None = None
    """The sending back that brought it here."""
    seats: tuple[Seat, ...] = ()


class Back(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One time that the record was sent back."""

    n: int
    seat: str | None
    """Who sent it back; None if it happened by itself."""
    to: str
    resubmit: Literal["all", "straight", "changed"]
    at: datetime
    rested: tuple[int, ...]
    """The visits that wait meanwhile."""
    opinion: str | None = None
    open: bool = True


class Run(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One approval: everything that the machine knows about it."""

    id: str
    workflow: str
    version: str
    """The version of the definition by which it runs to its end."""
    record: str
    submitter: str
    started_at: datetime
    remark: str | None = None
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    visits: tuple[Visit, ...] = ()
    backs: tuple[Back, ...] = ()
    chosen: dict[str, tuple[str, ...]] = {}
    keeps_until: int = 0
    """Visits up to this number may lend their decisions to those who saw nothing that changed."""
    decisions: int = 0
    """How many decisions people have made."""
    urged_at: datetime | None = None
    wake: datetime | None = None

    def visit(self, n: int) -> Visit:
        """Return a visit."""
        return self.visits[n - 1]

    def visit_of(self, seat: Seat) -> Visit:
        """Return the visit in which somebody is asked."""
        return self.visit(int(seat.id.partition(".")[0]))

    def seat(self, id_: str) -> Seat | None:
        """Return a seat."""
        return next((seat for visit in self.visits for seat in visit.seats if seat.id == id_), None)

    @property
    def open_seats(self) -> tuple[Seat, ...]:
        """Everybody who is asked for something just now."""
        seats = (seat for visit in self.visits for seat in visit.seats)
        return tuple(seat for seat in seats if seat.state == "open")


def to_data(run: Run) -> Any:
    """Return a run as JSON."""
    return msgspec.to_builtins(run)


def from_data(data: Any) -> Run:
    """Return the run that `to_data` wrote."""
    return msgspec.convert(data, Run)

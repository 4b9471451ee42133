"""How does a run change while one command is carried out?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.app import Workflow
from engine.approvals.effects import CloseTask, Effect, Note
from engine.approvals.facts import Facts
from engine.approvals.plan import Plan, plan_of
from engine.approvals.run import Run, Seat, Visit
from engine.expressions import Env
from engine.outcomes import Reason


class Course:
    """A run under way from one state to the next: its latest state, and the effects so far."""

    def __init__(self, workflow: Workflow, run: Run, facts: Facts) -> None:
        self.workflow = workflow
        self.plan: Plan = plan_of(workflow.definition)
        self.run = run
        self.facts = facts
        self.row: Mapping[str, Any] = facts.row
        self.effects: list[Effect] = []
        self.asks = False
        """Whether a person is there who can be asked to choose those who come next."""
        self.lacking: list[Reason] = []

    @property
    def now(self) -> datetime:
        """The moment of the command."""
        return self.facts.now

    @property
    def env(self) -> Env:
        """What expressions see besides the record."""
        return self.facts.env(self.workflow.app)

    def holds(self, key: str) -> bool:
        """Tell whether a condition holds; one that can't be understood any more does not."""
        compiled = self.workflow.logic.get(key)
        return compiled is not None and compiled.holds(self.row, self.env)

    def value(self, key: str) -> Any:
        """Return what an expression gives; nothing if it can't be understood any more."""
        compiled = self.workflow.logic.get(key)
        return None if compiled is None else compiled.value(self.row, self.env)

    def emit(self, effect: Effect) -> None:
        """Ask the runtime for something."""
        self.effects.append(effect)

    def note(self, kind: str, by: str | None = None, **data: Any) -> None:
        """Write a line of the record's history."""
        told = {key: value for key, value in data.items() if value not in (None, "", (), {})}
        known = {"approval": self.run.id, "workflow": self.workflow.id, **told}
        self.emit(Note(kind=f"approval.{kind}", data=known, by=by))

    def change(self, **values: Any) -> None:
        """Change what is said of the run as a whole."""
        self.run = replace(self.run, **values)

    def visit(self, n: int) -> Visit:
        """Return a visit as it is now."""
        return self.run.visit(n)

    def put(self, visit: Visit, **values: Any) -> Visit:
        """Change a visit."""
        changed = replace(visit, **values)
        visits = list(self.run.visits)
        visits[visit.n - 1] = changed
        self.change(visits=tuple(visits))
        return changed

    def come_to(self, step: str, parent: int | None, **values: Any) -> Visit:
        """Begin a visit."""
        visit = Visit(
            n=len(self.run.visits) + 1,
            step=step,
            state="open",
            parent=parent,
            opened_at=self.now,
            **values,
        )
        self.change(visits=(*self.run.visits, visit))
        return visit

    def open_visits(self) -> Iterator[Visit]:
        """Yield the visits that are open when their turn comes, first come first."""
        for n in range(1, len(self.run.visits) + 1):
            visit = self.visit(n)
            if visit.state == "open":
                yield visit

    def inside(self, visit: Visit, outer: int) -> bool:
        """Tell whether a visit is another one, or lies in it."""
        at: int | None = visit.n
        while at is not None and at != outer:
            at = self.visit(at).parent
        return at is not None

    def sit(self, n: int, seat: Seat) -> Seat:
        """Add a seat to a visit; its id is given here."""
        visit = self.visit(n)
        placed = replace(seat, id=f"{n}.{len(visit.seats) + 1}")
        self.put(visit, seats=(*visit.seats, placed))
        return placed

    def reseat(self, seat: Seat, **values: Any) -> Seat:
        """Change a seat."""
        changed = replace(seat, **values)
        visit = self.run.visit_of(seat)
        seats = tuple(changed if one.id == seat.id else one for one in visit.seats)
        self.put(visit, seats=seats)
        return changed

    def leave(self, seat: Seat, why: str) -> None:
        """Ask nothing any more of somebody who was asked."""
        if seat.state == "open":
            self.emit(CloseTask(seat=seat.id, outcome="void"))
        if seat.live:
            self.reseat(seat, state="void", why=why, ended_at=self.now)

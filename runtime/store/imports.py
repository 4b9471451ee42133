"""Which sheets were brought in, and what became of each of their rows?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.wording import Message
from runtime.store.platform_tables import import_line, import_memory, import_run
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal[
    "new", "checking", "checked", "running", "done", "stopped", "failed", "undoing", "undone"
]
Phase = Literal["check", "run"]
Fate = Literal["created", "changed", "unchanged", "refused"]
Complaints = Mapping[str, tuple[Message, ...]]


@dataclass(frozen=True, kw_only=True)
class ImportRun:
    """One file that somebody brings in."""

    id: str
    app: str
    form: str
    person: str
    file: str
    name: str
    plan: Mapping[str, Any]
    state: State = "new"
    job: str | None = None
    """What is checked, brought in or taken back at the moment, or was the last."""
    rows: int | None = None
    problem: Message | None = None
    created_at: datetime
    ended_at: datetime | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ImportLine:
    """What became of one record of a file; it is known by its first row."""

    run: str
    phase: Phase
    sheet: str
    """Empty: the sheet of the records."""
    number: int
    kind: Fate
    record: str | None = None
    title: str | None = None
    complaints: Complaints = field(default_factory=dict)
    before: Mapping[str, Any] | None = None
    """What a changed record was before."""
    undone: str | None = None
    """`done` or `kept`, once somebody took the import back."""
    undo_reason: Message | None = None


Place = tuple[str, int]
"""A sheet and the number of a row."""


class Imports:
    """Sheets that were brought in."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def add(self, run: ImportRun) -> None:
        """Keep a file that came in."""
        self._connection.execute(insert(import_run), {**vars(run), "problem": _told(run.problem)})

    def one(self, id_: str) -> ImportRun | None:
        """Return one import."""
        row = self._connection.execute(select(import_run).where(import_run.c.id == id_)).first()
        return _run(row) if row else None

    def latest(self, app: str, form: str, person: str | None, limit: int) -> tuple[ImportRun, ...]:
        """Return the imports of a form, latest first; of one person or of everybody."""
        asked = select(import_run).where(import_run.c.app == app, import_run.c.form == form)
        if person is not None:
            asked = asked.where(import_run.c.person == person)
        rows = self._connection.execute(asked.order_by(import_run.c.id.desc()).limit(limit))
        return tuple(map(_run, rows))

    def move(self, id_: str, states: Iterable[State], to: State, **changes: Any) -> bool:
        """Bring an import from one of some states to another; False if it is in none of them."""
        if "problem" in changes:
            changes["problem"] = _told(changes["problem"])
        done = self._connection.execute(
            update(import_run)
            .where(import_run.c.id == id_, import_run.c.state.in_(tuple(states)))
            .values(state=to, **changes)
        )
        return done.rowcount == 1

    def write(self, lines: Iterable[ImportLine]) -> None:
        """Keep what became of some rows; a row that is known already is a mistake."""
        rows = [
            {
                **vars(line),
                "complaints": _complaints_told(line.complaints),
                "undo_reason": _told(line.undo_reason),
            }
            for line in lines
        ]
        if rows:
            self._connection.execute(insert(import_line), rows)

    def clear(self, run: str, phase: Phase) -> None:
        """Forget what became of the rows in a phase."""
        self._connection.execute(
            delete(import_line).where(import_line.c.run == run, import_line.c.phase == phase)
        )

    def places(self, run: str, phase: Phase) -> set[Place]:
        """Return the rows of which it is known what became."""
        rows = self._connection.execute(
            select(import_line.c.sheet, import_line.c.number).where(
                import_line.c.run == run, import_line.c.phase == phase
            )
        )
        return {(row[0], row[1]) for row in rows}

    def counts(self, run: str, phase: Phase) -> dict[str, int]:
        """Return how many records were created, changed, left and refused."""
        rows = self._connection.execute(
            select(import_line.c.kind, func.count())
            .where(import_line.c.run == run, import_line.c.phase == phase)
            .group_by(import_line.c.kind)
        )
        return {row[0]: row[1] for row in rows}

    def undo_counts(self, run: str) -> dict[str, int]:
        """Return how many records were taken back and how many were kept."""
        rows = self._connection.execute(
            select(import_line.c.undone, func.count())
            .where(import_line.c.run == run, import_line.c.undone.is_not(None))
            .group_by(import_line.c.undone)
        )
        return {row[0]: row[1] for row in rows}

    def lines(
        self,
        run: str,
        phase: Phase,
        *,
        kinds: Iterable[Fate] = (),
        undone: str | None = None,
        after: Place | None = None,
        limit: int | None = None,
    ) -> tuple[ImportLine, ...]:
        """Return what became of rows, in the order of the sheet."""
        asked = select(import_line).where(import_line.c.run == run, import_line.c.phase == phase)
        if wanted := tuple(kinds):
            asked = asked.where(import_line.c.kind.in_(wanted))
        if undone is not None:
            asked = asked.where(import_line.c.undone == undone)
        if after is not None:
            asked = asked.where(tuple_(import_line.c.sheet, import_line.c.number) > after)
        asked = asked.order_by(import_line.c.sheet, import_line.c.number).limit(limit)
        return tuple(map(_line, self._connection.execute(asked)))

    def to_take_back(self, run: str, limit: int) -> tuple[ImportLine, ...]:
        """Return rows whose records were not taken back yet, the last first."""
        asked = (
            select(import_line)
            .where(import_line.c.run == run, import_line.c.phase == "run")
            .where(import_line.c.kind.in_(("created", "changed")), import_line.c.undone.is_(None))
            .order_by(import_line.c.sheet.desc(), import_line.c.number.desc())
            .limit(limit)
        )
        return tuple(map(_line, self._connection.execute(asked)))

    def took_back(self, line: ImportLine, undone: str, why: Message | None) -> None:
        """Note that a record was taken back, or why it was kept."""
        self._connection.execute(
            update(import_line)
            .where(
                import_line.c.run == line.run,
                import_line.c.phase == line.phase,
                import_line.c.sheet == line.sheet,
                import_line.c.number == line.number,
            )
            .values(undone=undone, undo_reason=_told(why))
        )

    def remember(self, person: str, app: str, form: str, choice: Mapping[str, str]) -> None:
        """Keep what somebody chose for the headings of a form's sheets."""
        row = {"person": person, "app": app, "form": form, "choice": dict(choice)}
        self._connection.execute(
            self._insert(import_memory)
            .values(row)
            .on_conflict_do_update(
                index_elements=["person", "app", "form"], set_={"choice": dict(choice)}
            )
        )

    def remembered(self, person: str, app: str, form: str) -> Mapping[str, str]:
        """Return what somebody chose for the headings the last times."""
        row = self._connection.execute(
            select(import_memory.c.choice).where(
                import_memory.c.person == person,
                import_memory.c.app == app,
                import_memory.c.form == form,
            )
        ).first()
        return row[0] if row else {}


def _told(message: Message | None) -> dict[str, Any] | None:
    return told(message) if message else None


def _complaints_told(complaints: Complaints) -> dict[str, Any] | None:
    return {id_: [told(one) for one in why] for id_, why in complaints.items()} or None


def _run(row: Any) -> ImportRun:
    values = dict(row._mapping)
    values["problem"] = message_of(values["problem"]) if values["problem"] else None
    return ImportRun(**values)


def _line(row: Any) -> ImportLine:
    values = dict(row._mapping)
    complaints = values["complaints"] or {}
    values["complaints"] = {id_: tuple(map(message_of, why)) for id_, why in complaints.items()}
    values["undo_reason"] = message_of(values["undo_reason"]) if values["undo_reason"] else None
    return ImportLine(**values)

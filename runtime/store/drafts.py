"""What is the draft of an app, who changed what in it, and what was published?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import delete, func, insert, select, update

from runtime.store.draft_tables import draft, draft_edit, draft_file, draft_look

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["done", "undone", "gone"]
"""An edit that holds, one that was undone, one that was undone and can't be redone any more."""


@dataclass(frozen=True, kw_only=True)
class DraftHead:
    """How far a draft has come."""

    app: str
    rev: int
    """The number of its last step."""
    published: int
    """The step at which it was published last."""
    base: int
    """The revision of the installed app that it is a draft of."""


@dataclass(frozen=True, kw_only=True)
class DraftStep:
    """One step of a draft: edits made together, or the undoing or redoing of such a step."""

    app: str
    seq: int
    kind: str
    of: int | None = None
    """The step that was undone or redone."""
    person: str
    at: datetime
    edits: Sequence[Mapping[str, Any]]
    splices: Sequence[Mapping[str, Any]]
    """What it changed in the texts."""
    touched: Sequence[Sequence[str | int]]
    state: State = "done"
    last: int
    """The step by which its splices came into the texts last: itself, or its redoing."""


@dataclass(frozen=True)
class Look:
    """Who looks at a draft."""

    person: str
    view: str
    at: datetime


class Drafts:
    """The drafts of apps."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def head(self, app: str, *, hold: bool = False) -> DraftHead | None:
        """Return how far a draft has come; with `hold` nobody else goes on until the transaction
        ends."""
        asked = select(draft).where(draft.c.app == app)
        row = self._connection.execute(asked.with_for_update() if hold else asked).first()
        return DraftHead(**row._mapping) if row else None

    def files(self, app: str) -> dict[str, str]:
        """Return the texts of a draft's files by path."""
        rows = self._connection.execute(
            select(draft_file.c.path, draft_file.c.text).where(draft_file.c.app == app)
        )
        return {row.path: row.text for row in rows}

    def begin(self, head: DraftHead, files: Mapping[str, str]) -> None:
        """Begin a draft anew with these files."""
        self.forget(head.app)
        self._connection.execute(insert(draft), vars(head))
        rows = [{"app": head.app, "path": path, "text": text} for path, text in files.items()]
        self._connection.execute(insert(draft_file), rows)

    def forget(self, app: str) -> None:
        """Drop a draft with all its steps."""
        for table in (draft, draft_file, draft_edit, draft_look):
            self._connection.execute(delete(table).where(table.c.app == app))

    def add(self, step: DraftStep, changed: Mapping[str, str | None]) -> None:
        """Keep one step, and the new texts of the files that it changed; None where one ended."""
        self._connection.execute(insert(draft_edit), vars(step))
        self._connection.execute(update(draft).where(draft.c.app == step.app).values(rev=step.seq))
        for path, text in changed.items():
            here = (draft_file.c.app == step.app, draft_file.c.path == path)
            self._connection.execute(delete(draft_file).where(*here))
            if text is not None:
                row = {"app": step.app, "path": path, "text": text}
                self._connection.execute(insert(draft_file), row)

    def since(self, app: str, rev: int) -> tuple[DraftStep, ...]:
        """Return the steps after a revision, in their order."""
        rows = self._connection.execute(
            select(draft_edit)
            .where(draft_edit.c.app == app, draft_edit.c.seq > rev)
            .order_by(draft_edit.c.seq)
        )
        return tuple(DraftStep(**row._mapping) for row in rows)

    def step(self, app: str, seq: int) -> DraftStep | None:
        """Return one step."""
        row = self._connection.execute(
            select(draft_edit).where(draft_edit.c.app == app, draft_edit.c.seq == seq)
        ).first()
        return DraftStep(**row._mapping) if row else None

    def latest(self, app: str, person: str, state: State) -> DraftStep | None:
        """Return what a person would undo next (`done`) or redo next (`undone`)."""
        mine = (draft_edit.c.app == app, draft_edit.c.person == person)
        asked = select(draft_edit).where(*mine, draft_edit.c.state == state)
        asked = asked.where(draft_edit.c.of.is_(None))
        order = draft_edit.c.seq.desc() if state == "done" else draft_edit.c.seq
        row = self._connection.execute(asked.order_by(order).limit(1)).first()
        return DraftStep(**row._mapping) if row else None

    def mark(self, step: DraftStep, state: State, last: int) -> None:
        """Note that a step was undone or redone."""
        self._connection.execute(
            update(draft_edit)
            .where(draft_edit.c.app == step.app, draft_edit.c.seq == step.seq)
            .values(state=state, last=last)
        )

    def clear_redo(self, app: str, person: str) -> None:
        """Forget what a person undid: after a new edit it can't be redone."""
        self._connection.execute(
            update(draft_edit)
            .where(draft_edit.c.app == app, draft_edit.c.person == person)
            .where(draft_edit.c.state == "undone")
            .values(state="gone")
        )

    def pending(self, app: str) -> int:
        """Return how many edits make the draft differ from what was published: new ones that
        hold, and former ones that were undone or redone since."""
        head = self.head(app)
        return 0 if head is None else self.since_step(app, head.published)

    def since_step(self, app: str, seq: int) -> int:
        """Return how many edits make the draft differ from what it was at a step."""
        later = (draft_edit.c.app == app, draft_edit.c.seq > seq)
        new = select(func.count()).select_from(draft_edit).where(*later)
        new = new.where(draft_edit.c.state == "done", draft_edit.c.of.is_(None))
        turned = select(draft_edit.c.of).where(*later, draft_edit.c.of <= seq)
        turned = turned.group_by(draft_edit.c.of).having(func.count() % 2 == 1)
        count = select(func.count()).select_from(turned.subquery())
        return sum(int(self._connection.execute(each).scalar_one()) for each in (new, count))

    def published(self, app: str, rev: int, base: int) -> None:
        """Note that the draft as it was at a step is what is installed now."""
        self._connection.execute(
            update(draft).where(draft.c.app == app).values(published=rev, base=base)
        )

    def look(self, app: str, look: Look) -> None:
        """Note that somebody looks at a draft."""
        here = (draft_look.c.app == app, draft_look.c.person == look.person)
        self._connection.execute(delete(draft_look).where(*here))
        self._connection.execute(insert(draft_look), {"app": app, **vars(look)})

    def looks(self, app: str, since: datetime) -> tuple[Look, ...]:
        """Return who looked at a draft since a moment."""
        rows = self._connection.execute(
            select(draft_look.c.person, draft_look.c.view, draft_look.c.at)
            .where(draft_look.c.app == app, draft_look.c.at >= since)
            .order_by(draft_look.c.person)
        )
        return tuple(Look(*row) for row in rows)

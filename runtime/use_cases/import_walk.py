"""How does a whole sheet go through, a few records at a time, tried only or for good?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from engine.app import Form
from engine.imports.drafts import Apart, Draft, LineDraft, drafts_of, lines_apart
from engine.imports.plan import ImportPlan
from engine.typed.text import cut
from engine.wording import Message
from runtime.services import Services
from runtime.sheets.books import Book
from runtime.store.imports import ImportLine, ImportRun, Phase, Place
from runtime.store.records import NotUnique
from runtime.use_cases.act import Act
from runtime.use_cases.import_row import Done, Wish, bring_in, refused, title_of
from runtime.use_cases.import_wishes import Wishes
from runtime.use_cases.reach import Work, begin

AT_ONCE = 40
"""Records in one transaction: enough to be fast, few enough that nobody waits for it."""

Tell = Callable[[int, int | None], None]
"""Told how many rows of how many are done. May raise, which ends the walk."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One way through the sheets of a file."""

    services: Services
    act: Act
    form: Form
    run: ImportRun
    plan: ImportPlan
    phase: Phase
    book: Book
    parents: dict[str, set[str]] = field(default_factory=dict)
    """By line field, what its own sheet was asked for rows of."""

    def go(self, tell: Tell) -> int | None:
        """Go through to the end and return how many rows there were; None if somebody stopped
        it. Raises Unreadable."""
        with self.services.store.reading() as unit:
            sight = begin(self.services, unit, self.act, self.form).sight
            known = unit.imports.places(self.run.id, self.phase)
        apart = self._lines_apart()
        wishes = Wishes(self.services, self.act, self.form, sight, self.plan, self.phase)
        at_once = 1 if self.phase == "run" and wishes.name_each_other else AT_ONCE
        drafts, rows = self._drafts(apart), 0
        while chunk := list(islice(drafts, at_once)):
            read = wishes.of(chunk)
            if not self._take([one for one in read if ("", one[0].number) not in known], wishes):
                return None
            rows += sum(len(draft.numbers) for draft in chunk)
            tell(rows, self.run.rows)
        self._note_orphans(apart, known)
        return rows

    def _drafts(self, apart: Apart) -> Iterator[Draft]:
        sheet = self.book.sheet(self.plan.sheet)
        for draft in drafts_of(sheet.rows() if sheet else (), self.plan, apart):
            for line, key in draft.keys.items():
                self.parents.setdefault(line, set()).add(key)
            yield draft

    def _lines_apart(self) -> Mapping[str, Mapping[str, list[LineDraft]]]:
        found = {}
        for line, plan in self.plan.lines.items():
            sheet = self.book.sheet(plan.sheet)
            found[line] = lines_apart(sheet.rows() if sheet else (), plan)
        return found

    def _take(self, read: list[tuple[Draft, Wish | Done]], wishes: Wishes) -> bool:
        """Bring some records in, as one transaction; False if somebody stopped it."""
        try:
            return self._taken(read, wishes, alone=False)
        except NotUnique:
            return self._taken(read, wishes, alone=True)

    def _taken(self, read: list[tuple[Draft, Wish | Done]], wishes: Wishes, *, alone: bool) -> bool:
        with self.services.store.unit() as unit:
            now = unit.imports.one(self.run.id)
            if now is None or now.state not in ("checking", "running"):
                return False
            work = begin(self.services, unit, self.act, self.form)
            lines = []
            for draft, wish in read:
                done = wish
                if isinstance(wish, Wish):
                    done = bring_in(work, self.plan, wish, alone=alone)
                assert isinstance(done, Done)
                lines.append(self._line(work, draft, wishes.with_rows_named(draft, wish, done)))
            if self.phase == "run":
                unit.imports.write(lines)
                return True
            unit.rollback()
        with self.services.store.unit() as unit:
            unit.imports.write(lines)
        return True

    def _line(self, work: Work, draft: Draft, done: Done) -> ImportLine:
        record = done.record
        stays = self.phase == "run" or done.kind != "created"
        return ImportLine(
            run=self.run.id,
            phase=self.phase,
            sheet="",
            number=draft.number,
            kind=done.kind,
            record=record.id if record and stays else None,
            title=title_of(work, draft, record.values if record else None),
            complaints=done.complaints,
            before=done.before,
        )

    def _note_orphans(self, apart: Apart, known: set[Place]) -> None:
        """Say of rows in a sheet of their own that no record of the first sheet is theirs."""
        lines = []
        for line, by_key in apart.items():
            for key, rows in by_key.items():
                if key not in self.parents.get(line, ()):
                    lines += [self._orphan(row, key) for row in rows]
        with self.services.store.unit() as unit:
            unit.imports.write(one for one in lines if (one.sheet, one.number) not in known)

    def _orphan(self, row: LineDraft, key: str) -> ImportLine:
        message = Message("主表里没有“{key}”，这一行不知道属于哪条记录", key=cut(key))
        return ImportLine(
            run=self.run.id,
            phase=self.phase,
            sheet=row.sheet or "",
            number=row.number,
            kind="refused",
            title=key[:200],
            complaints=refused({"": (message,)}).complaints,
        )

"""How does a test bring a sheet in, and read what became of it?"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import xlsxwriter

from engine.app import Form
from engine.imports.plan import ImportPlan
from runtime.jobs.workshop import Workshop
from runtime.services import Services
from runtime.store.imports import ImportLine, ImportRun, Phase
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import plan_of_run, receive_sheet
from runtime.use_cases.import_moves import check_plan, start_import, undo_import
from tests.desk import Desk

Rows = Sequence[Sequence[Any]]


def csv_of(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(rows).encode(encoding)


def xlsx_of(**sheets: Rows) -> bytes:
    """Return a workbook with these sheets; what is not a text is written as a number."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return made.getvalue()


@dataclass(frozen=True)
class Importer:
    """Somebody who brings sheets into a form."""

    desk: Desk
    login: str = "chief_north"
    form: str = "ticket"
    app: str = "desk"

    @property
    def _here(self) -> tuple[Services, Act, Form]:
        act = self.desk.act(self.login, door="import")
        return self.desk.services, act, self.desk.services.apps[self.app].forms[self.form]

    def receive(self, content: bytes, name: str = "sheet.csv") -> ImportRun:
        services, act, form = self._here
        run = receive_sheet(services, act, form, name, io.BytesIO(content))
        assert isinstance(run, ImportRun), run
        return run

    def check(self, content: bytes, **choice: Any) -> ImportRun:
        """Try a sheet, with its proposed columns if no others are given."""
        run = self.receive(content)
        plan = msgspec.structs.replace(plan_of_run(run), **choice)
        return self.choose(run, plan)

    def choose(self, run: ImportRun, plan: ImportPlan) -> ImportRun:
        services, act, form = self._here
        begun = check_plan(services, act, form, run.id, plan)
        assert isinstance(begun, ImportRun), begun
        return self.work(run)

    def work(self, run: ImportRun) -> ImportRun:
        Workshop(services=self.desk.services).run_due()
        return self.state(run)

    def bring(self, content: bytes, **choice: Any) -> ImportRun:
        """Try a sheet and bring it in."""
        return self.start(self.check(content, **choice))

    def start(self, run: ImportRun) -> ImportRun:
        services, act, form = self._here
        begun = start_import(services, act, form, run.id)
        assert isinstance(begun, ImportRun), begun
        return self.work(run)

    def undo(self, run: ImportRun) -> ImportRun:
        services, act, form = self._here
        begun = undo_import(services, act, form, run.id)
        assert isinstance(begun, ImportRun), begun
        return self.work(run)

    def state(self, run: ImportRun) -> ImportRun:
        with self.desk.services.store.reading() as unit:
            found = unit.imports.one(run.id)
        assert found is not None
        return replace(found)

    def counts(self, run: ImportRun, phase: Phase = "run") -> Mapping[str, int]:
        with self.desk.services.store.reading() as unit:
            return unit.imports.counts(run.id, phase)

    def lines(self, run: ImportRun, phase: Phase = "run") -> tuple[ImportLine, ...]:
        with self.desk.services.store.reading() as unit:
            return unit.imports.lines(run.id, phase)

    def complaints(self, run: ImportRun, phase: Phase = "check") -> dict[int, list[str]]:
        """Return what is said of each row that is refused."""
        return {
            line.number: [str(one) for why in line.complaints.values() for one in why]
            for line in self.lines(run, phase)
            if line.kind == "refused"
        }

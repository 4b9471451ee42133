"""Which rows of a sheet could not be taken, as a sheet that can be corrected and brought again?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from engine.app import Form
from engine.imports.drafts import Draft, LineDraft, drafts_of, lines_apart
from engine.imports.plan import ImportPlan
from engine.outcomes import Missing
from engine.wording import Message
from runtime.services import Services
from runtime.sheets.books import Book, Row, Sheet, Unreadable
from runtime.sheets.marked import MarkedRow, MarkedSheet, write_marked
from runtime.store.imports import ImportLine
from runtime.use_cases.act import Act
from runtime.use_cases.import_file import REASON, REASON_HEADINGS, book_of, own_run, plan_of_run
from runtime.use_cases.import_report import phase_of
from runtime.use_cases.reach import begin

Say = Callable[[Message], str]


@dataclass
class Wrong:
    """What is wrong with one row."""

    marks: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    reasons: list[str] = field(default_factory=list)


Wrongs = dict[int, Wrong]


def write_errors(
    services: Services, act: Act, form: Form, id_: str, say: Say, path: Path
) -> Missing | None:
    """Write the rows that were refused into a file, the cells marked, the reasons at the end."""
    with services.store.reading() as unit:
        run = own_run(begin(services, unit, act, form), id_)
        if run is None:
            return Missing()
        lines = unit.imports.lines(id_, phase_of(run), kinds=("refused",))
        try:
            book = book_of(services, unit, run)
        except Unreadable:
            return Missing()
    plan = plan_of_run(run)
    wrongs = _wrongs(book, plan, lines, say)
    write_marked(path, _sheets(book, plan, wrongs, say))
    return None


def _sheets(
    book: Book, plan: ImportPlan, wrongs: Mapping[str, Wrongs], say: Say
) -> Iterator[MarkedSheet]:
    heads = {plan.sheet or "": plan.head}
    heads |= {lines.sheet: lines.head for lines in plan.lines.values()}
    for name, head in heads.items():
        sheet = book.sheet(name or None)
        if sheet is not None:
            rows = wrongs.get(name, {})
            headings = next((row.cells for row in sheet.rows() if row.number == head), ())
            at = next((n for n, text in enumerate(headings) if text in REASON_HEADINGS), None)
            yield MarkedSheet(
                name=name,
                headings=headings if at is None else headings[:at],
                rows=_marked(sheet, rows),
                reason=say(REASON),
            )


def _marked(sheet: Sheet, wrongs: Wrongs) -> Iterator[MarkedRow]:
    for row in sheet.rows():
        wrong = wrongs.get(row.number)
        if wrong is not None:
            yield MarkedRow(
                cells=row.cells,
                marks={at: "\n".join(texts) for at, texts in wrong.marks.items()},
                reason="；".join(wrong.reasons),
            )


def _wrongs(
    book: Book, plan: ImportPlan, lines: tuple[ImportLine, ...], say: Say
) -> dict[str, Wrongs]:
    """Return by sheet and row what is wrong; rows that belong to a refused record come along."""
    found: dict[str, Wrongs] = defaultdict(dict)
    main = plan.sheet or ""
    by_row = {line.number: line for line in lines if not line.sheet}
    for draft in _drafts(book, plan):
        line = by_row.get(draft.number)
        if line is not None:
            for number in draft.numbers:
                found[main].setdefault(number, Wrong())
            for rows in draft.lines.values():
                for row in rows:
                    found[row.sheet or main].setdefault(row.number, Wrong())
            _mark(found, plan, draft, line, say)
    for line in lines:
        if line.sheet:
            wrong = found[line.sheet].setdefault(line.number, Wrong())
            wrong.reasons += [say(one) for why in line.complaints.values() for one in why]
    return found


def _mark(
    found: dict[str, Wrongs], plan: ImportPlan, draft: Draft, line: ImportLine, say: Say
) -> None:
    main = plan.sheet or ""
    for id_, why in line.complaints.items():
        texts = [say(one) for one in why]
        field_, _, rest = id_.partition(".")
        place, _, cell = rest.partition(".")
        rows = draft.lines.get(field_, [])
        if place.isdigit() and int(place) < len(rows):
            row = rows[int(place)]
            wrong = found[row.sheet or main].setdefault(row.number, Wrong())
            column = _cell_column(plan, field_, cell, row)
        else:
            wrong, column = found[main][draft.number], plan.column_of(id_)
        wrong.reasons += texts
        if column is not None:
            wrong.marks[column] += texts


def _cell_column(plan: ImportPlan, line: str, cell: str, row: LineDraft) -> int | None:
    if row.sheet is None:
        return plan.column_of(f"{line}.{cell}")
    columns = plan.lines[line].columns
    return next((at for at, id_ in columns.items() if id_ == cell), None)


def _drafts(book: Book, plan: ImportPlan) -> Iterator[Draft]:
    apart = {}
    for line, lines in plan.lines.items():
        sheet = book.sheet(lines.sheet)
        apart[line] = lines_apart(sheet.rows() if sheet else (), lines)
    main = book.sheet(plan.sheet)
    rows: Iterator[Row] = main.rows() if main else iter(())
    return drafts_of(rows, plan, apart)

"""Which rows of a sheet are one record, and where does each text of it stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from engine.imports.plan import ImportPlan, LinesPlan


class SheetRow(Protocol):
    """One row of a sheet."""

    @property
    def number(self) -> int:
        """Its number, from 1."""
        ...

    @property
    def cells(self) -> Sequence[str]:
        """Its texts, as far as they go."""
        ...


@dataclass(frozen=True)
class LineDraft:
    """What stands in a sheet for one row of a line field."""

    sheet: str | None
    """None: the sheet of the records."""
    number: int
    texts: Mapping[str, str]
    """By cell; empty ones are left out."""


@dataclass(kw_only=True)
class Draft:
    """What stands in a sheet for one record."""

    number: int
    """The number of its first row."""
    texts: Mapping[str, str]
    """By target; empty ones are left out."""
    lines: dict[str, list[LineDraft]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    """All its rows in the records' own sheet."""
    keys: dict[str, str] = field(default_factory=dict)
    """By line field, what tells its rows in a sheet of their own."""


Apart = Mapping[str, Mapping[str, Sequence[LineDraft]]]
"""Rows of line fields that stand in sheets of their own: by line field, then by key."""


def drafts_of(rows: Iterable[SheetRow], plan: ImportPlan, apart: Apart) -> Iterator[Draft]:
    """Yield the records of a sheet. Rows that repeat a record, or only go on with its line
    fields, belong to it."""
    own = {at: id_ for at, id_ in plan.columns.items() if "." not in id_}
    cells = {at: id_ for at, id_ in plan.columns.items() if "." in id_}
    open_: Draft | None = None
    for row in rows:
        if row.number <= plan.head:
            continue
        texts = _texts(row, own)
        if open_ is not None and cells and _goes_on(open_, texts, row, cells):
            open_.numbers.append(row.number)
        else:
            if open_ is not None:
                yield open_
            open_ = Draft(number=row.number, texts=texts, numbers=[row.number])
            _take_apart(open_, row, plan, apart)
        _take_cells(open_, row, cells)
    if open_ is not None:
        yield open_


def lines_apart(rows: Iterable[SheetRow], plan: LinesPlan) -> dict[str, list[LineDraft]]:
    """Return the rows of a line field's own sheet by what they say about their record."""
    found: dict[str, list[LineDraft]] = {}
    for row in rows:
        if row.number <= plan.head:
            continue
        texts = _texts(row, plan.columns)
        if texts:
            line = LineDraft(plan.sheet, row.number, texts)
            found.setdefault(_cell(row, plan.key), []).append(line)
    return found


def _texts(row: SheetRow, columns: Mapping[int, str]) -> dict[str, str]:
    return {id_: text for at, id_ in columns.items() if (text := _cell(row, at))}


def _cell(row: SheetRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""


def _goes_on(
    open_: Draft, texts: Mapping[str, str], row: SheetRow, cells: Mapping[int, str]
) -> bool:
    if not any(_cell(row, at) for at in cells):
        return False
    return not texts or texts == open_.texts


def _take_cells(draft: Draft, row: SheetRow, cells: Mapping[int, str]) -> None:
    lines: dict[str, dict[str, str]] = {}
    for at, id_ in cells.items():
        if text := _cell(row, at):
            field_, _, cell = id_.partition(".")
            lines.setdefault(field_, {})[cell] = text
    for field_, texts in lines.items():
        draft.lines.setdefault(field_, []).append(LineDraft(None, row.number, texts))


def _take_apart(draft: Draft, row: SheetRow, plan: ImportPlan, apart: Apart) -> None:
    for field_, lines in plan.lines.items():
        key = _cell(row, lines.parent)
        draft.keys[field_] = key
        rows = apart.get(field_, {}).get(key, ()) if key else ()
        if rows:
            draft.lines.setdefault(field_, []).extend(rows)

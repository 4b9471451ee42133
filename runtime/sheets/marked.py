"""How is a sheet made of the rows that could not be taken, with the reasons beside them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

LONGEST_TEXT = 32_767
LONGEST_COMMENT = 2000
MOST_COMMENTS = 20_000
_WIDTH = 18
_REASON_WIDTH = 60


@dataclass(frozen=True, kw_only=True)
class MarkedRow:
    """One row as it came, with what is wrong with it."""

    cells: Sequence[str]
    marks: Mapping[int, str] = field(default_factory=dict)
    """By column, from 0: why the cell can't be taken."""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkedSheet:
    """One sheet; its headings are those of the file that came."""

    name: str
    headings: Sequence[str]
    rows: Iterable[MarkedRow]
    reason: str
    """What the last column is called."""


def write_marked(path: Path, sheets: Iterable[MarkedSheet]) -> None:
    """Write the sheets; every cell is a text, so that no text becomes a formula, a date or a
    number when somebody corrects another one."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#F2F3F5", "bottom": 1})
        wrong = book.add_format({"num_format": "@", "bg_color": "#FFE3E0", "font_color": "#A61B10"})
        why = book.add_format({"num_format": "@", "font_color": "#A61B10", "text_wrap": True})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31] or None), sheet, (text, head, wrong, why))


def _write(page: Any, sheet: MarkedSheet, looks: tuple[Any, Any, Any, Any]) -> None:
    text, head, wrong, why = looks
    last = len(sheet.headings)
    page.freeze_panes(1, 0)
    page.set_column(0, max(last - 1, 0), _WIDTH, text)
    page.set_column(last, last, _REASON_WIDTH, why)
    for column, heading in enumerate((*sheet.headings, sheet.reason)):
        page.write_string(0, column, heading[:LONGEST_TEXT], head)
    comments = 0
    for at, row in enumerate(sheet.rows, start=1):
        for column in range(last):
            cell = row.cells[column] if column < len(row.cells) else ""
            mark = row.marks.get(column)
            if cell or mark:
                page.write_string(at, column, cell[:LONGEST_TEXT], wrong if mark else text)
            if mark and comments < MOST_COMMENTS:
                comments += 1
                page.write_comment(at, column, mark[:LONGEST_COMMENT])
        page.write_string(at, last, row.reason[:LONGEST_TEXT], why)

"""How is an empty sheet made that shows what belongs into each of its columns?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

PREPARED_ROWS = 2000
"""Rows whose cells offer choices."""
LONGEST_CHOICES = 250
"""Letters that a cell can list by itself; longer lists stand on a sheet of their own."""
CHOICES = "options"
_WIDEST = 30


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a template."""

    heading: str
    help: str = ""
    choices: Sequence[str] = ()
    strict: bool = True
    """Whether only the choices can be typed."""
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class TemplateSheet:
    """One sheet of a template."""

    name: str
    columns: Sequence[Column]


def write_template(path: Path, sheets: Sequence[TemplateSheet]) -> None:
    """Write a template: headings, help as comments, choices as lists that open. Cells are texts,
    so that long numbers keep their digits and dates stay as they were typed."""
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        looks = _Looks(book)
        pages = [(book.add_worksheet(sheet.name[:31]), sheet) for sheet in sheets]
        lists = _Lists(book)
        for page, sheet in pages:
            page.freeze_panes(1, 0)
            for at, column in enumerate(sheet.columns):
                _write_column(page, at, column, looks, lists)


class _Looks:
    def __init__(self, book: Any) -> None:
        common = {"bold": True, "bg_color": "#F2F3F5", "bottom": 1}
        self.head = book.add_format(common)
        self.required = book.add_format({**common, "font_color": "#C4372B"})
        self.text = book.add_format({"num_format": "@"})


class _Lists:
    """Choices that are too long for a cell, on a hidden sheet that is made once needed."""

    def __init__(self, book: Any) -> None:
        self._book, self._columns = book, 0
        self._page: Any = None

    def place(self, choices: Sequence[str]) -> str:
        if self._page is None:
            self._page = self._book.add_worksheet(CHOICES)
            self._page.hide()
        for at, choice in enumerate(choices):
            self._page.write_string(at, self._columns, choice)
        name = xl_col_to_name(self._columns)
        self._columns += 1
        return f"={CHOICES}!${name}$1:${name}${len(choices)}"


def _write_column(page: Any, at: int, column: Column, looks: _Looks, lists: _Lists) -> None:
    heading = f"{column.heading}*" if column.required else column.heading
    letters = sum(1 if letter.isascii() else 2 for letter in heading)
    page.set_column(at, at, min(max(letters + 4, 14), _WIDEST), looks.text)
    page.write_string(0, at, heading, looks.required if column.required else looks.head)
    if column.help:
        page.write_comment(0, at, column.help, {"x_scale": 1.6, "y_scale": 1.4})
    if column.choices:
        fits = sum(map(len, column.choices)) + len(column.choices) < LONGEST_CHOICES
        plain = fits and not any("," in choice for choice in column.choices)
        source = list(column.choices) if plain else lists.place(column.choices)
        page.data_validation(
            1,
            at,
            PREPARED_ROWS,
            at,
            {"validate": "list", "source": source, "error_type": _error(column)},
        )


def _error(column: Column) -> str:
    return "stop" if column.strict else "information"

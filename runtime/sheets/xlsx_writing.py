"""How is an xlsx file written, row by row and in little memory?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from runtime.limits import SHEET_ROWS
from runtime.sheets.writing import About, Cell, Heading, plain_number

LONGEST_TEXT = 32_767
SURE_DIGITS = 15
"""A number with more digits would lose its last ones: it is written as a text."""
FIRST_YEAR = 1900
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
WIDEST = 40
_DATE, _MOMENT, _SECONDS, _TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss", "hh:mm"


class XlsxBook:
    """An Excel file under way."""

    several = True

    def __init__(self, path: Path, about: About) -> None:
        # What is not finished yet lies beside the file, under its name, so that it is found.
        self._parts = path.with_suffix(".parts")
        self._parts.mkdir()
        # Texts are never guessed to be formulas, addresses or numbers.
        self._book = Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(self._parts),
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        made = about.made.replace(tzinfo=None)
        self._book.set_properties({"author": about.author, "title": about.title, "created": made})
        self._formats: dict[str, Any] = {}
        self._head = self._book.add_format({"bold": True, "bg_color": "#F2F3F5", "bottom": 1})
        self._names: set[str] = set()

    def table(self, name: str, headings: Sequence[Heading]) -> XlsxTable:
        """Begin a table on a sheet of its own."""
        return XlsxTable(self, name, headings)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()
        shutil.rmtree(self._parts)

    def sheet(self, name: str, headings: Sequence[Heading]) -> Worksheet:
        """Begin a sheet, under a name that is allowed and not taken."""
        sheet = self._book.add_worksheet(self._free_name(name))
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, _width(heading))
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading.label[:LONGEST_TEXT], self._head)
        return sheet

    def looks(self, code: str) -> Any:
        """Return the format with a code; each is made once."""
        if code not in self._formats:
            self._formats[code] = self._book.add_format({"num_format": code})
        return self._formats[code]

    def _free_name(self, name: str) -> str:
        wanted = _NOT_IN_NAMES.sub(" ", name).strip()[:LONGEST_NAME] or "Sheet"
        free, n = wanted, 1
        while free.lower() in self._names:
            n += 1
            free = f"{wanted[: LONGEST_NAME - 1 - len(str(n))]} {n}"
        self._names.add(free.lower())
        return free


class XlsxTable:
    """One table of the file; it goes on on another sheet where one is full."""

    def __init__(self, book: XlsxBook, name: str, headings: Sequence[Heading]) -> None:
        self._book, self._name, self._headings = book, name, headings
        self._numbers = [book.looks(_number_code(heading)) for heading in headings]
        self._sheet = book.sheet(name, headings)
        self._at = 0

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row more."""
        if self._at == SHEET_ROWS:
            self._sheet, self._at = self._book.sheet(self._name, self._headings), 0
        self._at += 1
        for column, cell in enumerate(cells):
            if cell is not None:
                self._write(column, cell)

    def _write(self, column: int, cell: Cell) -> None:
        sheet, at = self._sheet, self._at
        match cell:
            case str():
                sheet.write_string(at, column, cell[:LONGEST_TEXT])
            case Decimal() | int():
                if _is_sure(cell):
                    sheet.write_number(at, column, float(cell), self._numbers[column])
                else:
                    sheet.write_string(at, column, plain_number(cell))
            case time():
                sheet.write_datetime(at, column, cell, self._book.looks(_TIME))
            case date():
                self._write_day(column, cell)

    def _write_day(self, column: int, cell: date | datetime) -> None:
        if cell.year < FIRST_YEAR:
            self._sheet.write_string(self._at, column, cell.isoformat())
            return
        code = _DATE
        if isinstance(cell, datetime):
            code = _SECONDS if cell.second else _MOMENT
        self._sheet.write_datetime(self._at, column, cell, self._book.looks(code))


def _is_sure(number: Decimal | int) -> bool:
    """Tell whether the file format can hold each digit of a number."""
    digits = Decimal(number).normalize().as_tuple()
    return len(digits.digits) <= SURE_DIGITS


def _number_code(heading: Heading) -> str:
    if heading.percent:
        return f"0.{'0' * heading.places}%" if heading.places else "0.00%"
    if heading.places is None:
        return "General"
    return f"#,##0.{'0' * heading.places}" if heading.places else "#,##0"


def _width(heading: Heading) -> int:
    # A Chinese character is as wide as two letters.
    letters = sum(1 if letter.isascii() else 2 for letter in heading.label)
    return min(max(letters + 4, 12), WIDEST)

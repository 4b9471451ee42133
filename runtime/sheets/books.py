"""What is a sheet once it was read, and how much of it is taken?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.wording import Message
from runtime.limits import IMPORT_COLUMNS, IMPORT_ROWS

LONGEST_CELL = 32_767
"""As in Excel."""

NO_RESULT = "#FORMULA!"
"""Stands for a formula whose result was never stored."""
ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
"""What a cell holds when its formula failed."""


class Unreadable(Exception):
    """The file is no sheet that can be read; says why, for the person who sent it."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Row:
    """One row that holds anything: its number in the sheet, from 1, and its texts."""

    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """Return the text of a column, counted from 0; nothing if the row is shorter."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A named table. Its cells are texts, as people would type what they see in them."""

    name: str
    read: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """Yield the rows from the top, without empty ones. Raises Unreadable."""
        for count, row in enumerate(self.read()):
            if count > IMPORT_ROWS:
                raise Unreadable(Message("最多导入 {most} 行，请拆成几个文件", most=IMPORT_ROWS))
            yield _within_limits(row)


@dataclass(frozen=True)
class Book:
    """The sheets of one file."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str | None) -> Sheet | None:
        """Return a sheet by its name; without a name, the first."""
        if name is None:
            return self.sheets[0] if self.sheets else None
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def _within_limits(row: Row) -> Row:
    if len(row.cells) > IMPORT_COLUMNS:
        message = Message("第 {row} 行超过 {most} 列", row=row.number, most=IMPORT_COLUMNS)
        raise Unreadable(message)
    if max(map(len, row.cells), default=0) > LONGEST_CELL:
        message = Message("第 {row} 行有超过 {most} 字的单元格", row=row.number, most=LONGEST_CELL)
        raise Unreadable(message)
    return row


def without_end(cells: list[str]) -> tuple[str, ...]:
    """Return the texts of a row without the empty ones at its end, blanks around them removed."""
    texts = [text.strip() for text in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)

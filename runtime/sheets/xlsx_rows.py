"""What stands in the rows of one sheet of a workbook?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.wording import Message
from runtime.limits import IMPORT_COLUMNS
from runtime.sheets.archives import broken
from runtime.sheets.books import NO_RESULT, Row, Unreadable, without_end
from runtime.sheets.number_formats import Look, number_text
from runtime.sheets.xlsx_texts import unescaped
from runtime.sheets.xml_parts import read_xml

MOST_CELLS = 3_000_000
"""Cells that are looked at in one sheet, the empty ones included."""
WIDEST = 16_384
"""Cells that any program writes into a row."""


@dataclass(frozen=True)
class Shared:
    """What all sheets of a workbook share."""

    strings: Sequence[str]
    looks: Sequence[Look]
    since_1904: bool


def sheet_rows(chunks: Iterable[bytes], shared: Shared) -> Iterator[Row]:
    """Yield the rows that hold anything, as they are read. Raises Unreadable."""
    reader = _Rows(shared)
    for _ in read_xml(chunks, reader.start, reader.end, reader.text):
        yield from reader.done
        reader.done.clear()


@lru_cache(maxsize=100_000)
def place_of(reference: str) -> tuple[int, int]:
    """Return column (from 0) and row (from 1) of a reference such as `AB12`; 0 if not said."""
    column = row = 0
    for sign in reference:
        if "A" <= sign <= "Z":
            column = column * 26 + ord(sign) - 64
        elif "0" <= sign <= "9":
            row = row * 10 + ord(sign) - 48
        elif "a" <= sign <= "z":
            column = column * 26 + ord(sign) - 96
    return column - 1, row


class _Rows:
    """Puts the cells of a sheet together into rows of texts."""

    def __init__(self, shared: Shared) -> None:
        self.done: list[Row] = []
        self._shared = shared
        self._number = 0
        self._seen = 0
        self._in_row = 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = ""
        self._style = 0
        self._formula = False
        self._value: list[str] = []
        self._listening = False
        self._reading = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("v", "t"):
            self._listening = not self._reading
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._reading += 1
        elif name == "row":
            self._begin_row(attributes.get("r"))

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._listening = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._reading -= 1
        elif name == "row":
            cells = without_end(self._cells)
            if cells:
                self.done.append(Row(self._number, cells))

    def text(self, part: str) -> None:
        if self._listening:
            self._value.append(part)

    def _begin_row(self, number: str | None) -> None:
        self._count()
        self._in_row = 0
        said = int(number) if number and number.isascii() and number.isdigit() else 0
        self._number = said or self._number + 1
        self._cells, self._column = [], -1

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._count()
        self._in_row += 1
        column = place_of(attributes["r"][:12])[0] if "r" in attributes else self._column + 1
        self._column = max(column, self._column + 1)
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isascii() and style.isdigit() else 0
        self._formula = False
        self._value = []

    def _end_cell(self) -> None:
        text = self._text()
        if not text:
            return
        if self._column >= IMPORT_COLUMNS:
            message = Message("第 {row} 行超过 {most} 列", row=self._number, most=IMPORT_COLUMNS)
            raise Unreadable(message)
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([""] * missing)
        self._cells.append(text)

    def _text(self) -> str:
        raw = "".join(self._value)
        if not raw:
            return NO_RESULT if self._formula and self._kind != "str" else ""
        match self._kind:
            case "s":
                return self._shared_text(raw)
            case "n":
                looks = self._shared.looks
                look = looks[self._style] if self._style < len(looks) else Look.NUMBER
                return number_text(raw, look, self._shared.since_1904)
            case "b":
                return "TRUE" if raw.strip() == "1" else "FALSE"
            case "d":
                return raw.replace("T", " ")
            case _:
                return unescaped(raw)

    def _shared_text(self, raw: str) -> str:
        try:
            at = int(raw)
            return self._shared.strings[at] if at >= 0 else ""
        except (ValueError, IndexError):
            raise broken() from None

    def _count(self) -> None:
        self._seen += 1
        if self._seen > MOST_CELLS or self._in_row > WIDEST:
            raise Unreadable(Message("表格太大，请删去空白的行列或拆成几个文件"))

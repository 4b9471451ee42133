"""How is a table of text written that spreadsheets read without running anything in it?"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from runtime.sheets.guarding import guarded
from runtime.sheets.writing import Cell, Heading, plain_number, share_text


class CsvBook:
    """A table of text under way."""

    several = False

    def __init__(self, path: Path, encoding: str) -> None:
        # Rows end as the format says, on every machine.
        self._file = path.open("w", encoding=encoding, newline="", errors="replace")
        self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._headings: Sequence[Heading] = ()

    def table(self, name: str, headings: Sequence[Heading]) -> CsvBook:
        """Begin the table."""
        self._headings = headings
        self._writer.writerow([guarded(heading.label) for heading in headings])
        return self

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row more."""
        pairs = zip(cells, self._headings, strict=True)
        self._writer.writerow([_text(cell, heading) for cell, heading in pairs])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _text(cell: Cell, heading: Heading) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Decimal() | int():
            return share_text(cell, heading.places) if heading.percent else plain_number(cell)
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M:%S" if cell.second else "%Y-%m-%d %H:%M")
        case date():
            return cell.isoformat()
        case time():
            return cell.strftime("%H:%M:%S" if cell.second else "%H:%M")

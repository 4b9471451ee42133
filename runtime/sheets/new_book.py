"""Which kind of file is made for a wish?"""

from __future__ import annotations

from pathlib import Path

from runtime.sheets.csv_writing import CsvBook
from runtime.sheets.writing import About, Format, NewBook
from runtime.sheets.xlsx_writing import XlsxBook

ENDINGS: dict[Format, str] = {"xlsx": "xlsx", "csv": "csv", "csv_gb18030": "csv"}


def new_book(path: Path, format_: Format, about: About) -> NewBook:
    """Begin a file of a format."""
    match format_:
        case "xlsx":
            return XlsxBook(path, about)
        case "csv":
            return CsvBook(path, "utf-8-sig")
        case "csv_gb18030":
            return CsvBook(path, "gb18030")

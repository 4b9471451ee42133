"""Which kind of sheet is this file, and what is in it?"""

from __future__ import annotations

from pathlib import Path

from engine.wording import Message
from runtime.limits import IMPORT_BYTES
from runtime.sheets.books import Book, Unreadable
from runtime.sheets.text_tables import open_text_table
from runtime.sheets.xlsx import open_xlsx

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_NO_SHEETS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")


def open_book(path: Path) -> Book:
    """Return the sheets of a file; what it is called does not matter. Raises Unreadable."""
    if path.stat().st_size > IMPORT_BYTES:
        most = IMPORT_BYTES // (1024 * 1024)
        raise Unreadable(Message("文件太大，最多 {most} MB", most=most))
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_ZIP):
        return open_xlsx(path)
    if head.startswith(_OLE):
        message = "这是旧版 Excel（.xls）或加了密码的文件，请另存为没有密码的 .xlsx 再上传"
        raise Unreadable(Message(message))
    if head.startswith(_NO_SHEETS):
        raise Unreadable(Message("这不是表格文件，请上传 .xlsx 或 .csv"))
    return open_text_table(path)

"""What is in a text table: in which letters, with which separator?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from engine.wording import Message
from runtime.sheets.books import LONGEST_CELL, Book, Row, Sheet, Unreadable, without_end
from runtime.sheets.guarding import unguarded

SEPARATORS = (",", "\t", ";")
_LOOKED_AT = 20
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TRIED = ("utf-8", "gb18030")
"""GB18030 contains GBK and GB2312, so these need no names of their own."""


def open_text_table(path: Path) -> Book:
    """Return the one sheet of a text table. Raises Unreadable."""
    text = decoded(path.read_bytes())
    separator, text = _declared(text)
    separator = separator or likely_separator(text)
    return Book((Sheet("", partial(_rows, text, separator)),))


def decoded(content: bytes) -> str:
    """Return the text, whichever of the usual encodings it is in. Raises Unreadable."""
    named = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (named,) if named else _TRIED:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    message = "认不出文件的文字编码，请另存为 UTF-8 的 .csv 或 .xlsx 再上传"
    raise Unreadable(Message(message))


def likely_separator(text: str) -> str:
    """Return the separator by which the first lines fall into the most even columns."""
    return max(SEPARATORS, key=lambda separator: _evenness(text, separator))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    lines = []
    try:
        for line in csv.reader(io.StringIO(text[:100_000]), delimiter=separator):
            if any(line):
                lines.append(len(line))
            if len(lines) == _LOOKED_AT:
                break
    except csv.Error:
        return (0, 0)
    widest = max(lines, default=0)
    if widest < 2:
        return (0, 0)
    usual = max(set(lines), key=lines.count)
    return (lines.count(usual) if usual > 1 else 0, widest)


def _declared(text: str) -> tuple[str | None, str]:
    """Excel says the separator in a first line of its own: `sep=;`."""
    first, _, rest = text.partition("\n")
    said = first.strip().lower()
    if said.startswith("sep=") and len(said) <= 5:
        return (first.strip()[4:] or "\t"), rest
    return None, text


def _rows(text: str, separator: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = without_end(next(reader))
        except StopIteration:
            return
        except csv.Error:
            message = "第 {row} 行的引号不成对或内容过长，请检查后再上传"
            raise Unreadable(Message(message, row=number)) from None
        if cells:
            yield Row(number, tuple(map(unguarded, cells)))

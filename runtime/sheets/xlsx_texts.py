"""Which texts and looks do the cells of a workbook share?"""

from __future__ import annotations

import re

from engine.wording import Message
from runtime.sheets.archives import Archive
from runtime.sheets.books import Unreadable
from runtime.sheets.number_formats import Look, look_of
from runtime.sheets.xml_parts import nothing, read_whole

STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
MOST_STRINGS = 2_000_000
MOST_LETTERS = 60_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with the signs that xlsx writes as `_x000D_`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Strings:
    """Collects texts; readings of Chinese or Japanese signs (`rPh`) do not belong to them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._reading = 0
        self._letters = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._reading += 1
        elif name == "t":
            self._inside = not self._reading

    def end(self, name: str) -> None:
        if name == "t":
            self._inside = False
        elif name == "rPh":
            self._reading -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self._parts)))
            if len(self.texts) > MOST_STRINGS:
                raise _too_much()

    def text(self, part: str) -> None:
        if self._inside:
            self._letters += len(part)
            if self._letters > MOST_LETTERS:
                raise _too_much()
            self._parts.append(part)


def shared_strings(archive: Archive, name: str = STRINGS) -> list[str]:
    """Return the texts that cells point to. Raises Unreadable."""
    found = _Strings()
    if name in archive.names:
        read_whole(archive.stream(name), found.start, found.end, found.text)
    return found.texts


def looks(archive: Archive, name: str = STYLES) -> list[Look]:
    """Return what each style makes of numbers. Raises Unreadable."""
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "numFmt":
            codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            styles.append(_number(attributes.get("numFmtId")))

    def end(_: str) -> None:
        inside.pop()

    if name in archive.names:
        read_whole(archive.stream(name), start, end, nothing)
    return [look_of(id_, codes.get(id_)) for id_ in styles]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _too_much() -> Unreadable:
    return Unreadable(Message("表格里的文字太多，请拆成几个文件"))

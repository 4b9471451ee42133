"""Which sheets does an xlsx workbook have, and where is each?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path

from runtime.sheets.archives import Archive, broken
from runtime.sheets.books import Book, Row, Sheet
from runtime.sheets.xlsx_rows import Shared, sheet_rows
from runtime.sheets.xlsx_texts import STRINGS, STYLES, looks, shared_strings
from runtime.sheets.xml_parts import attribute, nothing, read_whole

WORKBOOK = "xl/workbook.xml"
RELATIONS = "_rels/.rels"


def open_xlsx(path: Path) -> Book:
    """Return the visible sheets of a workbook, read as they are asked for. Raises Unreadable."""
    workbook = _Workbook(Archive(path))
    sheets = tuple(
        Sheet(name, partial(workbook.rows, part)) for name, part in workbook.visible_sheets()
    )
    if not sheets:
        raise broken()
    return Book(sheets)


class _Workbook:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._part = self._workbook_part()
        self._since_1904 = False
        self._sheets: list[tuple[str, str]] = []
        read_whole(archive.stream(self._part), self._start, nothing, nothing)

    def visible_sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each sheet and where its rows are."""
        targets = self._targets(self._part)
        for name, id_ in self._sheets:
            part = targets.get(id_)
            if part in self._archive.names:
                yield name, str(part)

    def rows(self, part: str) -> Iterator[Row]:
        """Yield the rows of a part."""
        return sheet_rows(self._archive.fresh().stream(part), self._shared)

    @cached_property
    def _shared(self) -> Shared:
        archive = self._archive.fresh()
        targets = set(self._targets(self._part).values())
        strings = next((one for one in targets if one.lower().endswith("sharedstrings.xml")), "")
        styles = next((one for one in targets if one.lower().endswith("styles.xml")), "")
        return Shared(
            strings=shared_strings(archive, strings or STRINGS),
            looks=looks(archive, styles or STYLES),
            since_1904=self._since_1904,
        )

    def _workbook_part(self) -> str:
        if WORKBOOK in self._archive.names:
            return WORKBOOK
        targets = self._targets("").values() if RELATIONS in self._archive.names else ()
        found = next((one for one in targets if one.endswith("workbook.xml")), None)
        if found not in self._archive.names:
            raise broken()
        return str(found)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self._since_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "sheet" and attributes.get("state", "visible") == "visible":
            id_ = attribute(attributes, "id")
            self._sheets.append((attributes.get("name", ""), id_ or ""))

    def _targets(self, part: str) -> dict[str, str]:
        """Return what the relations of a part point to, by id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels") if part else RELATIONS
        found: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
                found[attributes.get("Id", "")] = posixpath.normpath(path)

        if relations in self._archive.names:
            read_whole(self._archive.stream(relations), start, nothing, nothing)
        return found

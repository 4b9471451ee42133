"""How does a test export a list and look into the file?"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from runtime.jobs.workshop import Workshop
from runtime.use_cases.exporting import Export
from runtime.use_cases.list_records import Wanted
from runtime.use_cases.own_jobs import job_file
from runtime.use_cases.start_export import Started, start_export
from tests.desk import Desk

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def export(desk: Desk, login: str = "chief_north", form: str = "ticket", **how: Any) -> Started:
    wanted = Wanted(
        **{name: how.pop(name) for name in list(how) if name in Wanted.__dataclass_fields__}
    )
    started = start_export(
        desk.services,
        desk.act(login),
        desk.form(form),
        Export(app="desk", form=form, wanted=wanted, **how),
    )
    assert isinstance(started, Started), started
    return started


def exported(desk: Desk, login: str = "chief_north", **how: Any) -> tuple[Path, str]:
    """Export and return the file with its name for the person."""
    started = export(desk, login, **how)
    Workshop(services=desk.services).run_due()
    found = job_file(desk.services, desk.act(login), started.job)
    assert isinstance(found, tuple), found
    return found


def csv_rows(path: Path, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding))))


def sheets(path: Path) -> dict[str, list[list[tuple[str, str]]]]:
    """Return the rows of each sheet of an xlsx file: (kind, text) of each cell, where kind `f` is
    a formula."""
    with zipfile.ZipFile(path) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - written by us
        names = [sheet.attrib["name"] for sheet in book.iter(f"{_MAIN}sheet")]
        return {
            name: _rows(archive.read(f"xl/worksheets/sheet{n}.xml"))
            for n, name in enumerate(names, 1)
        }


def _rows(xml: bytes) -> list[list[tuple[str, str]]]:
    return [
        [_cell(cell) for cell in row.iter(f"{_MAIN}c")]
        for row in ElementTree.fromstring(xml).iter(f"{_MAIN}row")  # noqa: S314
    ]


def _cell(cell: ElementTree.Element) -> tuple[str, str]:
    if cell.find(f"{_MAIN}f") is not None:
        return "f", str(cell.findtext(f"{_MAIN}f"))
    text = "".join(t.text or "" for t in cell.iter(f"{_MAIN}t"))
    return cell.attrib.get("t", "n"), text or str(cell.findtext(f"{_MAIN}v") or "")

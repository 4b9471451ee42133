"""What does a company take along of an app that it gives up?"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from engine.app import App, Form
from engine.record import SYSTEM_FIELDS, Record
from runtime.services import Services
from runtime.store import Unit
from runtime.store.removal import Removal

AT_ONCE = 500


def write_parting(services: Services, unit: Unit, app: App, to: BinaryIO) -> None:
    """Write the records of an app as JSON lines, one file for each form, with the files that stand
    in them, what happened, and the app itself."""
    removal = Removal(unit, app.id)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in unit.packages.files(app.id).items():
            archive.writestr(f"app/{name}", content)
        for form in app.forms.values():
            _lines(archive, f"records/{form.id}.jsonl", _records(unit, removal, form))
        _lines(archive, "log.jsonl", removal.log())
        for id_ in removal.files():
            stored = unit.files.one(id_)
            place = services.store.files.path(stored.sha256) if stored else None
            if stored and place and place.is_file():
                archive.write(place, f"files/{id_}/{stored.name}")


def _lines(archive: zipfile.ZipFile, name: str, rows: Iterator[Any]) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")


def _records(unit: Unit, removal: Removal, form: Form) -> Iterator[dict[str, Any]]:
    ids = removal.ids(form.id)
    for start in range(0, len(ids), AT_ONCE):
        for record in unit.records.many(form, ids[start : start + AT_ONCE], deleted=True).values():
            yield _told(form, record)


def _told(form: Form, record: Record) -> dict[str, Any]:
    system = {name: getattr(record, name) for name in SYSTEM_FIELDS}
    values = {
        name: form.fields[name].data(value)
        for name, value in record.values.items()
        if value is not None
    }
    return {**system, **values}

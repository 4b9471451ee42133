"""What happens when somebody uploads a file, and when somebody opens one?"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from engine.outcomes import Invalid, Missing
from engine.record import StoredFile
from runtime.services import Services
from runtime.store import Unfit
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin, reach


def upload_file(
    services: Services, act: Act, name: str, stream: BinaryIO
) -> StoredFile | Invalid:
    """Keep the content; until a record takes the file, only its uploader can open it."""
    stored = services.store.files.put(stream, services.settings.max_upload)
    if isinstance(stored, Unfit):
        return Invalid({"file": (stored.message,)})
    with services.store.unit() as unit:
        return unit.files.add(stored, name, act.actor.id, services.now())


def open_file(services: Services, act: Act, id_: str) -> tuple[StoredFile, Path] | Missing:
    """Return a file if the actor may see the record and the field that it belongs to."""
    with services.store.reading() as unit:
        found = unit.files.one(id_)
        if found is None:
            return Missing()
        if found.record is None:
            mine = found.file.uploaded_by == act.actor.id
            return (found.file, services.store.files.path(found.file.sha256)) if mine else Missing()
        form = services.form(found.app or "", found.form or "")
        if form is None:
            return Missing()
        work = begin(services, unit, act, form)
        if isinstance(reach(work, found.record), Missing) or found.field in work.sight.hidden:
            return Missing()
        if found.field in work.sight.masked:
            return Missing()
        return found.file, services.store.files.path(found.file.sha256)



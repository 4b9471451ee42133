"""What happens when somebody uploads a file, and when somebody opens one?"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from runtime.services import Services
from runtime.store import Unfit, Unit
from runtime.store.files import Place
from runtime.use_cases.act import Act
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import begin, reach

Uploaded = StoredFile | Invalid | Denied | Missing


def upload_file(services: Services, act: Act, name: str, stream: BinaryIO) -> Uploaded:
    """Keep the content; until a record takes the file, only its uploader can open it."""
    stored = services.store.files.put(stream, services.settings.max_upload)
    if isinstance(stored, Unfit):
        return Invalid({"file": (stored.message,)})
    with services.store.unit() as unit:
        now = services.now()
        return once_for_key(
            unit, act, now, _trace(unit), lambda: unit.files.add(stored, name, act.actor.id, now)
        )


def _trace(unit: Unit) -> Trace[StoredFile, StoredFile]:
    return Trace(left=lambda file: file.id, found=lambda id_: unit.files.one(id_) or Missing())


def open_file(services: Services, act: Act, id_: str) -> tuple[StoredFile, Path] | Missing:
    """Return a file if the actor may see the record and the field that it belongs to."""
    with services.store.reading() as unit:
        stored = unit.files.one(id_)
        if stored is None:
            return Missing()
        places = unit.files.places(id_)
        mine = not places and stored.uploaded_by == act.actor.id
        if not mine and not any(_may_look(services, unit, act, place) for place in places):
            return Missing()
        return stored, services.store.files.path(stored.sha256)


def _may_look(services: Services, unit: Unit, act: Act, place: Place) -> bool:
    form = services.form(place.app, place.form)
    if form is None:
        return False
    work = begin(services, unit, act, form)
    field = place.place.partition(".")[0]
    if field in work.sight.hidden | work.sight.masked:
        return False
    return not isinstance(reach(work, place.record), Missing)

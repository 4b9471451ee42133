"""What happens when somebody uploads a file, and when somebody opens one?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from engine.field import Field
from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from runtime.limits import PUBLIC_FILE_BYTES
from runtime.services import Services
from runtime.store import Unfit, Unit
from runtime.store.contents import Refusal
from runtime.store.files import Place
from runtime.use_cases.act import Act
from runtime.use_cases.once import Trace, once_for_key
from runtime.use_cases.reach import begin, reach

Uploaded = StoredFile | Invalid | Denied | Missing


def upload_file(
    services: Services, act: Act, name: str, stream: BinaryIO, field: Field | None = None
) -> Uploaded:
    """Keep the content, if it is one that the field takes which it is meant for; until a record
    takes the file, only its uploader can open it."""
    most = services.settings.max_upload
    most = min(most, PUBLIC_FILE_BYTES) if act.actor.outside else most
    refusal = _refused_by(field, services.now()) if field else None
    stored = services.store.files.put(stream, most, refusal)
    if isinstance(stored, Unfit):
        return Invalid({"file": (stored.message,)})
    with services.store.unit() as unit:
        now = services.now()
        by = act.actor.uploads_as
        return once_for_key(
            unit, act, now, _trace(unit), lambda: unit.files.add(stored, name, by, now)
        )


def _refused_by(field: Field, now: datetime) -> Refusal:
    return lambda content: field.refusal_of(
        StoredFile(
            id="", name="", type=content.kind.type, media_type=content.kind.media_type,
            size=content.size, sha256=content.sha256, uploaded_at=now, uploaded_by=None,
        )
    )  # fmt: skip


def _trace(unit: Unit) -> Trace[StoredFile, StoredFile]:
    return Trace(left=lambda file: file.id, found=lambda id_: unit.files.one(id_) or Missing())


def open_file(services: Services, act: Act, id_: str) -> tuple[StoredFile, Path] | Missing:
    """Return a file if the actor may see the record and the field that it belongs to."""
    with services.store.reading() as unit:
        stored = unit.files.one(id_)
        if stored is None:
            return Missing()
        places = unit.files.places(id_)
        mine = not places and stored.uploaded_by == act.actor.uploads_as
        # Nobody outside sees what stands on a record, their own no more once it was sent.
        there = () if act.actor.outside else places
        if not mine and not any(_may_look(services, unit, act, place) for place in there):
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

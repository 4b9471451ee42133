"""What comes of a file that somebody outside uploads before they send the page?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from engine.field import Field
from engine.fields.lines import Lines
from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from engine.wording import Message
from runtime.limits import DISK_KEPT_FREE, KIB, PUBLIC_FILE_BYTES
from runtime.services import Services
from runtime.use_cases.checking import FILES
from runtime.use_cases.keep_file import upload_file
from runtime.use_cases.publics.opening import Opened, opened_in
from runtime.use_cases.publics.pace import fills_with_files
from runtime.use_cases.publics.sending import CONSENT, TooMuch

AGREE_FIRST = Message("请先勾选上面的同意，再上传")
TOO_LARGE = Message("文件不能超过 {most} MB", most=PUBLIC_FILE_BYTES // (KIB * KIB))


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file on its way in."""

    to: str
    """The input that it is meant for: `photo`, or `items-2-photo` in the rows of a sub-table."""
    name: str
    stream: BinaryIO
    size: int
    agreed: bool


Kept = StoredFile | Invalid | Missing | TooMuch


def keep_upload(services: Services, opened: Opened, upload: Upload) -> Kept:
    """Keep it for the visit that it belongs to, until the page is sent or it is forgotten. What
    is refused leaves nothing behind; room for it is taken before anything is written."""
    if not upload.agreed:
        return Invalid({CONSENT: (AGREE_FIRST,)})
    field = field_at(opened, upload.to)
    if field is None:
        return Missing()
    if upload.size > PUBLIC_FILE_BYTES:
        return Invalid({"file": (TOO_LARGE,)})
    room = _room(services, opened, upload.size)
    if room is not None:
        return room
    stored = upload_file(services, opened.act(), upload.name, upload.stream, field)
    return Missing() if isinstance(stored, Denied) else stored


def field_at(opened: Opened, name: str) -> Field | None:
    """Return the field, or the column of a sub-table, of an input that takes files here."""
    id_, _, rest = name.partition("-")
    field = opened.form.fields.get(id_) if id_ in opened.public.asked else None
    if isinstance(field, Lines):
        cell = rest.rpartition("-")[2]
        field = field.cells[cell] if cell in opened.public.cells.get(id_, ()) else None
    elif rest:
        return None
    return field if field is not None and field.type in FILES else None


def asks_files(opened: Opened) -> bool:
    """Tell whether anything is uploaded at a page."""
    names = (*opened.public.asked, *(f"{id_}-0-{cell}" for id_, cell in _columns(opened)))
    return any(field_at(opened, name) is not None for name in names)


def _columns(opened: Opened) -> list[tuple[str, str]]:
    return [(id_, cell) for id_, cells in opened.public.cells.items() for cell in cells]


def _room(services: Services, opened: Opened, size: int) -> Missing | TooMuch | None:
    if services.store.files.free() - size < DISK_KEPT_FREE:
        return TooMuch()
    with services.store.unit() as unit:
        fresh = opened_in(services, unit, opened.link.key)
        if not isinstance(fresh, Opened) or opened.visitor is None:
            return Missing()
        if fills_with_files(unit, opened, size, services.now()):
            unit.rollback()
            return TooMuch()
    return None

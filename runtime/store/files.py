"""Which files are there, and on which records do they stand?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, insert, select, true

from engine.app import Form
from engine.record import Record, StoredFile
from runtime.store.contents import Content
from runtime.store.ids import new_id
from runtime.store.platform_tables import file, file_use

if TYPE_CHECKING:
    from runtime.store.unit import Unit

FILE_WIDGETS = frozenset({"file", "image", "signature"})
LONGEST_NAME = 200
_SPOOFING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COLUMNS = tuple(file.c.keys())


@dataclass(frozen=True)
class Place:
    """Where a file stands: who may see the record (and the field) may see the file."""

    app: str
    form: str
    record: str
    place: str
    """The id of a field, `<line field>.<cell>`, `evidence:<item>` or `comment`."""


class Files:
    """What is known of the files; their bytes are in a folder beside the database."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, content: Content, name: str, by: str | None, now: datetime) -> StoredFile:
        """Note a file that was uploaded; it stands nowhere yet."""
        stored = StoredFile(
            id=new_id(now),
            name=proper_name(name, content.kind.type),
            type=content.kind.type,
            media_type=content.kind.media_type,
            size=content.size,
            sha256=content.sha256,
            uploaded_at=now,
            uploaded_by=by,
        )
        self._connection.execute(insert(file), vars(stored))
        return stored

    def one(self, id_: str) -> StoredFile | None:
        """Return what is known of a file."""
        return self.by_ids((id_,)).get(id_)

    def by_ids(self, ids: Iterable[str]) -> Mapping[str, StoredFile]:
        """Return several files by their ids, whichever of them exist."""
        wanted = tuple(set(ids))
        if not wanted:
            return {}
        rows = self._connection.execute(select(file).where(file.c.id.in_(wanted)))
        return {row.id: _stored(row) for row in rows}

    def fresh(self, id_: str, person: str) -> StoredFile | None:
        """Return a file that this person uploaded and that stands nowhere yet."""
        stored = self.one(id_)
        if stored is None or stored.uploaded_by != person or self.places(id_):
            return None
        return stored

    def usable(self, ids: Iterable[str], person: str, record: str | None) -> bool:
        """Tell whether a person may put all these files on a record: they stand on it already,
        or the person uploaded them and they stand nowhere."""
        return all(
            self.fresh(id_, person) is not None
            or any(place.record == record for place in self.places(id_))
            for id_ in set(ids)
        )

    def places(self, id_: str) -> tuple[Place, ...]:
        """Return where a file stands."""
        rows = self._connection.execute(
            select(file_use.c.app, file_use.c.form, file_use.c.record, file_use.c.place).where(
                file_use.c.file == id_
            )
        )
        return tuple(Place(*row) for row in rows)

    def of_record(self, form: Form, record: str) -> tuple[tuple[str, StoredFile], ...]:
        """Return the files of a record, each with its place."""
        rows = self._connection.execute(
            select(file_use.c.place, *file.c)
            .join(file, file.c.id == file_use.c.file)
            .where(file_use.c.record == record, file_use.c.form == form.id)
            .order_by(file.c.id)
        )
        return tuple(
            (row[0], StoredFile(**dict(zip(_COLUMNS, row[1:], strict=True)))) for row in rows
        )

    def put(self, form: Form, record: str, place: str, ids: Iterable[str]) -> None:
        """Let files stand somewhere; twice is once."""
        there = set(self._at(record, place))
        rows = [
            {"file": id_, "record": record, "place": place, "app": form.app, "form": form.id}
            for id_ in dict.fromkeys(ids)
            if id_ not in there
        ]
        if rows:
            self._connection.execute(insert(file_use), rows)

    def keep(self, form: Form, before: Record | None, after: Record) -> None:
        """Follow a record's file fields: what was added stands there now, what was removed no
        longer does."""
        old = dict(_filed(form, before)) if before else {}
        new = dict(_filed(form, after))
        for place in old.keys() | new.keys():
            was, now = set(old.get(place, ())), set(new.get(place, ()))
            if now - was:
                self.put(form, after.id, place, sorted(now - was))
            if was - now:
                self._remove(after.id, place, was - now)

    def unused(self, before: datetime, by: str = "", limit: int = 500) -> tuple[StoredFile, ...]:
        """Return files uploaded before a moment that stand nowhere, and by whose id begins so."""
        rows = self._connection.execute(
            select(file)
            .outerjoin(file_use, file_use.c.file == file.c.id)
            .where(file_use.c.file.is_(None), file.c.uploaded_at < before)
            .where(file.c.uploaded_by.startswith(by, autoescape=True) if by else true())
            .order_by(file.c.id)
            .limit(limit)
        )
        return tuple(_stored(row) for row in rows)

    def forget(self, id_: str) -> bool:
        """Forget a file that stands nowhere; True if its bytes belong to no other either."""
        stored = self.one(id_)
        if stored is None or self.places(id_):
            return False
        self._connection.execute(delete(file).where(file.c.id == id_))
        same = select(file.c.id).where(file.c.sha256 == stored.sha256).limit(1)
        return self._connection.execute(same).first() is None

    def _at(self, record: str, place: str) -> Iterator[str]:
        rows = self._connection.execute(
            select(file_use.c.file).where(file_use.c.record == record, file_use.c.place == place)
        )
        return (row[0] for row in rows)

    def _remove(self, record: str, place: str, ids: Iterable[str]) -> None:
        self._connection.execute(
            delete(file_use).where(
                file_use.c.record == record,
                file_use.c.place == place,
                file_use.c.file.in_(tuple(ids)),
            )
        )


def _stored(row: Row[Any]) -> StoredFile:
    return StoredFile(**row._mapping)


def _filed(form: Form, record: Record) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, cell in file_places(form):
        value = record.values.get(name)
        if cell is None:
            yield name, tuple(value or ())  # type: ignore[arg-type]  # file fields hold ids
        else:
            rows: Any = value or ()
            yield f"{name}.{cell}", tuple(id_ for row in rows for id_ in row.get(cell) or ())


def file_places(form: Form) -> Iterator[tuple[str, str | None]]:
    """Yield the fields of a form that hold files, as (field, cell of its rows)."""
    for name, field in form.fields.items():
        if field.type in FILE_WIDGETS:
            yield name, None
        for cell in getattr(field, "fields", ()):
            if cell.type in FILE_WIDGETS:
                yield name, cell.id


def proper_name(name: str, type_: str) -> str:
    """Return a name that can be shown and saved anywhere: no folders, no control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    # Marks of writing direction could make `exe.pdf` of `fdp.exe`.
    letters = [letter for letter in last if letter.isprintable() and letter not in _SPOOFING]
    clean = "".join(letters).strip(" .")
    return clean[-LONGEST_NAME:] or f"file.{type_}"

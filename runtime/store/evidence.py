"""What was handed in for the gates of a record, and was it accepted?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import and_, exists, func, insert, or_, select, update

from engine.app import Form
from engine.record import Evidence, StoredFile
from runtime.store.platform_tables import evidence, file

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Handing(Protocol):
    """What is handed in: a file for an item, with where it was taken."""

    @property
    def item(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def latitude(self) -> Decimal | None: ...
    @property
    def longitude(self) -> Decimal | None: ...
    @property
    def expires_on(self) -> date | None: ...


@dataclass(frozen=True)
class Waiting:
    """Pieces of one item on one record that wait for a verdict."""

    record: str
    item: str
    pieces: int
    since: datetime


MOST_WAITING = 200
_OWN = ("id", "item", "added_at", "added_by", "latitude", "longitude", "expires_on", "verdict",
        "verdict_by", "verdict_reason")  # fmt: skip
_FILE = tuple(file.c.keys())
_other = evidence.alias()
_ALL = select(
    *(evidence.c[name] for name in _OWN),
    exists()
    .where(and_(_other.c.sha256 == evidence.c.sha256, _other.c.record != evidence.c.record))
    .label("elsewhere"),
    *file.c,
).join(file, file.c.id == evidence.c.file)


class EvidencePieces:
    """The evidence of all records."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._connection = unit.connection

    def of(self, form: Form, record: str) -> tuple[Evidence, ...]:
        """Return what was handed in for a record, in the order in which it came."""
        if not form.pipelines:
            return ()
        rows = self._connection.execute(
            _ALL.where(evidence.c.record == record).order_by(evidence.c.id)
        )
        return tuple(_evidence(row) for row in rows)

    def one(self, id_: str) -> Evidence | None:
        """Return one piece."""
        row = self._connection.execute(_ALL.where(evidence.c.id == id_)).first()
        return _evidence(row) if row else None

    def add(
        self, form: Form, record: str, id_: str, handed: Handing, now: datetime, by: str | None
    ) -> None:
        """Keep a piece; its file stands on the record from now on."""
        stored = self._unit.files.one(handed.file)
        assert stored is not None, "hand in a file that was uploaded"
        self._connection.execute(
            insert(evidence),
            {
                "id": id_,
                "app": form.app,
                "form": form.id,
                "record": record,
                "item": handed.item,
                "file": handed.file,
                "sha256": stored.sha256,
                "added_at": now,
                "added_by": by,
                "latitude": handed.latitude,
                "longitude": handed.longitude,
                "expires_on": handed.expires_on,
            },
        )
        self._unit.files.put(form, record, f"evidence:{handed.item}", (handed.file,))

    def waiting(self, form: Form, items: Iterable[str], reader: str) -> tuple[Waiting, ...]:
        """Return what nobody has judged yet of some items of a form, one for each record and
        item, the longest waiting first; what the reader handed in is left out."""
        first = func.min(evidence.c.added_at)
        rows = self._connection.execute(
            select(evidence.c.record, evidence.c.item, func.count(), first)
            .where(
                evidence.c.app == form.app,
                evidence.c.form == form.id,
                evidence.c.item.in_(tuple(items)),
                evidence.c.verdict.is_(None),
                or_(evidence.c.added_by.is_(None), evidence.c.added_by != reader),
            )
            .group_by(evidence.c.record, evidence.c.item)
            .order_by(first)
            .limit(MOST_WAITING)
        )
        return tuple(Waiting(*row) for row in rows)

    def judge(
        self, id_: str, verdict: str, by: str, now: datetime, reason: str | None = None
    ) -> bool:
        """Accept or reject a piece; False if there is none."""
        done = self._connection.execute(
            update(evidence)
            .where(evidence.c.id == id_)
            .values(verdict=verdict, verdict_by=by, verdict_at=now, verdict_reason=reason)
        )
        return done.rowcount == 1


def _evidence(row: Sequence[Any]) -> Evidence:
    own = len(_OWN)
    values = dict(zip(_OWN, row[:own], strict=True))
    stored = StoredFile(**dict(zip(_FILE, row[own + 1 :], strict=True)))
    return Evidence(**values, file=stored, used_elsewhere=bool(row[own]))

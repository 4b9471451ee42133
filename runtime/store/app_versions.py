"""Which versions of an app were published, by whom, with which files?"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, insert, select

from runtime.store.draft_tables import app_version

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class AppVersion:
    """One version of an app, as it was published."""

    app: str
    number: int
    at: datetime
    person: str | None
    note: str


class AppVersions:
    """Every version of every app that was designed here."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def list(self, app: str) -> tuple[AppVersion, ...]:
        """Return the versions of an app, the latest first."""
        columns = [column for column in app_version.c if column.name != "files"]
        rows = self._connection.execute(
            select(*columns).where(app_version.c.app == app).order_by(app_version.c.number.desc())
        )
        return tuple(AppVersion(**row._mapping) for row in rows)

    def files(self, app: str, number: int) -> Mapping[str, str] | None:
        """Return the texts of a version by path; None if there is no such version."""
        row = self._connection.execute(
            select(app_version.c.files)
            .where(app_version.c.app == app)
            .where(app_version.c.number == number)
        ).first()
        if row is None:
            return None
        return msgspec.json.decode(zlib.decompress(bytes(row[0])), type=dict[str, str])

    def keep(self, app: str, kept: Mapping[str, str], of: AppVersion) -> None:
        """Keep a version."""
        packed = zlib.compress(msgspec.json.encode(dict(kept)))
        self._connection.execute(insert(app_version), {**vars(of), "app": app, "files": packed})

    def next_number(self, app: str) -> int:
        """Return the number of the version that is published next."""
        asked = select(func.max(app_version.c.number)).where(app_version.c.app == app)
        return int(self._connection.execute(asked).scalar() or 0) + 1

"""Which apps are installed, in which version, with which files?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from runtime.store.migrate.trash import Dropped
from runtime.store.origin_tables import kept_app
from runtime.store.platform_tables import package, package_file, trash

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Package:
    """An app as it is installed."""

    app: str
    version: str
    installed_at: datetime
    revision: int
    """Goes up with every installation, so that other processes notice."""


class Packages:
    """The installed apps."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def list(self) -> tuple[Package, ...]:
        """Return every installed app."""
        rows = self._connection.execute(
            select(
                package.c.app, package.c.version, package.c.installed_at, package.c.revision
            ).order_by(package.c.app)
        )
        return tuple(Package(**row._mapping) for row in rows)

    def one(self, app: str) -> Package | None:
        """Return an installed app."""
        return next((found for found in self.list() if found.app == app), None)

    def files(self, app: str) -> Mapping[str, bytes]:
        """Return the files of an installed app by path."""
        rows = self._connection.execute(
            select(package_file.c.path, package_file.c.content)
            .where(package_file.c.app == app)
            .order_by(package_file.c.path)
        )
        return {row[0]: bytes(row[1]) for row in rows}

    def trash(self, app: str) -> tuple[Dropped, ...]:
        """Return what upgrades of an app dropped and what can be restored, latest first."""
        rows = self._connection.execute(
            select(trash).where(trash.c.app == app).order_by(trash.c.id.desc())
        )
        return tuple(Dropped(**row._mapping) for row in rows)

    def shape(self, app: str) -> Mapping[str, Any] | None:
        """Return what the tables of an app look like, as its installation left them."""
        for where in (package, kept_app):
            row = self._connection.execute(select(where.c.shape).where(where.c.app == app)).first()
            if row:
                return row[0]  # type: ignore[no-any-return]  # JSON
        return None

    def kept(self, app: str) -> tuple[str, int] | None:
        """Return version and revision of an app that was taken away while its data stayed."""
        row = self._connection.execute(
            select(kept_app.c.version, kept_app.c.revision).where(kept_app.c.app == app)
        ).first()
        return (row[0], row[1]) if row else None

    def next_revision(self, app: str) -> int:
        """Return the revision that the next installation of an app gets."""
        known, kept = self.one(app), self.kept(app)
        before = known.revision if known else kept[1] if kept else 0
        return before + 1

    def keep(
        self, app: str, version: str, files: Mapping[str, bytes], shape: Mapping[str, Any],
        now: datetime,
    ) -> None:  # fmt: skip
        """Note an installation."""
        known = self.one(app)
        row = {
            "version": version,
            "installed_at": now,
            "shape": shape,
            "revision": self.next_revision(app),
        }
        self._connection.execute(delete(kept_app).where(kept_app.c.app == app))
        if known:
            self._connection.execute(update(package).where(package.c.app == app).values(**row))
            self._connection.execute(delete(package_file).where(package_file.c.app == app))
        else:
            self._connection.execute(insert(package), {"app": app, **row})
        if files:
            self._connection.execute(
                insert(package_file),
                [{"app": app, "path": path, "content": data} for path, data in files.items()],
            )

    def forget(self, app: str) -> None:
        """Note that an app is no longer installed; its tables are not touched."""
        self._connection.execute(delete(package_file).where(package_file.c.app == app))
        self._connection.execute(delete(package).where(package.c.app == app))

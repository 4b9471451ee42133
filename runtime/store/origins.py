"""From whom did each installed app come, and with which files?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from runtime.store.origin_tables import package_origin

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The package that an app was installed from last."""

    app: str
    publisher: str | None
    key: str | None
    """The publisher's public key: only what it signs is taken without asking. None: unsigned."""
    version: str
    digest: str
    """The fingerprint of its files: another one now means that the app was changed here."""
    scopes: Mapping[str, Any]
    """What whoever installed it agreed to."""
    reason: str | None
    """Why another key than before was taken."""
    at: datetime


class Origins:
    """The packages that the installed apps came from."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def one(self, app: str) -> Origin | None:
        """Return where an app came from; None if it was installed from a folder."""
        row = self._connection.execute(
            select(package_origin).where(package_origin.c.app == app)
        ).first()
        return Origin(**row._mapping) if row else None

    def keep(self, origin: Origin) -> None:
        """Note where an app came from, in place of what was noted before."""
        self.forget(origin.app)
        self._connection.execute(insert(package_origin), vars(origin))

    def forget(self, app: str) -> None:
        """Let an app be installed from anybody again."""
        self._connection.execute(delete(package_origin).where(package_origin.c.app == app))

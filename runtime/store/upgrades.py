"""Which new version of an app waits to be decided on, and what was there before the last one?"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import delete, insert, select

from runtime.store.draft_tables import package_base, package_former, package_upgrade

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class WaitingUpgrade:
    """A new version of an app that somebody wants to install."""

    app: str
    version: str
    at: datetime
    origin: Mapping[str, Any] | None
    """Where its package comes from, to be noted when it is installed."""
    files: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Former:
    """What an app was before it was upgraded, so that it can be that again."""

    app: str
    version: str
    at: datetime
    """When it was upgraded."""
    origin: Mapping[str, Any] | None
    base: Mapping[str, str]
    """What its package said."""
    files: Mapping[str, str]
    """The same with what had been changed here: what people worked with."""
    upgraded: Mapping[str, str]
    """What the upgrade made of it."""


class Upgrades:
    """The packages of installed apps as their makers wrote them, and new versions that wait."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def base(self, app: str) -> Mapping[str, str] | None:
        """Return the texts of an app as its package had them; None if it never came from one."""
        asked = select(package_base.c.files).where(package_base.c.app == app)
        packed = self._connection.execute(asked).scalar()
        return None if packed is None else _unpacked(packed)

    def keep_base(self, app: str, files: Mapping[str, bytes]) -> None:
        """Note what the package of an app says, before anything is changed here."""
        self._connection.execute(delete(package_base).where(package_base.c.app == app))
        texts = {path: content.decode("utf-8-sig") for path, content in files.items()}
        self._connection.execute(insert(package_base), {"app": app, "files": _packed(texts)})

    def waiting(self, app: str) -> WaitingUpgrade | None:
        """Return the new version of an app that waits."""
        row = self._connection.execute(
            select(package_upgrade).where(package_upgrade.c.app == app)
        ).first()
        if row is None:
            return None
        return WaitingUpgrade(**{**row._mapping, "files": _unpacked(row.files)})

    def version(self, app: str) -> str | None:
        """Return which new version of an app waits."""
        asked = select(package_upgrade.c.version).where(package_upgrade.c.app == app)
        return self._connection.execute(asked).scalar()

    def wait(self, upgrade: WaitingUpgrade) -> None:
        """Let a new version wait, in place of one that did."""
        self.forget(upgrade.app)
        row = {**vars(upgrade), "files": _packed(upgrade.files)}
        self._connection.execute(insert(package_upgrade), row)

    def forget(self, app: str) -> None:
        """Let no new version wait."""
        self._connection.execute(delete(package_upgrade).where(package_upgrade.c.app == app))

    def former(self, app: str) -> Former | None:
        """Return what an app was before its last upgrade; None if there is nothing to go back
        to."""
        asked = select(package_former).where(package_former.c.app == app)
        row = self._connection.execute(asked).first()
        if row is None:
            return None
        texts = {name: _unpacked(row._mapping[name]) for name in ("base", "files", "upgraded")}
        return Former(**{**row._mapping, **texts})

    def former_version(self, app: str) -> str | None:
        """Return which version an app can go back to."""
        asked = select(package_former.c.version).where(package_former.c.app == app)
        return self._connection.execute(asked).scalar()

    def keep_former(self, former: Former) -> None:
        """Note what an app was before an upgrade, in place of what it was before an earlier one."""
        self.forget_former(former.app)
        texts = {name: _packed(getattr(former, name)) for name in ("base", "files", "upgraded")}
        self._connection.execute(insert(package_former), {**vars(former), **texts})

    def forget_former(self, app: str) -> None:
        """Let there be nothing to go back to."""
        self._connection.execute(delete(package_former).where(package_former.c.app == app))

    def forget_base(self, app: str) -> None:
        """Forget what the package of an app said."""
        self._connection.execute(delete(package_base).where(package_base.c.app == app))


def _packed(files: Mapping[str, str]) -> bytes:
    return zlib.compress(msgspec.json.encode(dict(files)))


def _unpacked(packed: bytes) -> Mapping[str, str]:
    return msgspec.json.decode(zlib.decompress(bytes(packed)), type=dict[str, str])

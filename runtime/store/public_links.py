"""By which links may people outside fill in forms, and how often was that done?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from runtime.store.public_link_tables import public_link

if TYPE_CHECKING:
    from runtime.store.unit import Unit

ACTOR = "link:"
"""How the log calls whoever came by a link: this and the id of the link."""


@dataclass(frozen=True, kw_only=True)
class PublicLink:
    """One link; of its token only a digest is kept."""

    id: str
    key: str
    app: str
    public: str
    label: str
    record: str | None = None
    """The record that it belongs to, as the place where its code hangs."""
    owner: str | None
    made_at: datetime
    expires_at: datetime | None = None
    off_at: datetime | None = None
    opened: int = 0
    sent: int = 0
    sent_at: datetime | None = None

    @property
    def actor(self) -> str:
        """By which id the log calls whoever came by it."""
        return f"{ACTOR}{self.id}"

    def alive(self, now: datetime) -> bool:
        """Tell whether it lets anybody in."""
        return self.off_at is None and (self.expires_at is None or self.expires_at > now)


class PublicLinks:
    """The links of all public forms."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: PublicLink) -> None:
        """Keep a new link."""
        self._connection.execute(insert(public_link), vars(new))

    def by_key(self, key: str) -> PublicLink | None:
        """Return the link of a token, alive or not."""
        return self._first(public_link.c.key == key)

    def one(self, id_: str) -> PublicLink | None:
        """Return a link."""
        return self._first(public_link.c.id == id_)

    def of(self, app: str, public: str) -> tuple[PublicLink, ...]:
        """Return the links of a public form, the latest first."""
        asked = select(public_link).where(public_link.c.app == app, public_link.c.public == public)
        rows = self._connection.execute(asked.order_by(public_link.c.id.desc()))
        return tuple(PublicLink(**row._mapping) for row in rows)

    def turn(self, id_: str, off_at: datetime | None) -> None:
        """Turn a link off, or on again."""
        self._change(id_, off_at=off_at)

    def opened(self, id_: str) -> None:
        """Count that the page of a link was looked at."""
        self._change(id_, opened=public_link.c.opened + 1)

    def sent(self, id_: str, now: datetime) -> None:
        """Count that something came by a link."""
        self._change(id_, sent=public_link.c.sent + 1, sent_at=now)

    def labels(self, actors: Iterable[str]) -> Mapping[str, str]:
        """Return what links are called, by the ids under which the log knows them."""
        ids = [one.removeprefix(ACTOR) for one in actors if one.startswith(ACTOR)]
        if not ids:
            return {}
        asked = select(public_link.c.id, public_link.c.label).where(public_link.c.id.in_(ids))
        return {f"{ACTOR}{id_}": label for id_, label in self._connection.execute(asked)}

    def forget_app(self, app: str) -> None:
        """Forget the links of an app that is no longer there."""
        self._connection.execute(delete(public_link).where(public_link.c.app == app))

    def _change(self, id_: str, **changes: Any) -> None:
        self._connection.execute(
            update(public_link).where(public_link.c.id == id_).values(**changes)
        )

    def _first(self, condition: Any) -> PublicLink | None:
        row = self._connection.execute(select(public_link).where(condition)).first()
        return PublicLink(**row._mapping) if row else None

"""Which links let somebody decide once without signing in?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from runtime.store.notice_tables import signed_link

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class SignedLink:
    """A link for one person and one task; only a digest of its token is known here."""

    key: str
    person: str
    task: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignedLinks:
    """The links that were sent out."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: SignedLink) -> None:
        """Keep a link."""
        self._connection.execute(insert(signed_link), vars(new))

    def alive(self, key: str, now: datetime) -> SignedLink | None:
        """Return a link that can still be used."""
        row = self._connection.execute(
            select(signed_link).where(
                signed_link.c.key == key,
                signed_link.c.used_at.is_(None),
                signed_link.c.expires_at > now,
            )
        ).first()
        return SignedLink(**row._mapping) if row else None

    def use(self, key: str, now: datetime) -> SignedLink | None:
        """Use a link up; None if somebody was faster or it is too late."""
        row = self._connection.execute(
            update(signed_link)
            .where(
                signed_link.c.key == key,
                signed_link.c.used_at.is_(None),
                signed_link.c.expires_at > now,
            )
            .values(used_at=now)
            .returning(*signed_link.c)
        ).first()
        return SignedLink(**row._mapping) if row else None

    def forget(self, before: datetime) -> None:
        """Forget links that were too old before a moment."""
        self._connection.execute(delete(signed_link).where(signed_link.c.expires_at < before))

    def close(self, task: str, now: datetime) -> None:
        """Use up every link to a task: it is done."""
        self._connection.execute(
            update(signed_link)
            .where(signed_link.c.task == task, signed_link.c.used_at.is_(None))
            .values(used_at=now)
        )

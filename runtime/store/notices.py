"""What were people told, and did they read it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, exists, func, select, update

from engine.wording import Message
from runtime.store.adding import adding
from runtime.store.channel_addresses import ChannelAddresses
from runtime.store.channels import Channels
from runtime.store.deliveries import Deliveries
from runtime.store.notice_tables import delivery, notice
from runtime.store.signed_links import SignedLinks
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A message for one person."""

    id: str
    person: str
    key: str
    kind: str
    text: Message
    app: str | None = None
    form: str | None = None
    record: str | None = None
    task: str | None = None
    urgent: bool = False
    at: datetime
    read_at: datetime | None = None


class Notices:
    """The messages of all people, with the ways by which they go out."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._dialect = unit.store.dialect
        self.channels = Channels(unit)
        self.addresses = ChannelAddresses(unit)
        self.deliveries = Deliveries(unit)
        self.links = SignedLinks(unit)

    def add(self, new: Notice) -> bool:
        """Keep a message; False if the person was told with the same key before."""
        row = {**vars(new), "text": told(new.text)}
        added = self._connection.execute(adding(notice, self._dialect, "person", "key"), row)
        return added.scalar() is not None

    def one(self, id_: str) -> Notice | None:
        """Return one message."""
        row = self._connection.execute(select(notice).where(notice.c.id == id_)).first()
        return _notice(row) if row else None

    def by_ids(self, ids: Iterable[str]) -> Mapping[str, Notice]:
        """Return several messages by their ids, whichever are known."""
        rows = self._connection.execute(select(notice).where(notice.c.id.in_(tuple(set(ids)))))
        return {row.id: _notice(row) for row in rows}

    def since(self, at: datetime, *, limit: int = 1000) -> tuple[Notice, ...]:
        """Return what anybody was told after a moment, in order."""
        asked = select(notice).where(notice.c.at > at).order_by(notice.c.id).limit(limit)
        return tuple(map(_notice, self._connection.execute(asked)))

    def of_person(
        self,
        person: str,
        *,
        unread: bool = False,
        kinds: tuple[str, ...] = (),
        before: str | None = None,
        limit: int = 30,
    ) -> tuple[Notice, ...]:
        """Return somebody's messages, latest first; `before` is the last id seen."""
        asked = select(notice).where(notice.c.person == person)
        if unread:
            asked = asked.where(notice.c.read_at.is_(None))
        if kinds:
            asked = asked.where(notice.c.kind.in_(kinds))
        if before is not None:
            asked = asked.where(notice.c.id < before)
        rows = self._connection.execute(asked.order_by(notice.c.id.desc()).limit(limit))
        return tuple(map(_notice, rows))

    def unread(self, person: str) -> int:
        """Return how many messages somebody has not read."""
        asked = select(func.count()).where(notice.c.person == person, notice.c.read_at.is_(None))
        return int(self._connection.execute(asked).scalar_one())

    def read(self, person: str, now: datetime, id_: str | None = None) -> int:
        """Mark one message of a person as read, or all of them, and return how many that were."""
        wanted = update(notice).where(notice.c.person == person, notice.c.read_at.is_(None))
        if id_ is not None:
            wanted = wanted.where(notice.c.id == id_)
        return self._connection.execute(wanted.values(read_at=now)).rowcount

    def forget(self, before: datetime) -> int:
        """Forget how messages went out, and what was read, before a moment; return how many
        deliveries. What nobody read stays."""
        gone = self.deliveries.forget(before)
        kept = exists().where(delivery.c.notice == notice.c.id)
        self._connection.execute(delete(notice).where(notice.c.read_at < before, ~kept))
        self.links.forget(before)
        return gone

    def read_of_task(self, task: str, now: datetime) -> None:
        """Mark all messages about a task as read: it is done."""
        self._connection.execute(
            update(notice)
            .where(notice.c.task == task, notice.c.read_at.is_(None))
            .values(read_at=now)
        )


def _notice(row: Row[Any]) -> Notice:
    return Notice(**{**row._mapping, "text": message_of(row.text)})

"""Which ways to reach people does the workspace have, and which does each person want?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.notice_tables import channel, notice_wish

if TYPE_CHECKING:
    from runtime.store.unit import Unit

Way = Literal["now", "digest", "off"]


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way to reach people, as the workspace set it up."""

    id: str
    active: bool
    settings: Mapping[str, Any]
    secrets: bytes | None = None
    """Encrypted; nobody reads them but who sends."""
    failures: int = 0
    """How many deliveries failed in a row."""
    changed_at: datetime
    changed_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class NoticeWish:
    """How somebody wants to be told."""

    person: str
    ways: Mapping[str, Mapping[str, Way]] = field(default_factory=dict)
    """By kind of message and channel; what is not named is told at once."""
    quiet_from: str | None = None
    """Clock times as 22:00; what is not urgent waits from here to there."""
    quiet_to: str | None = None
    digest_at: str | None = None

    def way(self, kind: str, channel: str) -> Way:
        """Return how a kind of message goes through a channel."""
        return self.ways.get(kind, {}).get(channel, "now")


class Channels:
    """The ways to reach people."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def all(self) -> Mapping[str, Channel]:
        """Return every channel that was ever set up, by its id."""
        rows = self._connection.execute(select(channel).order_by(channel.c.id))
        return {row.id: Channel(**row._mapping) for row in rows}

    def one(self, id_: str) -> Channel | None:
        """Return one channel, if it was set up."""
        row = self._connection.execute(select(channel).where(channel.c.id == id_)).first()
        return Channel(**row._mapping) if row else None

    def active(self) -> tuple[str, ...]:
        """Return the ids of the channels that messages go through, beside the page itself."""
        rows = self._connection.execute(select(channel.c.id).where(channel.c.active))
        return tuple(sorted(row.id for row in rows))

    def keep(self, changed: Channel) -> None:
        """Set up a channel anew."""
        row = vars(changed)
        kept = self._insert(channel).values(row)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["id"], set_=row))

    def count_failure(self, id_: str) -> int:
        """Note that a delivery failed for good, and return how many did in a row."""
        counted = self._connection.execute(
            update(channel)
            .where(channel.c.id == id_)
            .values(failures=channel.c.failures + 1)
            .returning(channel.c.failures)
        )
        return int(counted.scalar() or 0)

    def forget_failures(self, id_: str) -> None:
        """Note that a delivery arrived."""
        self._connection.execute(
            update(channel).where(channel.c.id == id_, channel.c.failures > 0).values(failures=0)
        )

    def wishes(self, people: Iterable[str]) -> Mapping[str, NoticeWish]:
        """Return how each of several people wants to be told."""
        wanted = tuple(set(people))
        rows = self._connection.execute(select(notice_wish).where(notice_wish.c.person.in_(wanted)))
        known = {row.person: NoticeWish(**row._mapping) for row in rows}
        return {person: known.get(person) or NoticeWish(person=person) for person in wanted}

    def wish(self, wanted: NoticeWish) -> None:
        """Remember how somebody wants to be told."""
        row = vars(wanted)
        kept = self._insert(notice_wish).values(row)
        self._connection.execute(kept.on_conflict_do_update(index_elements=["person"], set_=row))

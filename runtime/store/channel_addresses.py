"""Where does a provider say that somebody is reached, and for which phone number?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.notice_tables import channel_address

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class ChannelAddress:
    """What a provider answered when it was asked for somebody's phone number."""

    person: str
    channel: str
    address: str | None
    """None: it knows nobody with the number."""
    phone: str | None
    """The number that was asked for."""
    code: str | None = None
    detail: str | None = None
    checked_at: datetime


class ChannelAddresses:
    """What the providers know of the people."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def one(self, channel: str, person: str) -> ChannelAddress | None:
        """Return what a provider said of somebody."""
        row = self._connection.execute(
            select(channel_address).where(
                channel_address.c.channel == channel, channel_address.c.person == person
            )
        ).first()
        return ChannelAddress(**row._mapping) if row else None

    def at(self, channel: str, address: str) -> tuple[ChannelAddress, ...]:
        """Return for whom a provider named an address; more than one share a number."""
        asked = select(channel_address).where(
            channel_address.c.channel == channel, channel_address.c.address == address
        )
        rows = self._connection.execute(asked.order_by(channel_address.c.person))
        return tuple(ChannelAddress(**row._mapping) for row in rows)

    def of_channel(self, channel: str) -> tuple[ChannelAddress, ...]:
        """Return what a provider said of everybody."""
        asked = select(channel_address).where(channel_address.c.channel == channel)
        rows = self._connection.execute(asked.order_by(channel_address.c.person))
        return tuple(ChannelAddress(**row._mapping) for row in rows)

    def keep(self, found: ChannelAddress) -> None:
        """Remember what a provider said."""
        row = vars(found)
        kept = self._insert(channel_address).values(row)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["person", "channel"], set_=row)
        )

    def forget(self, channel: str, person: str | None = None) -> None:
        """Forget what a provider said of somebody, or of everybody."""
        old = delete(channel_address).where(channel_address.c.channel == channel)
        if person is not None:
            old = old.where(channel_address.c.person == person)
        self._connection.execute(old)

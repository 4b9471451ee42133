"""Who stands in for whom, for which approvals and how long?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, and_, insert, or_, select, update

from runtime.store.approval_tables import delegation

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """For a time, somebody else decides what comes to a person."""

    id: str
    person: str
    stand_in: str
    app: str | None = None
    """Only what comes from this app; None is everything."""
    workflow: str | None = None
    starts_at: datetime
    ends_at: datetime
    reason: str | None = None
    created_at: datetime
    created_by: str | None = None
    revoked_at: datetime | None = None

    def covers(self, app: str, workflow: str) -> bool:
        """Tell whether it is about approvals of this workflow."""
        return self.app in (None, app) and self.workflow in (None, workflow)


_ACTIVE = delegation.c.revoked_at.is_(None)


class Delegations:
    """Everybody's stand-ins, now and then."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: Delegation) -> None:
        """Keep a delegation."""
        self._connection.execute(insert(delegation), vars(new))

    def revoke(self, id_: str, person: str, now: datetime) -> bool:
        """End one of a person's own; False if there is nothing to end."""
        ended = self._connection.execute(
            update(delegation)
            .where(delegation.c.id == id_, delegation.c.person == person, _ACTIVE)
            .where(delegation.c.ends_at > now)
            .values(revoked_at=now)
        )
        return ended.rowcount == 1

    def at(self, person: str, now: datetime) -> tuple[Delegation, ...]:
        """Return what a person handed to others at this moment, the narrowest first."""
        found = self._found(
            delegation.c.person == person,
            delegation.c.starts_at <= now,
            delegation.c.ends_at > now,
        )
        return tuple(sorted(found, key=lambda one: (one.workflow is None, one.app is None)))

    def coming(self, person: str, now: datetime) -> tuple[Delegation, ...]:
        """Return what a person handed to others now or for later."""
        return self._found(delegation.c.person == person, delegation.c.ends_at > now)

    def to(self, person: str, now: datetime) -> tuple[Delegation, ...]:
        """Return for whom a person stands in, now or later."""
        return self._found(delegation.c.stand_in == person, delegation.c.ends_at > now)

    def between(
        self, person: str, starts_at: datetime, ends_at: datetime
    ) -> tuple[Delegation, ...]:
        """Return those of a person that share some time with a period."""
        overlaps = and_(delegation.c.starts_at < ends_at, delegation.c.ends_at > starts_at)
        return self._found(
            or_(delegation.c.person == person, delegation.c.stand_in == person), overlaps
        )

    def _found(self, *conditions: Any) -> tuple[Delegation, ...]:
        asked = select(delegation).where(_ACTIVE, *conditions)
        rows = self._connection.execute(asked.order_by(delegation.c.starts_at, delegation.c.id))
        return tuple(map(_delegation, rows))


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(**row._mapping)

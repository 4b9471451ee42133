"""By which secrets may other programs tell us something, and what did they tell already?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from runtime.store.connector_tables import hook, hook_message

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Hook:
    """The secrets by which another program signs what it tells a rule."""

    app: str
    rule: str
    secret: bytes
    """Sealed."""
    before: bytes | None = None
    """The one that was renewed; it holds a while longer."""
    before_until: datetime | None = None
    made_at: datetime
    made_by: str | None = None
    heard_at: datetime | None = None
    """When something was last told with it."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """Something that was told."""

    app: str
    rule: str
    key: str
    """The same key is the same message."""
    digest: str
    """Of what it said."""
    event: str
    at: datetime


class Hooks:
    """What other programs may tell, and what they told."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def one(self, app: str, rule: str) -> Hook | None:
        """Return the secrets of a rule, if it has any."""
        asked = select(hook).where(hook.c.app == app, hook.c.rule == rule)
        row = self._connection.execute(asked).first()
        return Hook(**row._mapping) if row else None

    def all(self) -> Mapping[tuple[str, str], Hook]:
        """Return all secrets, by app and rule."""
        rows = self._connection.execute(select(hook))
        return {(row.app, row.rule): Hook(**row._mapping) for row in rows}

    def keep(self, wanted: Hook) -> None:
        """Keep the secrets of a rule."""
        row = vars(wanted)
        kept = self._insert(hook).values(row)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["app", "rule"], set_=row)
        )

    def heard(self, app: str, rule: str, at: datetime) -> None:
        """Note that something was told."""
        self._connection.execute(
            update(hook).where(hook.c.app == app, hook.c.rule == rule).values(heard_at=at)
        )

    def add(self, told: Message) -> Message:
        """Write down that something was told, and return that; if it was told before, what was
        written down then."""
        added = self._connection.execute(
            self._insert(hook_message)
            .values(vars(told))
            .on_conflict_do_nothing(index_elements=["app", "rule", "key"])
            .returning(hook_message.c.key)
        )
        if added.scalar() is not None:
            return told
        asked = select(hook_message).where(
            hook_message.c.app == told.app,
            hook_message.c.rule == told.rule,
            hook_message.c.key == told.key,
        )
        return Message(**self._connection.execute(asked).one()._mapping)

    def told_since(self, app: str, rule: str, since: datetime) -> int:
        """Return how much was told a rule since a moment."""
        asked = select(func.count(hook_message.c.event.distinct())).where(
            hook_message.c.app == app, hook_message.c.rule == rule, hook_message.c.at >= since
        )
        return int(self._connection.execute(asked).scalar_one())

    def forget(self, before: datetime) -> None:
        """Forget what was told before a moment."""
        self._connection.execute(delete(hook_message).where(hook_message.c.at < before))

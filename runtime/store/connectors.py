"""How are other systems reached, and what became of each call?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.wording import Message
from runtime.store.connector_tables import connector_call, connector_setup
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["waiting", "sending", "answered", "done", "failed", "unknown"]
"""An answer is answered until it is put into the record; unknown is what may have been done over
there or not, and waits for a person."""
ENDED: tuple[State, ...] = ("done", "failed")


@dataclass(frozen=True, kw_only=True)
class ConnectorSetup:
    """What the operator said of another system."""

    app: str
    connector: str
    url: str | None
    secrets: bytes | None
    """Sealed."""
    changed_at: datetime
    changed_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Call:
    """One thing asked of another system."""

    id: str
    key: str
    """The same key is the same call, here and over there."""
    app: str
    connector: str
    operation: str
    rule: str
    run: str
    number: int
    """Which action of the rule it was."""
    form: str
    record: str
    state: State = "waiting"
    inputs: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] | None = None
    """What was read out of the answer."""
    status: int | None = None
    words: str | None = None
    """What the other system said of it."""
    problem: Message | None = None
    milliseconds: int = 0
    tries: int = 0
    at: datetime
    ended_at: datetime | None = None


class Connectors:
    """The settings of connectors, and their calls."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection
        self._insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert

    def setup(self, app: str, connector: str) -> ConnectorSetup | None:
        """Return what the operator said of another system, if anything."""
        asked = select(connector_setup).where(
            connector_setup.c.app == app, connector_setup.c.connector == connector
        )
        row = self._connection.execute(asked).first()
        return ConnectorSetup(**row._mapping) if row else None

    def set_up(self, wanted: ConnectorSetup) -> None:
        """Keep what the operator says of another system."""
        row = vars(wanted)
        kept = self._insert(connector_setup).values(row)
        self._connection.execute(
            kept.on_conflict_do_update(index_elements=["app", "connector"], set_=row)
        )

    def begin(self, call: Call) -> bool:
        """Write down that something is to be asked; False if it was before."""
        added = self._connection.execute(
            self._insert(connector_call)
            .values(_row(call))
            .on_conflict_do_nothing(index_elements=["key"])
            .returning(connector_call.c.id)
        )
        return added.scalar() is not None

    def call(self, id_: str, *, hold: bool = False) -> Call | None:
        """Return one call; `hold` keeps others from it until this transaction ends."""
        asked = select(connector_call).where(connector_call.c.id == id_)
        row = self._connection.execute(asked.with_for_update() if hold else asked).first()
        return _call(row) if row else None

    def change(self, before: Call, after: Call) -> bool:
        """Write down how a call goes on; False if somebody else did meanwhile."""
        changed = self._connection.execute(
            update(connector_call)
            .where(
                connector_call.c.id == before.id,
                connector_call.c.state == before.state,
                connector_call.c.tries == before.tries,
            )
            .values(_row(after))
        )
        return changed.rowcount == 1

    def calls(
        self, app: str, connector: str, *, states: Sequence[State] = (), limit: int = 50
    ) -> tuple[Call, ...]:
        """Return what was asked of another system, latest first."""
        asked = select(connector_call).where(
            connector_call.c.app == app, connector_call.c.connector == connector
        )
        if states:
            asked = asked.where(connector_call.c.state.in_(states))
        rows = self._connection.execute(asked.order_by(connector_call.c.id.desc()).limit(limit))
        return tuple(map(_call, rows))

    def of_run(self, run: str) -> Mapping[int, Call]:
        """Return the latest calls of a firing, by the number of the action."""
        asked = select(connector_call).where(connector_call.c.run == run)
        rows = self._connection.execute(asked.order_by(connector_call.c.id))
        return {row.number: _call(row) for row in rows}

    def counts(self, since: datetime) -> Mapping[tuple[str, str, str], int]:
        """Return how many calls were made lately, by app, connector and state; what waits for a
        person counts however long ago it was."""
        groups = (connector_call.c.app, connector_call.c.connector, connector_call.c.state)
        lately = (connector_call.c.at >= since) | (connector_call.c.state == "unknown")
        rows = self._connection.execute(
            select(*groups, func.count()).where(lately).group_by(*groups)
        )
        return {(row[0], row[1], row[2]): row[3] for row in rows}

    def forget(self, before: datetime) -> None:
        """Forget what ended before a moment."""
        ended = connector_call.c.state.in_(ENDED)
        self._connection.execute(
            delete(connector_call).where(ended, connector_call.c.ended_at < before)
        )


def _row(call: Call) -> dict[str, Any]:
    return {**vars(call), "problem": told(call.problem) if call.problem else None}


def _call(row: Row[Any]) -> Call:
    values = dict(row._mapping)
    problem = values["problem"]
    return Call(**{**values, "problem": message_of(problem) if problem else None})

"""By which ways did a message go out, and did it arrive?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, and_, case, delete, func, insert, or_, select, update

from engine.wording import Message
from runtime.store.ids import new_id
from runtime.store.notice_tables import delivery, delivery_attempt, notice
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["waiting", "sent", "failed", "skipped"]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message on its way to one person through one channel."""

    id: str
    notice: str
    person: str
    channel: str
    state: State = "waiting"
    digest: bool = False
    """It waits to be told together with others."""
    due: datetime | None = None
    address: str | None = None
    """Where it went, with its middle covered."""
    reference: str | None = None
    """What the provider calls the message, by which a card can be changed later."""
    tries: int = 0
    code: str | None = None
    """The provider's own code of what went wrong."""
    problem: Message | None = None
    made_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One try to hand a message to a provider."""

    delivery: str
    at: datetime
    sent: bool
    code: str | None
    detail: str | None
    """What the provider said, in its own words."""
    milliseconds: int


@dataclass(frozen=True)
class Rate:
    """How much of what was sent through a channel arrived."""

    channel: str
    sent: int
    failed: int
    waiting: int
    skipped: int


class Deliveries:
    """All messages on their way, and every try."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, new: Delivery) -> None:
        """Let a message go out."""
        row = {**vars(new), "problem": told(new.problem) if new.problem else None}
        self._connection.execute(insert(delivery), row)

    def one(self, id_: str) -> Delivery | None:
        """Return one delivery."""
        row = self._connection.execute(select(delivery).where(delivery.c.id == id_)).first()
        return _delivery(row) if row else None

    def of_notices(self, ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return by which ways several messages went out."""
        asked = select(delivery).where(delivery.c.notice.in_(tuple(ids))).order_by(delivery.c.id)
        return tuple(map(_delivery, self._connection.execute(asked)))

    def changeable(self, task: str) -> tuple[Delivery, ...]:
        """Return what went out about a task and can be changed where it lies."""
        asked = (
            select(delivery)
            .join(notice, notice.c.id == delivery.c.notice)
            .where(
                notice.c.task == task,
                delivery.c.state == "sent",
                delivery.c.reference.is_not(None),
            )
        )
        return tuple(map(_delivery, self._connection.execute(asked.order_by(delivery.c.id))))

    def collected(self, person: str, channel: str, due: datetime) -> tuple[Delivery, ...]:
        """Return what waits to be told together at a moment."""
        asked = select(delivery).where(
            delivery.c.person == person,
            delivery.c.channel == channel,
            delivery.c.due <= due,
            delivery.c.digest,
            delivery.c.state == "waiting",
        )
        return tuple(map(_delivery, self._connection.execute(asked.order_by(delivery.c.id))))

    def tried(self, attempt: Attempt) -> None:
        """Write down a try."""
        row = {"id": new_id(attempt.at), **vars(attempt)}
        self._connection.execute(insert(delivery_attempt), row)
        self._connection.execute(
            update(delivery)
            .where(delivery.c.id == attempt.delivery)
            .values(tries=delivery.c.tries + 1, code=attempt.code)
        )

    def attempts(self, id_: str) -> tuple[Attempt, ...]:
        """Return every try of a delivery, in order."""
        asked = select(delivery_attempt).where(delivery_attempt.c.delivery == id_)
        rows = self._connection.execute(asked.order_by(delivery_attempt.c.id))
        return tuple(
            Attempt(**{name: value for name, value in row._mapping.items() if name != "id"})
            for row in rows
        )

    def end(
        self,
        id_: str,
        state: State,
        now: datetime,
        *,
        problem: Message | None = None,
        **known: str | None,
    ) -> bool:
        """Say how it ended, with what is `known` of address, reference and code; False if it had
        ended before."""
        values = {"state": state, "ended_at": now, "problem": told(problem) if problem else None}
        changed = self._connection.execute(
            update(delivery)
            .where(delivery.c.id == id_, delivery.c.state == "waiting")
            .values(**values, **known)
        )
        return changed.rowcount == 1

    def refer(self, id_: str, reference: str) -> None:
        """Remember by what a message can be changed from now on."""
        self._connection.execute(
            update(delivery)
            .where(delivery.c.id == id_, delivery.c.state == "sent")
            .values(reference=reference)
        )

    def again(self, id_: str, stuck_before: datetime) -> bool:
        """Let what failed be tried once more, or what has waited since before a moment; False if
        it is neither."""
        waits = delivery.c.state == "waiting"
        stuck = and_(waits, func.coalesce(delivery.c.due, delivery.c.made_at) < stuck_before)
        changed = self._connection.execute(
            update(delivery)
            .where(delivery.c.id == id_, or_(delivery.c.state == "failed", stuck))
            .values(state="waiting", digest=False, due=None, ended_at=None, problem=None)
        )
        return changed.rowcount == 1

    def log(
        self,
        *,
        channel: str | None = None,
        state: str | None = None,
        before: str | None = None,
        limit: int = 50,
    ) -> tuple[Delivery, ...]:
        """Return deliveries, latest first; `before` is the last id seen."""
        asked = select(delivery)
        if channel:
            asked = asked.where(delivery.c.channel == channel)
        if state:
            asked = asked.where(delivery.c.state == state)
        if before:
            asked = asked.where(delivery.c.id < before)
        rows = self._connection.execute(asked.order_by(delivery.c.id.desc()).limit(limit))
        return tuple(map(_delivery, rows))

    def forget(self, before: datetime) -> int:
        """Forget what ended before a moment, with every try; return how many that were."""
        old = select(delivery.c.id).where(delivery.c.ended_at < before)
        tries = delete(delivery_attempt).where(delivery_attempt.c.delivery.in_(old))
        self._connection.execute(tries)
        return self._connection.execute(
            delete(delivery).where(delivery.c.ended_at < before)
        ).rowcount

    def rates(self, since: datetime) -> tuple[Rate, ...]:
        """Return for each channel how what was sent since a moment went."""

        def count(state: State) -> Any:
            return func.sum(case((delivery.c.state == state, 1), else_=0))

        asked = (
            select(
                delivery.c.channel,
                count("sent"),
                count("failed"),
                count("waiting"),
                count("skipped"),
            )
            .where(delivery.c.made_at >= since)
            .group_by(delivery.c.channel)
            .order_by(delivery.c.channel)
        )
        return tuple(Rate(row[0], *map(int, row[1:])) for row in self._connection.execute(asked))


def _delivery(row: Row[Any]) -> Delivery:
    values = dict(row._mapping)
    values["problem"] = message_of(values["problem"]) if values["problem"] else None
    return Delivery(**values)

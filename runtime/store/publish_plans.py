"""Which draft is to be published at which moment, and what came of it?"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import delete, insert, select, update

from engine.wording import Message
from runtime.store.draft_tables import publish_plan
from runtime.store.told import message_of, told

if TYPE_CHECKING:
    from runtime.store.unit import Unit

State = Literal["waiting", "done", "refused", "called_off", "overtaken"]
"""`overtaken`: somebody published by hand before its time had come."""

_PLAIN = [column for column in publish_plan.c if column.name != "files"]


@dataclass(frozen=True, kw_only=True)
class PublishPlan:
    """One draft, as it was looked over, that is to be published at a moment."""

    id: str
    app: str
    rev: int
    """The step of the draft up to which it goes."""
    base: int
    """The revision of the installed app that it was compared with."""
    due: datetime
    person: str
    made_at: datetime
    note: str
    state: State = "waiting"
    number: int | None = None
    """The version that it became."""
    problems: tuple[Message, ...] = ()
    """Why it was refused."""


class PublishPlans:
    """What is to be published when. An app has one plan that waits, or none."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def add(self, plan: PublishPlan, files: Mapping[str, str]) -> None:
        """Keep a plan with the files that it will publish."""
        packed = zlib.compress(msgspec.json.encode(dict(files)))
        row = {**vars(plan), "problems": [told(one) for one in plan.problems], "files": packed}
        self._connection.execute(insert(publish_plan), row)

    def one(self, id_: str) -> PublishPlan | None:
        """Return a plan."""
        return self._first(select(*_PLAIN).where(publish_plan.c.id == id_))

    def waiting(self, app: str) -> PublishPlan | None:
        """Return the plan of an app whose time has not come."""
        mine = (publish_plan.c.app == app, publish_plan.c.state == "waiting")
        return self._first(select(*_PLAIN).where(*mine))

    def latest(self, app: str) -> PublishPlan | None:
        """Return the plan of an app that was made last, whatever came of it."""
        asked = select(*_PLAIN).where(publish_plan.c.app == app)
        return self._first(asked.order_by(publish_plan.c.made_at.desc(), publish_plan.c.id.desc()))

    def files(self, id_: str) -> Mapping[str, str]:
        """Return the texts that a plan will publish, by path."""
        asked = select(publish_plan.c.files).where(publish_plan.c.id == id_)
        packed = self._connection.execute(asked).scalar_one()
        return msgspec.json.decode(zlib.decompress(bytes(packed)), type=dict[str, str])

    def move(self, id_: str, due: datetime) -> None:
        """Let a plan that waits have another moment."""
        mine = (publish_plan.c.id == id_, publish_plan.c.state == "waiting")
        self._connection.execute(update(publish_plan).where(*mine).values(due=due))

    def settle(
        self, id_: str, state: State, number: int | None = None, problems: tuple[Message, ...] = ()
    ) -> bool:
        """Say what came of a plan; False if that was said before, so that nothing happens twice."""
        row = {"state": state, "number": number, "problems": [told(one) for one in problems]}
        mine = (publish_plan.c.id == id_, publish_plan.c.state == "waiting")
        done = self._connection.execute(update(publish_plan).where(*mine).values(row))
        return done.rowcount == 1

    def forget(self, app: str) -> None:
        """Forget every plan of an app."""
        self._connection.execute(delete(publish_plan).where(publish_plan.c.app == app))

    def _first(self, asked: Any) -> PublishPlan | None:
        row = self._connection.execute(asked.limit(1)).first()
        if row is None:
            return None
        found = dict(row._mapping)
        return PublishPlan(**{**found, "problems": tuple(map(message_of, found["problems"]))})

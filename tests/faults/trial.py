"""A workspace whose people send approvals on their way, and everything that may be struck there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGQUIT
from typing import TypeVar

import psycopg
from redis import Redis
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from runtime.store import Unit
from runtime.store.approval_tables import approval
from runtime.workspace.accounts import new_token
from tests.faults.client import Client
from tests.faults.house import House, house
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.effects.posting import PUBLIC, connected, reachable, set_up
from tests.runtime.jobs.labour import PATIENCE
from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http
from tests.services.fakes.smtp import FakeSmtp, fake_smtp
from tests.services.postgres import crashing_cluster
from tests.services.processes import free_port
from tests.services.redis import crashing_redis

T = TypeVar("T")
TRIP = """
workflow: trip
label: {zh: 出差审批, en: Trip}
form: ticket
steps:
  - {kind: approve, id: chief, label: {zh: 主管, en: Chief}, who: [{person: chief_north}]}
  - kind: approve
    id: late
    label: {zh: 限时, en: In time}
    who: [{person: sue}]
    within: {calendar: PT1S}
    ladder: [{act: agree}]
after:
  agreed: {cause: '"审批通过"'}
"""
OUTSIDE = """
rule: outside
label: {zh: 告诉外面, en: Tell others}
form: ticket
on: {type: approval_ended, workflow: trip}
do: [{type: webhook, url: 'http://127.0.0.1:PORT/ended'}]
"""
RECORDS = "/api/v1/apps/desk/forms/ticket/records"
LEASE = 3.0
"""Shorter than in earnest: it is what is lost with each kill."""
AHEAD = 48
"""So many approvals at most are under way at once, so that kills meet all that happens to them."""


@dataclass
class Trial:
    """A workspace with its people, its mail server, another program and its processes."""

    office: Office
    post: FakeSmtp
    other: FakeHttp
    house: House
    blows: Sequence[Callable[[], None]]
    """What else can be struck: the database server and Redis."""
    ann: Client
    chief: Client
    ended: int = 0

    def __post_init__(self) -> None:
        self._moved = threading.Condition()

    def one(self, number: int) -> str:
        """Take one record through an approval, and return its id."""
        with self._moved:
            self._moved.wait_for(lambda: number < self.ended + AHEAD)
        made = self.ann.post(RECORDS, {"values": {"name": f"单{number}"}}, f"c{number}")
        record = str(made["id"])
        self.ann.post(f"{RECORDS}/{record}/approvals", {"workflow": "trip"}, f"s{number}")
        task = self.look(lambda unit: self._task(unit, record))
        self.chief.post(f"/api/v1/tasks/{task}", {"do": "agree"}, f"d{number}")
        return record

    def go_on_until(self, ended: int) -> None:
        """Wait until so many approvals have ended."""
        counted = select(func.count()).where(approval.c.state == "ended")
        pause = threading.Event()
        while self.ended < ended:
            pause.wait(0.05)
            self.house.start()
            now = int(self.look(lambda unit: unit.connection.execute(counted).scalar_one()))
            with self._moved:
                self.ended = now
                self._moved.notify_all()

    def look(self, at: Callable[[Unit], T]) -> T:
        """Look at something, whether the database is there at once or in a moment."""
        for _ in range(int(PATIENCE / 0.1)):
            try:
                with self.office.services.store.reading() as unit:
                    return at(unit)
            except DBAPIError:
                threading.Event().wait(0.1)
        raise AssertionError("the database is gone")

    def _task(self, unit: Unit, record: str) -> str:
        (found,) = unit.approvals.of_record(record)
        chief = self.office.people["chief_north"].id
        return next(task.id for task in unit.tasks.of_approval(found.id) if task.person == chief)


@contextmanager
def trial(database: str, folder: Path) -> Iterator[Trial]:
    """Open a workspace with processes that serve it and work for it: on SQLite they look for work
    by themselves; on PostgreSQL some are called by Redis."""
    with ExitStack() as stack:
        post = stack.enter_context(fake_smtp())
        other = stack.enter_context(fake_http(lambda asked: Reply()))
        url, redis_url, blows = None, "", list[Callable[[], None]]()
        trades = [f"serve {free_port()}", f"serve {free_port()}", "work 1", "work 2"]
        if database == "postgresql":
            server, postgres = stack.enter_context(crashing_cluster(synchronous_commit="on"))
            url = _empty_database(server)
            redis_url, redis = stack.enter_context(crashing_redis())
            trades = [f"serve {free_port()}", f"call {free_port()}", "work 1", "obey 2"]
            blows = [
                lambda: postgres.strike(SIGQUIT),
                lambda: redis.strike(SIGKILL),
                lambda: _flush(redis_url),
            ]
        more = {
            "workflows/trip.yaml": TRIP,
            "rules/outside.yaml": OUTSIDE.replace("PORT", str(other.port)),
        }
        office = stack.enter_context(open_office(folder, url, more))
        _let_out(office, post)
        environment = {
            "INSIDE": f"127.0.0.1:{post.port},127.0.0.1:{other.port}",
            "PUBLIC_URL": PUBLIC,
            "REDIS_URL": redis_url,
            "JOB_LEASE": str(LEASE),
        }
        there = stack.enter_context(house(office.services.settings, trades, **environment))
        ports = [int(trade.partition(" ")[2]) for trade in trades[:2]]
        ann, chief = (
            Client(ports, str(new_token(office.services, login, "faults")))
            for login in ("ann", "chief_north")
        )
        yield Trial(office, post, other, there, blows, ann, chief)


def _empty_database(server: str) -> str:
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE trial")
    return f"{server.rpartition('/')[0]}/trial"


def _flush(url: str) -> None:
    with Redis.from_url(url) as client:
        client.flushall()


def _let_out(office: Office, post: FakeSmtp) -> None:
    opened = connected(office, post.port)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
    set_up(opened, "mail", {**values, "sender": "desk@example.com", "name": "desk"})
    for login in ("ann", "chief_north"):
        reachable(opened, login, email=f"{login}@example.com")


def calls(other: FakeHttp) -> dict[str, str]:
    """Return the records that another program was told of, by the key of the call: one that comes
    again has the same key. A caller that was killed amid its request told of nothing."""

    def key(asked: Asked) -> str:
        return asked.headers["idempotency-key"]

    whole = [asked for asked in list(other.asked) if asked.json is not None]
    return {key(asked): str(asked.json["record"]) for asked in whole}

"""Is each approval, timer and message there once, whichever process is killed at any moment?"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from runtime.jobs.workshop import OWN_WORK
from runtime.store.notice_tables import delivery, notice
from runtime.store.platform_tables import event, job
from runtime.workspace.accounts import new_token
from tests.faults.client import Client
from tests.faults.house import House, Trouble, house
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.effects.posting import PUBLIC, connected, reachable, set_up
from tests.runtime.jobs.labour import until
from tests.services.fakes.smtp import FakeSmtp, fake_smtp
from tests.workspaces import DATABASES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

APPROVALS = int(os.environ.get("APPROVALS") or 60)
KILLS = int(os.environ.get("KILLS") or 10)
"""`make faults` asks for more."""
CLIENTS = 4
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
RECORDS = "/api/v1/apps/desk/forms/ticket/records"
ONCE = ("approval.submitted", "approval.agree", "approval.due", "approval.ended")


@dataclass(frozen=True)
class Trial:
    """A workspace with its people, its mail server and its processes."""

    office: Office
    post: FakeSmtp
    house: House
    ann: Client
    chief: Client

    def one(self, number: int) -> str:
        """Take one record through an approval, and return its id."""
        made = self.ann.post(
            "/api/v1/apps/desk/forms/ticket/records",
            {"values": {"name": f"单{number}"}},
            f"c{number}",
        )
        record = str(made["id"])
        self.ann.post(
            f"{RECORDS}/{record}/approvals",
            {"workflow": "trip"},
            f"s{number}",
        )
        self.chief.post(f"/api/v1/tasks/{self._task(record)}", {"do": "agree"}, f"d{number}")
        return record

    def _task(self, record: str) -> str:
        with self.office.services.store.reading() as unit:
            (approval,) = unit.approvals.of_record(record)
            tasks = unit.tasks.of_approval(approval.id)
        return next(
            task.id for task in tasks if task.person == self.office.people["chief_north"].id
        )


@pytest.fixture(params=DATABASES)
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trial]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    more = {"workflows/trip.yaml": TRIP}
    with open_office(tmp_path, url, more) as office, fake_smtp() as post:
        opened = connected(office, post.port)
        values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
        set_up(opened, "mail", {**values, "sender": "desk@example.com", "name": "desk"})
        for login in ("ann", "chief_north"):
            reachable(opened, login, email=f"{login}@example.com")
        tokens = [new_token(office.services, login, "faults") for login in ("ann", "chief_north")]
        inside = f"127.0.0.1:{post.port}"
        with house(office.services.settings, 2, INSIDE=inside, PUBLIC_URL=PUBLIC) as there:
            ann, chief = (Client(there.ports, str(token)) for token in tokens)
            yield Trial(office, post, there, ann, chief)


def test_nothing_is_lost_and_nothing_happens_twice(trial: Trial) -> None:
    seed = random.SystemRandom().randrange(10**6)
    with ThreadPoolExecutor(CLIENTS) as clients, Trouble(trial.house, seed, KILLS):
        records = list(clients.map(trial.one, range(APPROVALS)))
        until(lambda: trial.house.kills >= KILLS)
    until(lambda: _at_rest(trial))

    assert len(set(records)) == APPROVALS
    assert _happened(trial) == {(record, kind): 1 for record in records for kind in ONCE}, seed
    assert _told_twice(trial) == [], seed
    assert _letters(trial) >= _sent(trial), seed
    assert _results(trial) == APPROVALS, seed


def _at_rest(trial: Trial) -> bool:
    asked = select(job.c.kind, job.c.state, job.c.lost, job.c.problem)
    with trial.office.services.store.reading() as unit:
        rows = unit.connection.execute(
            asked.where(job.c.state != "done", job.c.kind.not_in(OWN_WORK))
        ).all()
    assert not [tuple(row) for row in rows if row.state == "failed"]
    return not rows


def _happened(trial: Trial) -> dict[tuple[str, str], int]:
    with trial.office.services.store.reading() as unit:
        rows = unit.connection.execute(select(event.c.record, event.c.kind)).all()
    return dict(Counter((row.record, row.kind) for row in rows if row.kind in ONCE))


def _told_twice(trial: Trial) -> list[object]:
    with trial.office.services.store.reading() as unit:
        rows = unit.connection.execute(
            select(notice.c.person, notice.c.record, notice.c.kind)
        ).all()
    return [each for each, count in Counter(tuple(row) for row in rows).items() if count > 1]


def _letters(trial: Trial) -> int:
    """How many different letters came in; one that was sent again has the same id."""
    return len({letter["Message-ID"] for letter in trial.post.letters})


def _sent(trial: Trial) -> int:
    """How many messages are noted as sent; one whose task is over is not sent any more."""
    with trial.office.services.store.reading() as unit:
        rows = unit.connection.execute(select(delivery.c.state)).all()
    states = Counter(row.state for row in rows)
    assert states.keys() <= {"sent", "skipped"}, states
    return states["sent"]


def _results(trial: Trial) -> int:
    """To how many records an answer came by letter."""
    return len({x["Message-ID"] for x in trial.post.letters if "ann@" in x["To"]})

"""Is each approval, timer and message there once, whichever process is killed at any moment?"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import select

from runtime.jobs.workshop import OWN_WORK
from runtime.store import Unit
from runtime.store.notice_tables import delivery, notice
from runtime.store.platform_tables import event, job, task
from tests.faults.trial import Trial, calls, trial
from tests.runtime.jobs.labour import until
from tests.workspaces import DATABASES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

APPROVALS = int(os.environ.get("APPROVALS") or 400)
KILLS = int(os.environ.get("KILLS") or 40)
"""`make faults` asks for 300."""
CLIENTS = 8
EVERY = 10
"""After so many kills of processes, a server is struck."""
ONCE = ("approval.submitted", "approval.agree", "approval.due", "approval.ended")


@pytest.mark.parametrize("database", DATABASES)
def test_nothing_is_lost_and_nothing_happens_twice(database: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(10**6)
    with trial(database, tmp_path) as there, ThreadPoolExecutor(CLIENTS) as clients:
        answers = [clients.submit(there.one, number) for number in range(APPROVALS)]
        _strike(there, random.Random(seed))
        there.go_on_until(APPROVALS)
        records = [answer.result() for answer in answers]
        until(lambda: there.look(_at_rest))

        assert len(there.house.killed) == KILLS
        assert set(there.house.killed) == set(there.house.trades)
        assert len(set(records)) == APPROVALS
        assert there.look(_happened) == {(record, kind): 1 for record in records for kind in ONCE}
        assert there.look(_decided) == {"done": APPROVALS, "void": APPROVALS}, seed
        assert there.look(_told_twice) == [], seed
        assert _letters(there) >= there.look(_sent), seed
        assert _results(there) == APPROVALS, seed
        assert sorted(calls(there.other).values()) == sorted(records), seed


def _strike(there: Trial, chance: random.Random) -> None:
    """Kill processes all the while that approvals take their course, and sometimes a server."""
    blows = cycle(there.blows)
    moments = sorted(chance.randrange(APPROVALS) for _ in range(KILLS))
    for number, moment in enumerate(moments, start=1):
        there.go_on_until(moment)
        # Not a wait for something to happen: the blow must be able to fall at any moment.
        threading.Event().wait(chance.uniform(0.0, 0.2))
        there.house.kill_one(chance)
        if there.blows and number % EVERY == 0:
            next(blows)()


def _at_rest(unit: Unit) -> bool:
    asked = select(job.c.kind, job.c.state, job.c.lost, job.c.problem)
    rows = unit.connection.execute(
        asked.where(job.c.state != "done", job.c.kind.not_in(OWN_WORK))
    ).all()
    assert not [tuple(row) for row in rows if row.state == "failed"]
    return not rows


def _happened(unit: Unit) -> dict[tuple[str, str], int]:
    rows = unit.connection.execute(select(event.c.record, event.c.kind)).all()
    return dict(Counter((row.record, row.kind) for row in rows if row.kind in ONCE))


def _decided(unit: Unit) -> dict[str, int]:
    return dict(Counter(unit.connection.execute(select(task.c.state)).scalars()))


def _told_twice(unit: Unit) -> list[object]:
    rows = unit.connection.execute(select(notice.c.person, notice.c.record, notice.c.kind)).all()
    return [each for each, count in Counter(tuple(row) for row in rows).items() if count > 1]


def _letters(there: Trial) -> int:
    """How many different letters came in; one that was sent again has the same id."""
    return len({letter["Message-ID"] for letter in there.post.letters})


def _sent(unit: Unit) -> int:
    """How many messages are noted as sent; one whose task is over is not sent any more."""
    states = Counter(unit.connection.execute(select(delivery.c.state)).scalars())
    assert states.keys() <= {"sent", "skipped"}, states
    return states["sent"]


def _results(there: Trial) -> int:
    """To how many records an answer came by letter."""
    return len({x["Message-ID"] for x in there.post.letters if "ann@" in x["To"]})

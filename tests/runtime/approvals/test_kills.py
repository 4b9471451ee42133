"""Does every approval end once, whoever is killed while deciding?"""

from __future__ import annotations

import os
import random
import threading
from collections import Counter

import pytest

from engine.approvals import from_data
from runtime.store.approvals import Approval
from tests.runtime.approvals.office import Office
from tests.runtime.jobs.labour import process, until

KILLS = int(os.environ.get("KILLS") or 5)
"""In each database; `KILLS=300` for a long night."""
DECIDERS = ("tests.runtime.approvals.deciding_for_tests",)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kills_at_any_moment_lose_no_decision_and_make_none_twice(office: Office) -> None:
    seed = random.SystemRandom().randint(0, 10**6)
    chance = random.Random(seed)
    approvals = [office.submitted(cost="2000.00") for _ in range(4 * KILLS)]
    for _ in range(KILLS):
        with process(office, DECIDERS) as there:
            there.hear("ready")
            # Not a wait for something to happen: the blow must be able to fall at any moment.
            threading.Event().wait(chance.uniform(0.02, 0.4))
            there.kill()
        for approval in approvals:
            _agrees_with_its_tasks(office, approval)

    with process(office, DECIDERS), process(office, DECIDERS):
        until(lambda: all(_over(office, approval) for approval in approvals))

    for approval in approvals:
        _agrees_with_its_tasks(office, approval)
        _once(office, approval, seed)


def _over(office: Office, approval: Approval) -> bool:
    return office.now(approval).outcome is not None and not office.waiting(approval)


def _agrees_with_its_tasks(office: Office, approval: Approval) -> None:
    with office.services.store.reading() as unit:
        now = unit.approvals.one(approval.id)
        tasks = unit.tasks.of_approval(approval.id, state="open")
    assert now is not None
    seats = {f"{approval.id}:{seat.id}" for seat in from_data(now.run).open_seats}
    assert seats == {task.key for task in tasks}


def _once(office: Office, approval: Approval, seed: int) -> None:
    with office.services.store.reading() as unit:
        events = unit.events.of_record(office.form(), approval.record)
        tasks = unit.tasks.of_approval(approval.id)
    told = Counter((event.kind, event.data.get("step"), event.data.get("act")) for event in events)
    assert max(told.values()) == 1, f"seed {seed}: {told}"
    done = Counter((task.step, task.state) for task in tasks)
    wanted = {("chief", "done"): 1, ("audit", "done"): 1, ("known", "done"): 1}
    assert done == wanted, f"seed {seed}"
    assert office.now(approval).outcome == "agreed"
    assert office.stored(approval.record).values["cause"] == "审批通过"

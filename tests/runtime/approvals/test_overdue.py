from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from runtime.jobs.workshop import Workshop
from runtime.store import Unit
from runtime.store.notice_tables import notice
from runtime.store.platform_tables import event, job
from tests.runtime.approvals.multiplying import multiplied
from tests.runtime.approvals.office import Office

TIMERS = int(os.environ.get("TIMERS") or 100)
"""`make faults` takes 10,000."""
WORKERS = 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_timers_that_were_missed_for_a_day_fire_once_each(office: Office) -> None:
    multiplied(office, office.submitted(cost="2000.00"), TIMERS - 1)
    office.clock.move(days=2)
    shops = [Workshop(services=office.services) for _ in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(lambda shop: shop.run_due(office.clock()), shops))
    assert sum(done) >= TIMERS

    with office.services.store.reading() as unit:
        states = select(job.c.state, func.count()).where(job.c.kind == "wake_approval")
        left = {row[0] for row in unit.connection.execute(states.group_by(job.c.state))}
        assert left == {"done"}
        fired = _fired(unit)
        told = select(notice.c.record).where(notice.c.person == office.people["admin"].id)
        records = Counter(unit.connection.execute(told).scalars())
    assert len(fired) == 2 * TIMERS
    assert {act for _, act in fired} == {"remind", "tell"}
    assert set(fired.values()) == {1}
    assert len(records) == TIMERS
    assert set(records.values()) == {1}


def _fired(unit: Unit) -> Counter[tuple[str, str]]:
    rows = unit.connection.execute(
        select(event.c.record, event.c.data).where(event.c.kind == "approval.due")
    )
    return Counter((row.record, row.data["act"]) for row in rows)

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from runtime.jobs.workshop import Workshop
from runtime.store.platform_tables import job
from tests.runtime.approvals.office import Office

TIMERS = int(os.environ.get("TIMERS") or 100)
"""`TIMERS=10000` for a whole day down."""
WORKERS = 4


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_timers_that_were_missed_for_a_day_fire_once_each(office: Office) -> None:
    approvals = [office.submitted(cost="2000.00") for _ in range(TIMERS)]
    office.clock.move(days=2)
    shops = [Workshop(services=office.services) for _ in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(lambda shop: shop.run_due(office.clock()), shops))
    assert sum(done) >= TIMERS

    with office.services.store.reading() as unit:
        states = select(job.c.state, func.count()).where(job.c.kind == "wake_approval")
        left = {row[0] for row in unit.connection.execute(states.group_by(job.c.state))}
        assert left == {"done"}
        for approval in approvals:
            events = unit.events.of_record(office.form(), approval.record)
            fired = Counter(event.data["act"] for event in events if event.kind == "approval.due")
            assert fired == {"remind": 1, "tell": 1}
        notices = unit.notices.of_person(office.people["admin"].id, limit=2 * TIMERS)
    assert len(notices) == TIMERS

"""Is each job done once, whoever is killed while doing it?"""

from __future__ import annotations

import signal

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import func, select, update

from runtime.jobs.workshop import MOST_LOST
from runtime.store.jobs import Job
from runtime.store.platform_tables import event
from runtime.store.platform_tables import job as table
from tests.desk import Desk
from tests.runtime.jobs.exports import export
from tests.runtime.jobs.labour import labourer, process, until


def leave(desk: Desk, kind: str = "note", **arguments: object) -> str:
    with desk.services.store.unit() as unit:
        return unit.jobs.save(kind, arguments, desk.clock())


def found(desk: Desk, id_: str) -> Job:
    with desk.services.store.reading() as unit:
        job = unit.jobs.one(id_)
    assert job is not None
    return job


def times_done(desk: Desk) -> dict[str, int]:
    """How often each job had its effect."""
    with desk.services.store.reading() as unit:
        rows = unit.connection.execute(
            select(event.c.record, func.count()).where(event.c.kind == "noted").group_by("record")
        )
        return {row[0]: row[1] for row in rows}


def test_a_job_whose_process_is_killed_is_done_by_another_and_once(desk: Desk) -> None:
    id_ = leave(desk, steps=30, seconds="0.05")
    with labourer(desk) as first:
        first.hear(f"began {id_}")
        first.kill()
    assert found(desk, id_).state == "running"

    with labourer(desk):
        until(lambda: found(desk, id_).state == "done")

    job = found(desk, id_)
    assert (job.tries, job.lost) == (2, 1)
    assert times_done(desk) == {id_: 1}


def test_a_process_that_was_frozen_changes_nothing_when_it_wakes(desk: Desk) -> None:
    id_ = leave(desk, steps=5, seconds="0.6")
    with labourer(desk) as frozen:
        # At rest between two steps: frozen in the middle of a write, it would hold SQLite's lock.
        frozen.hear("step 2")
        frozen.send(signal.SIGSTOP)
        with labourer(desk):
            until(lambda: found(desk, id_).state == "done")
        frozen.send(signal.SIGCONT)
        frozen.hear("job lost")

    assert times_done(desk) == {id_: 1}


def test_a_process_that_is_asked_to_end_gives_its_job_back_at_once(desk: Desk) -> None:
    id_ = leave(desk, steps=10_000, seconds="0.05")
    with labourer(desk) as asked:
        asked.hear(f"began {id_}")
        asked.send(signal.SIGTERM)
        assert asked.ended() == 0

    job = found(desk, id_)
    assert (job.state, job.tries) == ("waiting", 0)


def test_the_command_does_what_people_asked_for_and_ends_when_it_is_told(desk: Desk) -> None:
    desk.ticket()
    started = export(desk)

    with process(desk, ("designer.cli", "worker")) as there:
        until(lambda: found(desk, started.job).state == "done")
        there.send(signal.SIGTERM)
        assert there.ended() == 0

    assert found(desk, started.job).result["count"] == 1


def test_what_takes_its_process_down_each_time_is_left(small_desk: Desk) -> None:
    id_ = leave(small_desk, "take_down")
    with labourer(small_desk) as there:
        assert there.ended() == 9
    with small_desk.services.store.unit() as unit:
        unit.connection.execute(update(table).values(lost=MOST_LOST - 2))
    _rest(small_desk)
    with labourer(small_desk) as there:
        assert there.ended() == 9
    _rest(small_desk)

    with labourer(small_desk):
        until(lambda: found(small_desk, id_).state == "failed")
    assert "意外退出" in str(found(small_desk, id_).problem)


def _rest(desk: Desk) -> None:
    """Let an hour pass for what is lost."""
    with desk.services.store.unit() as unit:
        unit.connection.execute(update(table).values(lease=table.c.created_at))


@pytest.mark.redis
def test_redis_calls_a_worker_and_a_killed_one_is_followed_by_another(
    desk: Desk, redis_url: str
) -> None:
    id_ = leave(desk, steps=30, seconds="0.05")
    with labourer(desk, REDIS_URL=redis_url) as first:
        first.hear(f"began {id_} in MainThread")
        first.kill()

    with labourer(desk, REDIS_URL=redis_url):
        until(lambda: found(desk, id_).state == "done")

    assert found(desk, id_).lost == 1
    assert times_done(desk) == {id_: 1}


@pytest.mark.redis
def test_who_writes_into_redis_runs_nothing_here(small_desk: Desk, redis_url: str) -> None:
    trap = small_desk.services.settings.home / "trap"
    with Redis.from_url(redis_url) as client:
        Queue("dougong", client, serializer="json").enqueue("os.mkdir", str(trap))
        Queue("dougong", client).enqueue("os.mkdir", str(trap))
        with labourer(small_desk, REDIS_URL=redis_url) as there:
            there.hear("not a job of ours")
            there.hear("not a job of ours")
            id_ = leave(small_desk)
            until(lambda: found(small_desk, id_).state == "done")

    assert not trap.exists()

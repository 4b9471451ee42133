from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, update

from runtime.jobs.kind import Ended, Finished, Kind, Lost, Task
from runtime.jobs.workshop import LONGEST_WAIT, Workshop, wait_after
from runtime.logs import log_plainly
from runtime.store import Event
from runtime.store.jobs import Job
from runtime.store.platform_tables import job as table
from runtime.store.turns import RESTS
from runtime.workspace.fresh import keeps_fresh
from runtime.workspace.open import install_app, open_workspace
from tests.desk import FILES, Desk
from tests.runtime.jobs.kinds_for_tests import KINDS, break_down
from tests.runtime.jobs.labour import until

LATER = timedelta(days=36_500)


@pytest.fixture(autouse=True, scope="module")
def plain_logs() -> None:
    log_plainly()


def shop(desk: Desk) -> Workshop:
    return Workshop(services=desk.services, kinds=KINDS)


def leave(desk: Desk, kind: str = "note", person: str | None = None, **how: object) -> str:
    with desk.services.store.unit() as unit:
        who = desk.people[person].id if person else None
        return unit.jobs.save(kind, {}, desk.clock(), person=who, **how)  # type: ignore[arg-type]  # key and due


def found(desk: Desk, id_: str) -> Job:
    with desk.services.store.reading() as unit:
        job = unit.jobs.one(id_)
    assert job is not None
    return job


def noted(desk: Desk, id_: str) -> list[Event]:
    form = desk.form()
    with desk.services.store.reading() as unit:
        return [each for each in unit.events.of_record(form, id_) if each.kind == "noted"]


def test_what_was_left_is_done_once_and_says_so(desk: Desk) -> None:
    id_ = leave(desk)

    assert shop(desk).run_due() == 1
    assert shop(desk).run_due() == 0
    job = found(desk, id_)
    assert (job.state, dict(job.result), job.tries) == ("done", {"steps": 10}, 1)
    assert len(noted(desk, id_)) == 1


def test_work_is_only_there_if_what_causes_it_is_kept(desk: Desk) -> None:
    with desk.services.store.unit() as unit:
        unit.jobs.save("note", {}, desk.clock())
        unit.rollback()

    assert shop(desk).run_due() == 0


def test_the_same_key_twice_is_the_same_work(desk: Desk) -> None:
    assert leave(desk, key="once") == leave(desk, key="once")
    assert shop(desk).run_due() == 1


def test_work_waits_until_it_is_due(desk: Desk) -> None:
    id_ = leave(desk, due=desk.clock() + timedelta(days=2))

    assert shop(desk).run_due(desk.clock()) == 0
    assert shop(desk).run_due(desk.clock() + timedelta(days=2)) == 1
    assert found(desk, id_).state == "done"


def test_the_clock_of_the_database_says_what_is_due(desk: Desk) -> None:
    leave(desk, due=desk.clock() + LATER)

    assert shop(desk).run_due() == 0


def test_nobody_takes_work_that_somebody_has(desk: Desk) -> None:
    id_ = leave(desk)
    with desk.services.store.unit() as unit:
        assert unit.jobs.claim(60, id_) is not None

    assert shop(desk).run_due() == 0
    with desk.services.store.unit() as unit:
        assert unit.jobs.claim(60, id_) is None


def test_who_lost_the_work_changes_nothing_any_more(desk: Desk) -> None:
    id_ = leave(desk)
    with desk.services.store.unit() as unit:
        slow = unit.jobs.claim(-1, id_)
    assert slow is not None
    assert shop(desk).run_due() == 1

    with desk.services.store.unit() as unit:
        assert not unit.jobs.beat(slow, 60, 1, 2)
        assert not unit.jobs.end(slow, {"late": True})
    assert dict(found(desk, id_).result) == {"steps": 10}
    assert found(desk, id_).lost == 1


def test_what_is_lost_again_and_again_rests_ever_longer(desk: Desk) -> None:
    id_ = leave(desk)
    for lost, rest in enumerate((0.0, 0.0, *RESTS.values())):
        assert _lost_for(desk, id_, rest - 1) is None or not rest
        again = _lost_for(desk, id_, rest + 1)
        assert again is not None
        assert again.lost == lost + 1


def _lost_for(desk: Desk, id_: str, seconds: float) -> Job | None:
    """Let the lease have ended so long ago, and try to take the job."""
    with desk.services.store.unit() as unit:
        held = unit.jobs.one(id_)
        assert held is not None
        if held.state == "waiting":
            held = unit.jobs.claim(-1, id_)
            assert held is not None
        assert unit.jobs.beat(held, -seconds, 0, None)
        return unit.jobs.claim(60, id_)


def test_work_that_somebody_lost_comes_first_and_what_is_overdue_last(desk: Desk) -> None:
    overdue = leave(desk, due=desk.clock() - LATER)
    at_once = leave(desk)
    lost = leave(desk)
    with desk.services.store.unit() as unit:
        assert unit.jobs.claim(-1, lost) is not None
        assert not unit.jobs.any_due(["break_down"])
        taken = [unit.jobs.claim_next({"note": 60.0}) for _ in range(4)]
    assert [job.id if job else None for job in taken] == [lost, at_once, overdue, None]


def test_what_the_system_does_by_itself_is_never_given_up(desk: Desk) -> None:
    ticking = {"tick": Kind(work=break_down)}
    workshop = Workshop(services=desk.services, kinds=ticking)
    workshop.prepare()
    with desk.services.store.unit() as unit:
        unit.connection.execute(update(table).values(tries=50, lost=20))

    assert workshop.run_next(desk.clock())

    with desk.services.store.reading() as unit:
        states = unit.connection.execute(select(table.c.state).where(table.c.kind == "tick"))
        assert states.scalars().all() == ["waiting"]


def test_losses_do_not_count_as_failures(desk: Desk) -> None:
    id_ = leave(desk, "break_down")
    with desk.services.store.unit() as unit:
        unit.connection.execute(update(table).values(tries=5, lost=5))

    shop(desk).run_due()

    assert found(desk, id_).state == "waiting"


def test_an_attempt_that_lost_its_job_stops_at_its_next_word(desk: Desk) -> None:
    id_ = leave(desk)
    with desk.services.store.unit() as unit:
        job = unit.jobs.claim(-1, id_)
    assert job is not None
    shop(desk).run_due()
    stopping = shop(desk).stopping
    task = Task(services=desk.services, job=job, seconds=1, stopping=stopping, person=None)

    with pytest.raises(Lost):
        task.progress(1, 2)


def test_what_breaks_is_tried_again_and_then_left_with_words(desk: Desk) -> None:
    id_ = leave(desk, "break_down", person="ann")
    workshop = shop(desk)

    assert workshop.run_due() == 1
    assert found(desk, id_).state == "waiting"
    assert str(found(desk, id_).problem) == "执行时出错，稍后会自动重试"
    assert workshop.run_due() == 0
    assert workshop.run_next(desk.clock() + LATER)
    assert found(desk, id_).state == "failed"
    assert "已停止重试" in str(found(desk, id_).problem)


def test_the_person_can_have_it_tried_once_more(desk: Desk) -> None:
    id_ = leave(desk, "give_up", person="ann")
    shop(desk).run_due()

    with desk.services.store.unit() as unit:
        assert not unit.jobs.retry(id_, desk.people["ben"].id)
        assert unit.jobs.retry(id_, desk.people["ann"].id)
    assert (found(desk, id_).state, found(desk, id_).problem) == ("waiting", None)


def test_what_can_never_be_done_is_not_tried_again(desk: Desk) -> None:
    id_ = leave(desk, "give_up")

    assert shop(desk).run_due() == 1
    assert found(desk, id_).state == "failed"
    assert str(found(desk, id_).problem) == "没有找到，或您没有查看的权限"


def test_nothing_is_done_for_somebody_who_left(desk: Desk) -> None:
    id_ = leave(desk, person="ann")
    with desk.services.store.unit() as unit:
        unit.people.edit(desk.people["ann"].id, active=False)

    shop(desk).run_due()

    assert found(desk, id_).state == "failed"
    assert noted(desk, id_) == []


def test_work_that_goes_round_waits_for_its_next_turn(desk: Desk) -> None:
    id_ = leave(desk, "go_round")

    assert shop(desk).run_due() == 1
    assert (found(desk, id_).state, found(desk, id_).tries) == ("waiting", 0)
    assert found(desk, id_).due is not None


def test_waits_grow_up_to_an_hour() -> None:
    waits = [wait_after(tries) for tries in range(1, 30)]

    assert 4 <= waits[0] <= 6
    assert all(before < after for before, after in pairwise(waits[:9]))
    assert max(waits) <= LONGEST_WAIT * 1.2


def test_one_long_step_keeps_its_job(small_desk: Desk) -> None:
    with sitting(small_desk, silent=100.0) as id_:
        first = _lease(small_desk, id_)
        until(lambda: _lease(small_desk, id_) > first)


def test_who_says_nothing_for_too_long_loses_its_job(small_desk: Desk) -> None:
    with sitting(small_desk, silent=0.1) as id_:
        until(lambda: _can_be_taken(small_desk, id_))


@contextmanager
def sitting(desk: Desk, silent: float) -> Iterator[str]:
    """Do one step that says nothing until the block ends."""
    up = threading.Event()

    def sit(task: Task) -> Ended:
        up.wait()
        return Finished({})

    id_ = leave(desk, "sit")
    kinds = {"sit": Kind(work=sit, seconds=1.5, silent=silent)}
    workshop = Workshop(services=desk.services, kinds=kinds)
    working = threading.Thread(target=workshop.run_next)
    working.start()
    try:
        until(lambda: found(desk, id_).state == "running")
        yield id_
    finally:
        up.set()
        working.join()


def _lease(desk: Desk, id_: str) -> Any:
    with desk.services.store.reading() as unit:
        return unit.connection.execute(select(table.c.lease).where(table.c.id == id_)).scalar_one()


def _can_be_taken(desk: Desk, id_: str) -> bool:
    with desk.services.store.unit() as unit:
        return unit.jobs.claim(60, id_) is not None


def test_what_an_attempt_left_behind_is_cleared_away_once_its_job_has_ended(
    small_desk: Desk,
) -> None:
    done, waiting = leave(small_desk), leave(small_desk, due=small_desk.clock() + LATER)
    files = small_desk.services.store.job_files
    left = files.new(done, "lost", "csv"), files.new(waiting, "first", "csv")
    for path in (*left, files.new("0" * 32, "gone", "csv")):
        path.touch()
    unfinished = files.new(done, "killed", "parts")
    unfinished.mkdir()
    (unfinished / "sheet").touch()
    shop(small_desk).run_due()

    tidying = Workshop(services=small_desk.services)
    tidying.prepare()
    tidying.run_due()

    assert [id_ for _, id_ in files.names()] == [waiting]


def test_old_jobs_are_forgotten(small_desk: Desk) -> None:
    id_ = leave(small_desk)
    shop(small_desk).run_due()
    tidying = Workshop(services=small_desk.services)
    tidying.prepare()
    small_desk.clock.move(days=1000)

    tidying.run_due()

    with small_desk.services.store.reading() as unit:
        assert unit.jobs.one(id_) is None


def test_the_key_of_an_act_is_known_for_a_week(small_desk: Desk) -> None:
    ann = small_desk.people["ann"].id
    for key in ("early", "late"):
        with small_desk.services.store.unit() as unit:
            unit.idempotency.claim(ann, key, small_desk.clock(), None)
        small_desk.clock.move(days=4)
    tidying = Workshop(services=small_desk.services)
    tidying.prepare()

    tidying.run_due()

    with small_desk.services.store.unit() as unit:
        known = [
            key
            for key in ("early", "late")
            if unit.idempotency.claim(ann, key, small_desk.clock(), None) is not None
        ]
    assert known == ["late"]


def test_a_worker_notices_that_another_process_installed_an_app(small_desk: Desk) -> None:
    other = open_workspace(small_desk.services.settings, small_desk.clock)
    workshop = Workshop(services=other, kinds=KINDS, refresh=keeps_fresh(other))
    install_app(
        small_desk.services, {**FILES, "app.yaml": FILES["app.yaml"].replace(b"1.0.0", b"1.1.0")}
    )
    assert other.apps["desk"].definition.version == "1.0.0"
    leave(small_desk)

    workshop.run_due()

    assert other.apps["desk"].definition.version == "1.1.0"
    other.store.close()

"""Is what is done with many records done with each once, whoever is killed amid it?"""

from __future__ import annotations

from runtime.store.jobs import Job
from runtime.use_cases.list_records import Wanted
from runtime.use_cases.sweeps.start import Started, start_sweep
from runtime.use_cases.sweeps.sweep import Sweep
from tests.desk import Desk
from tests.runtime.jobs.labour import process, until

WORKER = ("designer.cli", "worker")
MANY = 80


def found(desk: Desk, id_: str) -> Job:
    with desk.services.store.reading() as unit:
        job = unit.jobs.one(id_)
    assert job is not None
    return job


def times_given(desk: Desk, id_: str) -> int:
    with desk.services.store.reading() as unit:
        happened = unit.events.of_record(desk.form(), id_)
    return sum(event.kind == "transferred" for event in happened)


def test_a_killed_worker_is_followed_by_another_which_does_the_rest(desk: Desk) -> None:
    tickets = [desk.ticket("ann").id for _ in range(MANY)]
    ben = desk.people["ben"].id
    begun = start_sweep(
        desk.services,
        desk.act("chief_north", door="bulk"),
        desk.form(),
        Sweep(app="desk", form="ticket", deed="transfer", to=ben),
        Wanted(),
        MANY,
    )
    assert isinstance(begun, Started)

    with process(desk, WORKER, {"JOB_LEASE": "2"}) as first:
        until(lambda: found(desk, begun.job).done > 0)
        first.kill()
    given = sum(desk.stored(id_).owner == ben for id_ in tickets)
    with process(desk, WORKER, {"JOB_LEASE": "2"}):
        until(lambda: found(desk, begun.job).state == "done")

    job = found(desk, begun.job)
    assert 0 < given < MANY
    assert job.lost == 1
    assert (job.result["done"], tuple(job.result["refused"])) == (MANY, ())
    assert {times_given(desk, id_) for id_ in tickets} == {1}

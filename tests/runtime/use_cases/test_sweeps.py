"""What is done with all that a list finds is done with each record once, by its own rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from engine.outcomes import Denied, Invalid, Missing
from runtime.jobs.workshop import Workshop
from runtime.limits import SWEEPS_AT_ONCE
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.sweeps.report import Report, refused_by, report_of
from runtime.use_cases.sweeps.start import Begun, Grown, Started, start_sweep, stop_sweep
from runtime.use_cases.sweeps.sweep import Sweep, ids_of, read_sweep
from runtime.use_cases.sweeps.tally import Tally, tally_of
from runtime.use_cases.sweeps.walk import AT_ONCE, Walk
from tests.desk import Desk

CHIEF = "chief_north"


def begin(
    desk: Desk, deed: Any, wanted: Wanted | None = None, agreed: int = 999, **more: Any
) -> Begun:
    sweep = Sweep(app="desk", form="ticket", deed=deed, **more)
    act = desk.act(CHIEF, door="bulk")
    return start_sweep(desk.services, act, desk.form(), sweep, wanted or Wanted(), agreed)


def began(desk: Desk, deed: Any, wanted: Wanted | None = None, **more: Any) -> str:
    begun = begin(desk, deed, wanted, **more)
    assert isinstance(begun, Started), begun
    return begun.job


def report(desk: Desk, job: str) -> Report:
    found = report_of(desk.services, desk.act(CHIEF), desk.form(), job)
    assert isinstance(found, Report)
    return found


def swept(desk: Desk, deed: Any, wanted: Wanted | None = None, **more: Any) -> Report:
    job = began(desk, deed, wanted, **more)
    Workshop(services=desk.services).run_due()
    return report(desk, job)


def walk(desk: Desk, job: str, tell: Any = lambda *_: None, note: Any = lambda _: None) -> Walk:
    with desk.services.store.reading() as unit:
        left = unit.jobs.by_ids((job,))[0]
    return Walk(
        services=desk.services,
        act=Act(actor=desk.people[CHIEF], door="bulk", key=f"{job}:sweep"),
        sweep=read_sweep(left.arguments),
        ids=ids_of(left.arguments),
        job=job,
        tell=tell,
        note=note,
    )


def events(desk: Desk, id_: str, kind: str) -> list[tuple[str | None, str | None]]:
    with desk.services.store.reading() as unit:
        told = unit.events.of_record(desk.form(), id_)
    return [(event.door, event.reason) for event in told if event.kind == kind]


def test_each_record_of_the_list_is_moved_by_its_own_rules_in_the_order_of_the_list(
    desk: Desk,
) -> None:
    tickets = [desk.ticket("ann", cost=str(cost)) for cost in (3, 1, 2)]
    gone = desk.ticket("ann", cost="5")
    unseen = desk.ticket("sue", cost="4")
    assert swept(desk, "advance", Wanted(feel="cost = 5"), to="dropped", reason="旧").done == 1

    job = began(desk, "advance", Wanted(sort=("cost",)), to="dropped", reason="都不修了")
    desk.ticket("ann", cost="0")  # comes too late: what was chosen stays chosen
    Workshop(services=desk.services).run_due()

    found = report(desk, job)
    assert (found.total, found.done, found.refused, found.rest) == (4, 3, 1, 0)
    assert [(str(one.reason), one.count) for one in found.groups] == [("已经在“已取消”阶段", 1)]
    assert refused_by(desk.services, desk.act(CHIEF), desk.form(), job) == (gone.id,)
    for ticket in tickets:
        assert desk.stored(ticket.id).stage == "dropped"
        assert events(desk, ticket.id, "set_aside") == [("bulk", "都不修了")]
    assert desk.stored(unseen.id).stage == "open"
    assert [ids_of(found.job.arguments)[n] for n in (0, 1, 2)] == [tickets[n].id for n in (1, 2, 0)]


def test_a_list_shows_just_those_that_were_refused_for_a_reason(desk: Desk) -> None:
    whole = desk.ticket("ann", cause="卡纸")
    bare = desk.ticket("ann")
    job = swept(desk, "advance", Wanted(sort=("created_at",))).job.id

    found = report(desk, job)
    by_reason = {str(one.reason): one.number for one in found.groups}
    cause, cost = by_reason["请填写“原因”"], by_reason["请先估算费用"]

    def left(number: int | None, who: str = CHIEF) -> set[str]:
        act = desk.act(who)
        ids = refused_by(desk.services, act, desk.form(), job, number)
        assert not isinstance(ids, Missing)
        page = list_records(desk.services, act, desk.form(), Wanted(among=ids))
        return {record.id for record in page.records}  # type: ignore[union-attr]  # a page

    assert left(cause) == {bare.id}
    assert left(cost) == left(None) == {whole.id, bare.id}
    assert isinstance(refused_by(desk.services, desk.act("ann"), desk.form(), job), Missing)
    assert isinstance(report_of(desk.services, desk.act("ann"), desk.form(), job), Missing)


def test_one_field_is_changed_and_what_is_wrong_with_it_is_said_before(small_desk: Desk) -> None:
    desk = small_desk
    tickets = [desk.ticket("ann") for _ in range(3)]

    wrong = begin(desk, "edit", typed={"cost": ["many"], "_fields": ["cost"]})
    done = swept(desk, "edit", typed={"cause": ["潮湿"], "_fields": ["cause"]})

    assert isinstance(wrong, Invalid)
    assert done.done == 3
    assert {desk.stored(one.id).values["cause"] for one in tickets} == {"潮湿"}


def test_many_are_handed_on_or_put_into_the_bin_and_nobody_is_no_owner(small_desk: Desk) -> None:
    desk = small_desk
    ben, tickets = desk.people["ben"].id, [desk.ticket("ann") for _ in range(2)]

    assert isinstance(begin(desk, "transfer", to="nobody"), Invalid)
    assert swept(desk, "transfer", to=ben).done == 2
    assert {desk.stored(one.id).owner for one in tickets} == {ben}
    assert swept(desk, "delete").done == 2
    assert isinstance(begin(desk, "delete"), Denied)


def test_nothing_begins_with_more_than_was_agreed_to_nor_too_often(small_desk: Desk) -> None:
    desk = small_desk
    for _ in range(2):
        desk.ticket("ann")

    assert begin(desk, "delete", agreed=1) == Grown(2)
    for _ in range(SWEEPS_AT_ONCE):
        began(desk, "delete", agreed=2)
    assert isinstance(begin(desk, "delete"), Denied)


def test_it_is_done_with_the_rights_of_then(small_desk: Desk) -> None:
    desk = small_desk
    desk.ticket("ann")
    job = began(desk, "delete")
    with desk.services.store.unit() as unit:
        unit.people.roles.set_for("person", desk.people[CHIEF].id, "desk", ["auditor"])
    Workshop(services=desk.services).run_due()

    found = report(desk, job)
    assert [str(one.reason) for one in found.groups] == ["您没有删除这条记录的权限"]


def test_what_is_kept_of_it_can_be_read_and_gone_on_with(small_desk: Desk) -> None:
    desk = small_desk
    desk.ticket("ann")
    job = swept(desk, "advance").job
    tally = tally_of(job.result)

    tally.refuse("another", tally.reasons)

    assert len(tally.reasons) == 3
    assert tally_of(json.loads(json.dumps(tally.told()))) == tally


class Dead(Exception):
    """The process ended here."""


def test_what_an_attempt_did_before_it_died_is_neither_done_twice_nor_forgotten(
    desk: Desk,
) -> None:
    tickets = [desk.ticket("ann") for _ in range(AT_ONCE + 5)]
    job, ben = began(desk, "transfer", to=desk.people["ben"].id), desk.people["ben"].id
    kept: list[Mapping[str, Any]] = [{}]

    def die(done: int, _: int | None) -> None:
        if done == AT_ONCE + 3:
            raise Dead

    with pytest.raises(Dead):
        walk(desk, job, die, kept.append).go(Tally())
    again = tally_of(kept[-1])
    assert again.at == AT_ONCE
    assert walk(desk, job).go(again) is None

    assert (again.done, again.refused) == (len(tickets), [])
    for ticket in tickets:
        assert desk.stored(ticket.id).owner == ben
        assert len(events(desk, ticket.id, "transferred")) == 1


def test_it_stops_when_its_person_says_so_and_counts_what_was_done(small_desk: Desk) -> None:
    desk = small_desk
    tickets = [desk.ticket("ann") for _ in range(2 * AT_ONCE)]
    job = began(desk, "delete")

    def stop(done: int, _: int | None) -> None:
        if done == 3:
            stop_sweep(desk.services, desk.act("ann"), job)
        if done == 5:
            stop_sweep(desk.services, desk.act(CHIEF), job)

    with pytest.raises(Dead):
        walk(desk, job, stop, _die).go(Tally())
    Workshop(services=desk.services).run_due()

    found = report(desk, job)
    assert (found.job.state, found.stopped, found.stopping) == ("done", True, False)
    assert (found.done, found.rest) == (AT_ONCE, len(tickets) - AT_ONCE)


def _die(_: Mapping[str, Any]) -> None:
    raise Dead

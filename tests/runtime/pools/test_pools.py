"""Records that belong to nobody are taken by one person only, within the caps."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.record import Record
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.pools.claim_record import Claimed, claim_record
from runtime.use_cases.pools.list_pool import Waiting, list_pool
from runtime.use_cases.pools.release_record import release_record
from runtime.use_cases.read_record import view_record
from tests.desk import Desk, open_desk
from tests.runtime.pools.spring import FILES


def released(spring: Desk, login: str = "ann", **values: object) -> Record:
    record = spring.ticket(login, **values)
    outcome = release_record(
        spring.services, spring.act(login, reason="没空"), spring.form(), record.id
    )
    assert isinstance(outcome, Saved), outcome
    return outcome.record


def claim(spring: Desk, login: str, id_: str) -> Claimed:
    return claim_record(spring.services, spring.act(login), spring.form(), id_)


def waiting(spring: Desk, login: str) -> Waiting:
    found = list_pool(spring.services, spring.act(login), spring.form())
    assert isinstance(found, Waiting)
    return found


def complaints(outcome: Claimed) -> str:
    if isinstance(outcome, Denied):
        return str(outcome.message)
    assert isinstance(outcome, Invalid), outcome
    return "；".join(str(one) for messages in outcome.complaints.values() for one in messages)


def test_what_is_put_back_belongs_to_nobody_until_somebody_takes_it(spring: Desk) -> None:
    record = released(spring)
    assert (record.owner, record.department) == (None, None)
    assert [one.id for one in waiting(spring, "sue").records] == [record.id]

    taken = claim(spring, "sue", record.id)

    assert isinstance(taken, Saved)
    sue = spring.people["sue"]
    assert (taken.record.owner, taken.record.department) == (sue.id, sue.department)
    assert waiting(spring, "ben").count == 0
    with spring.services.store.reading() as unit:
        events = unit.events.of_record(spring.form(), record.id)
    assert [one.kind for one in events] == ["claimed", "released", "created"]


def test_of_many_who_want_it_at_once_one_gets_it_and_the_others_hear_who(spring: Desk) -> None:
    record = released(spring, "chief_north")

    with ThreadPoolExecutor(3) as crowd:
        outcomes = list(crowd.map(lambda who: claim(spring, who, record.id), ("ann", "ben", "sue")))

    assert sum(isinstance(one, Saved) for one in outcomes) == 1
    winner = spring.stored(record.id).owner
    name = next(one.name for one in spring.people.values() if one.id == winner)
    lost = [complaints(one) for one in outcomes if not isinstance(one, Saved)]
    assert lost == [f"这条记录已被{name}领取"] * 2


def test_nobody_takes_more_in_a_day_than_they_may(small_spring: Desk) -> None:
    records = [released(small_spring, "ann") for _ in range(3)]
    for record in records[:2]:
        assert isinstance(claim(small_spring, "ben", record.id), Saved)

    refused = claim(small_spring, "ben", records[2].id)

    assert "今天已领取 2 条" in complaints(refused)
    assert waiting(small_spring, "ben").room.closed
    small_spring.clock.move(days=1)
    assert isinstance(claim(small_spring, "ben", records[2].id), Saved)


def test_the_day_ends_where_the_workspace_is(small_spring: Desk) -> None:
    records = [released(small_spring, "ann") for _ in range(3)]
    for record in records[:2]:
        claim(small_spring, "ben", record.id)

    small_spring.clock.move(hours=14.5)
    assert isinstance(claim(small_spring, "ben", records[2].id), Invalid)
    small_spring.clock.move(hours=1)
    assert isinstance(claim(small_spring, "ben", records[2].id), Saved)


def test_nobody_holds_more_than_they_may(small_spring: Desk) -> None:
    for _ in range(3):
        small_spring.ticket("ben")
    record = released(small_spring, "ann")

    assert "名下已有 3 条" in complaints(claim(small_spring, "ben", record.id))


def test_whoever_gave_it_up_waits_before_taking_it_again(small_spring: Desk) -> None:
    record = released(small_spring, "ann")

    refused = claim(small_spring, "ann", record.id)

    assert "之后才能再领取" in complaints(refused)
    small_spring.clock.move(days=7, minutes=1)
    assert isinstance(claim(small_spring, "ann", record.id), Saved)


def test_every_reason_is_told_at_once(small_spring: Desk) -> None:
    for _ in range(2):
        claim(small_spring, "ann", released(small_spring, "ben").id)
    record = released(small_spring, "ann")
    for _ in range(1):
        small_spring.ticket("ann")

    said = complaints(claim(small_spring, "ann", record.id))

    assert said.count("；") == 2


def test_fields_are_hidden_while_a_record_waits(small_spring: Desk) -> None:
    released(small_spring, "ann", cause="卡纸", phone="13800138000", cost="80")

    found = waiting(small_spring, "ben")

    assert not {"cause", "phone", "margin"} & set(found.columns)
    assert [set(one.values) for one in found.records] == [set(found.columns)]


def test_what_waits_is_not_seen_at_any_other_door(small_spring: Desk) -> None:
    record = released(small_spring, "ann", cause="卡纸")

    for login in ("ann", "ben"):
        seen = view_record(
            small_spring.services, small_spring.act(login), small_spring.form(), record.id
        )
        assert isinstance(seen, Missing)


def test_only_those_of_the_pool_see_and_take_what_waits(small_spring: Desk) -> None:
    record = released(small_spring, "ann")

    assert isinstance(claim(small_spring, "audit", record.id), Denied)
    listed = list_pool(small_spring.services, small_spring.act("audit"), small_spring.form())
    assert isinstance(listed, Denied)
    assert isinstance(claim(small_spring, "admin", record.id), Saved)


@pytest.mark.parametrize("login", ["ben", "audit"])
def test_nobody_puts_back_what_is_not_theirs(small_spring: Desk, login: str) -> None:
    record = small_spring.ticket("ann")

    act = small_spring.act(login, reason="没空")
    outcome = release_record(small_spring.services, act, small_spring.form(), record.id)

    assert isinstance(outcome, Denied | Missing)
    assert small_spring.stored(record.id).owner == small_spring.people["ann"].id


def test_whoever_may_transfer_may_put_back_too(small_spring: Desk) -> None:
    record = small_spring.ticket("ann")
    act = small_spring.act("chief_north", reason="太久没有进展")

    outcome = release_record(small_spring.services, act, small_spring.form(), record.id)

    assert isinstance(outcome, Saved)
    small_spring.clock.move(minutes=1)
    assert "之后才能再领取" in complaints(claim(small_spring, "ann", record.id))


def test_a_pool_may_keep_its_holders_from_putting_back(tmp_path: Path) -> None:
    ticket = FILES["forms/ticket.yaml"].replace(b"  cool_down", b"  release: false\n  cool_down")
    with open_desk(tmp_path, files={**FILES, "forms/ticket.yaml": ticket}) as spring:
        record, act = spring.ticket("ann"), spring.act("ann", reason="没空")

        outcome = release_record(spring.services, act, spring.form(), record.id)

        assert isinstance(outcome, Denied)


def test_what_has_ended_stays_with_its_holder(small_spring: Desk) -> None:
    record, act = small_spring.ticket("ann"), small_spring.act("ann", reason="不要了")
    step = Step(target="dropped")
    gone = advance_record(small_spring.services, act, small_spring.form(), record.id, step)
    assert isinstance(gone, Saved), gone

    outcome = release_record(small_spring.services, act, small_spring.form(), record.id)

    assert isinstance(outcome, Denied)


def test_a_reason_is_needed(small_spring: Desk) -> None:
    record = small_spring.ticket("ann")

    silent = release_record(
        small_spring.services, small_spring.act("ann"), small_spring.form(), record.id
    )

    assert "请写明退回的原因" in complaints(silent)


def test_what_is_taken_twice_with_one_key_is_taken_once(small_spring: Desk) -> None:
    record = released(small_spring, "ann")
    act = replace(small_spring.act("ben"), key="k1")

    first, second = (
        claim_record(small_spring.services, act, small_spring.form(), record.id) for _ in range(2)
    )

    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    with small_spring.services.store.reading() as unit:
        assert unit.pools.claims(small_spring.form(), act.actor.id, small_spring.clock()) == 1

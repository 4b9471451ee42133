from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Conflict, Denied, Outcome, Saved
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.create_record import create_record
from runtime.use_cases.edit_record import edit_record
from tests.desk import Desk

USERS = ("ann", "chief_north", "chief_whole", "admin")
"""Four people with a right of their own to one record: as its owner, as the head of its
department, as the head of a department above, as administrator."""
ROUNDS = 500


@pytest.fixture
def crowd(desk: Desk) -> Desk:
    """The app with one person more, who leads the department above."""
    with desk.services.store.unit() as unit:
        whole = desk.people["admin"].department
        person = unit.people.add("chief_whole", "钱总", desk.clock(), department=whole)
        unit.people.roles.set_for("person", person.id, "desk", ["chief"])
        actor = unit.people.actor(person.id)
    assert actor is not None
    return replace(desk, people={**desk.people, "chief_whole": actor})


def test_of_edits_at_once_one_wins_and_each_loser_sees_both_values(crowd: Desk) -> None:
    record = crowd.ticket("ann", cause="begin")
    version, before = record.version, "begin"
    winners = set()

    with ThreadPoolExecutor(len(USERS)) as pool:
        for turn in range(ROUNDS):
            outcomes = _all_at_once(crowd, pool, record.id, version, turn)
            stored = crowd.stored(record.id)

            saved = [user for user, outcome in outcomes.items() if isinstance(outcome, Saved)]
            assert len(saved) == 1, outcomes
            assert stored.values["cause"] == f"{saved[0]} {turn}"
            assert stored.version == version + 1
            for user in set(USERS) - set(saved):
                theirs = f"{saved[0]} {turn}"
                _loser_sees_both(outcomes[user], before, f"{user} {turn}", theirs)
            version, before = stored.version, str(stored.values["cause"])
            winners.add(saved[0])

    with crowd.services.store.reading() as unit:
        edited = unit.events.of_record(crowd.form(), record.id, kinds=("edited",), limit=10_000)
    assert len(edited) == ROUNDS
    assert winners == set(USERS)


def _all_at_once(
    desk: Desk, pool: ThreadPoolExecutor, id_: str, version: int, turn: int
) -> dict[str, Outcome]:
    barrier = threading.Barrier(len(USERS))

    def edit(user: str) -> Outcome:
        submission = read_json(desk.form(), {"cause": f"{user} {turn}"})
        barrier.wait()
        return edit_record(desk.services, desk.act(user), desk.form(), id_, submission, version)

    # Who comes last to the barrier goes on first.
    first = turn % len(USERS)
    users = USERS[first:] + USERS[:first]
    return dict(zip(users, pool.map(edit, users), strict=True))


def _loser_sees_both(outcome: Outcome, base: str, mine: str, theirs: str) -> None:
    assert isinstance(outcome, Conflict)
    (clash,) = outcome.clashes
    assert (clash.field, clash.base, clash.mine, clash.theirs) == ("cause", base, mine, theirs)


def test_edits_of_different_fields_at_once_are_both_kept(desk: Desk) -> None:
    record = desk.ticket("ann")
    act = desk.act("ann")

    for values in ({"cause": "卡纸"}, {"cost": "80"}):
        submission = read_json(desk.form(), values)
        outcome = edit_record(
            desk.services, act, desk.form(), record.id, submission, record.version
        )
        assert isinstance(outcome, Saved)

    stored = desk.stored(record.id)
    assert (stored.values["cause"], str(stored.values["cost"])) == ("卡纸", "80.00")


def test_of_moves_at_once_each_stage_is_entered_once(desk: Desk) -> None:
    record = desk.ticket("ann", cause="卡纸", cost="80")
    act = desk.act("chief_north", reason="现场已确认")
    barrier = threading.Barrier(4)

    def advance(_: int) -> Outcome:
        barrier.wait()
        step = Step(target="fixing", override=True)
        return advance_record(desk.services, act, desk.form(), record.id, step)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(advance, range(4)))

    assert sum(isinstance(outcome, Saved) for outcome in outcomes) == 1
    assert desk.stored(record.id).stage == "fixing"


def test_of_one_act_sent_several_times_at_once_one_is_done(desk: Desk) -> None:
    barrier = threading.Barrier(4)
    act = replace(desk.act("ann"), key="k", request="the same")

    def create(request: str) -> Outcome:
        submission = read_json(desk.form(), {"name": "打印机"})
        barrier.wait()
        return create_record(desk.services, replace(act, request=request), desk.form(), submission)

    with ThreadPoolExecutor(4) as pool:
        same = list(pool.map(create, ["the same"] * 4))
        different = list(pool.map(create, ["the same", "another", "the same", "another"]))

    ids = {outcome.record.id for outcome in same if isinstance(outcome, Saved)}
    assert len(ids) == 1
    assert [isinstance(outcome, Denied) for outcome in different] == [False, True] * 2
    with desk.services.store.reading() as unit:
        numbers = unit.records.one(desk.form(), ids.pop())
    assert numbers is not None
    assert numbers.values["number"] == "T-0001"
    assert desk.ticket().values["number"] == "T-0002"

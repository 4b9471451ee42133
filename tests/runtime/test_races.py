from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from engine.forms.submission import read_json
from engine.outcomes import Conflict, Outcome, Saved
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.edit_record import edit_record
from tests.desk import Desk

USERS = ("ann", "ben", "chief_north", "admin")
ROUNDS = 125
"""Four users in each make 500 edits at once."""


def test_of_edits_at_once_one_wins_and_each_loser_sees_both_values(desk: Desk) -> None:
    record = desk.ticket("ann", cause="begin")
    version, before = record.version, "begin"

    for turn in range(ROUNDS):
        outcomes = _all_at_once(desk, record.id, version, turn)
        stored = desk.stored(record.id)

        saved = [user for user, outcome in outcomes.items() if isinstance(outcome, Saved)]
        assert saved, outcomes
        assert len(saved) == 1
        assert stored.values["cause"] == f"{saved[0]} {turn}"
        assert stored.version == version + 1
        for user, outcome in outcomes.items():
            if user != saved[0]:
                _loser_sees_both(outcome, before, f"{user} {turn}", f"{saved[0]} {turn}")
        version, before = stored.version, str(stored.values["cause"])


def _all_at_once(desk: Desk, id_: str, version: int, turn: int) -> dict[str, Outcome]:
    barrier = threading.Barrier(len(USERS))

    def edit(user: str) -> Outcome:
        submission = read_json(desk.form(), {"cause": f"{user} {turn}"})
        barrier.wait()
        act = desk.act("admin", door="form")
        return edit_record(desk.services, act, desk.form(), id_, submission, version)

    with ThreadPoolExecutor(len(USERS)) as pool:
        return dict(zip(USERS, pool.map(edit, USERS), strict=True))


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

"""New records are given to whom the table names, the least loaded first, with every reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Saved
from engine.record import Record
from runtime.store.delegations import Delegation
from runtime.use_cases.create_record import create_record
from tests.desk import Desk, open_desk
from tests.runtime.pools.spring import FILES


def arrived(spring: Desk, login: str = "chief_north", **values: Any) -> Record:
    """Make a record that is meant to be given to somebody."""
    given = {"name": "打印机", "begun": "2026-03-01", **values}
    submission = read_json(spring.form(), given)
    outcome = create_record(spring.services, spring.act(login), spring.form(), submission)
    assert isinstance(outcome, Saved), outcome
    return spring.stored(outcome.record.id)


def holder(spring: Desk, record: Record) -> str | None:
    return next((login for login, one in spring.people.items() if one.id == record.owner), None)


def reasons(spring: Desk, record: Record) -> dict[str, Any]:
    with spring.services.store.reading() as unit:
        events = unit.events.of_record(spring.form(), record.id, kinds=("routed",))
    found: dict[str, Any] = dict(events[0].data["routing"])
    logins = {one.id: login for login, one in spring.people.items()}
    found["weighed"] = [
        (logins[one["person"]], one["load"], one["out"]) for one in found["weighed"]
    ]
    return found


def test_a_record_goes_to_whom_the_table_names(spring: Desk) -> None:
    record = arrived(spring, cost="500")

    assert holder(spring, record) == "sue"
    assert record.department == spring.people["sue"].department
    assert record.stage == "fixing"
    told = reasons(spring, record)
    assert (told["decision"], told["rules"]) == ("who", (1,))
    assert told["weighed"] == [("sue", 0, None)]


def test_the_least_loaded_is_first_and_turns_are_taken(small_spring: Desk) -> None:
    small_spring.ticket("ann")

    holders = [holder(small_spring, arrived(small_spring, cost="5000")) for _ in range(3)]

    assert holders[0] == "ben"
    assert sorted(str(one) for one in holders[1:]) == ["ann", "ben"]


def test_among_equals_whoever_waited_longest_is_next(small_spring: Desk) -> None:
    first = arrived(small_spring, cost="5000")
    small_spring.clock.move(minutes=1)
    other = {"ann": "ben", "ben": "ann"}[str(holder(small_spring, first))]
    second = arrived(small_spring, cost="5000")
    assert holder(small_spring, second) == other


def test_whoever_has_too_much_or_is_away_is_passed_over_and_told_of(small_spring: Desk) -> None:
    for _ in range(2):
        small_spring.ticket("ann")
    ben, now = small_spring.people["ben"], small_spring.clock()
    with small_spring.services.store.unit() as unit:
        unit.delegations.add(
            Delegation(
                id="d1",
                person=ben.id,
                stand_in=small_spring.people["sue"].id,
                starts_at=now - timedelta(days=1),
                ends_at=now + timedelta(days=1),
                created_at=now,
            )
        )

    record = arrived(small_spring, cost="5000")

    assert record.owner is None
    assert reasons(small_spring, record)["weighed"] == [("ben", 0, "away"), ("ann", 2, "full")]


def test_where_the_table_names_nobody_the_role_is_asked(small_spring: Desk) -> None:
    record = arrived(small_spring, cost="5")

    assert {one[0] for one in reasons(small_spring, record)["weighed"]} == {"ann", "ben", "sue"}


def test_without_its_condition_a_record_stays_with_its_maker(small_spring: Desk) -> None:
    record = arrived(small_spring, begun=None, cost="500")

    assert holder(small_spring, record) == "chief_north"
    assert record.stage == "open"


def test_whom_somebody_chose_keeps_the_record(small_spring: Desk) -> None:
    record = small_spring.ticket("ben", begun="2026-03-01", cost="500")

    assert holder(small_spring, record) == "ben"


def test_nobody_left_may_mean_that_the_maker_keeps_it(tmp_path: Path) -> None:
    more = b"  at_most: 1\n  otherwise: maker"
    ticket = FILES["forms/ticket.yaml"].replace(b"  at_most: 2", more)
    with open_desk(tmp_path, files={**FILES, "forms/ticket.yaml": ticket}) as spring:
        spring.ticket("sue")

        assert holder(spring, arrived(spring, cost="500")) == "chief_north"


@pytest.mark.parametrize("cost", ["60", "500", "5000"])
def test_what_is_given_away_is_noted_for_fairness(small_spring: Desk, cost: str) -> None:
    record = arrived(small_spring, cost=cost)

    with small_spring.services.store.reading() as unit:
        given = unit.pools.last_given(small_spring.form(), [str(record.owner)])
    assert given == {record.owner: small_spring.clock()}

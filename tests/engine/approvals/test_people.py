"""Who is asked, and who instead when somebody is not there?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.approvals.commands import Agree, Submit, Wake
from tests.engine.approvals.office import Case, Office, outcome, spend, words


def case(who: str, office: Office | None = None, more: str = "", **keys: Any) -> Case:
    text = f"  - {{kind: approve, id: s, label: 审批, who: {who}{more}}}\n"
    return Case(spend(text, **keys), office or Office())


def asked(who: str, **changes: Any) -> list[str]:
    made = case(who)
    made.row.update(changes)
    made.submit()
    return made.asked()


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("[{person: eve}]", ["eve"]),
        ("[{role: finance}]", ["fay", "flo"]),
        ("[{manager: submitter}]", ["bob"]),
        ("[{manager: submitter, above: 1}]", ["cat"]),
        ("[{head: submitter}]", ["bob"]),
        ("[{head: submitter, above: 1}]", ["dan"]),
        ("[{field: keeper}]", ["eve"]),
        ("[{field: owner}, {person: eve}]", ["bob", "eve"]),
        ("[{feel: 'if cost > 500 then keeper else owner'}]", ["eve"]),
        ("[{person: eve}, {field: keeper}]", ["eve"]),
    ],
)
def test_people_are_named_in_many_ways(who: str, expected: list[str]) -> None:
    assert asked(who) == expected


def test_a_chain_goes_up_one_by_one() -> None:
    made = case("[{chain: submitter, levels: 2}]")
    made.submit()
    assert made.asked() == ["bob"]
    made.do("bob", Agree(seat=made.seat("bob")))
    assert made.asked() == ["cat"]
    made.do("cat", Agree(seat=made.seat("cat")))
    assert outcome(made) == "agreed"


LIMITS = "[{role: agent, up_to: 1000}, {role: director, up_to: 5000}]"


@pytest.mark.parametrize(
    ("cost", "expected"),
    [("1000.00", ["bob"]), ("1000.01", ["bob", "cat"]), ("9000", ["bob", "cat", "dan", "root"])],
)
def test_a_chain_ends_with_whose_limit_covers_the_amount(cost: str, expected: list[str]) -> None:
    made = case("[{chain: submitter, covers: cost}]", more=", mode: all", limits=LIMITS)
    made.row["cost"] = Decimal(cost)
    made.submit()
    assert made.asked() == expected


def test_a_manager_who_left_is_passed_over() -> None:
    made = case("[{manager: submitter}]", Office(left={"bob"}))
    made.submit()
    assert made.asked() == ["cat"]


def test_managers_in_a_circle_end_somewhere() -> None:
    made = case("[{chain: submitter}]", Office(managers={"ann": "bob", "bob": "cat", "cat": "ann"}))
    made.submit()
    assert made.asked() == ["bob"]


def test_nobody_decides_on_what_is_their_own() -> None:
    assert asked("[{person: ann}]") == ["bob"]


def test_unless_the_workflow_says_so() -> None:
    made = case("[{person: ann}]", same="decide")
    made.submit()
    assert made.asked() == ["ann"]


def test_or_it_need_not_be_decided() -> None:
    made = case("[{person: ann}]", same="pass")
    made.submit()
    assert outcome(made) == "agreed"
    assert made.seats("s")[0].why == "own"


def test_if_nobody_is_found_the_keepers_decide() -> None:
    made = case("[{field: keeper}]", keepers="[{person: flo}]")
    made.row["keeper"] = None
    made.submit()
    assert made.asked() == ["flo"]
    assert made.seats("s")[0].why == "keeper"


def test_without_keepers_the_administrators_do() -> None:
    assert asked("[{field: keeper}]", keeper=None) == ["root"]


@pytest.mark.parametrize(("policy", "expected"), [("pass", "agreed"), ("refuse", "refused")])
def test_or_the_step_is_passed_or_refused(policy: str, expected: str) -> None:
    made = case("[{field: keeper}]", empty=policy)
    made.row["keeper"] = None
    made.submit()
    assert outcome(made) == expected


TWICE = """
  - {kind: approve, id: one, label: 一, who: [{person: bob}]}
  - {kind: approve, id: two, label: 二, who: [{person: eve}]}
  - {kind: approve, id: three, label: 三, who: [{person: bob}]%s}
"""


@pytest.mark.parametrize(
    ("policy", "more", "expected"),
    [
        ("decide", "", ["bob"]),
        ("pass", "", []),
        ("adjacent", "", ["bob"]),
        ("pass", ", signature: true", ["bob"]),
        ("pass", ", need: [wanted]", ["bob"]),
    ],
)
def test_who_agreed_before(policy: str, more: str, expected: list[str]) -> None:
    made = Case(spend(TWICE % more, repeated=policy))
    made.submit()
    made.do("bob", Agree(seat=made.seat("bob")))
    made.do("eve", Agree(seat=made.seat("eve")))
    assert made.asked() == expected


def test_a_stand_in_decides_and_it_shows_for_whom() -> None:
    made = case("[{manager: submitter}]", Office(entrusted={"bob": "eve"}))
    made.submit()
    [seat] = made.seats("s")
    assert (seat.person, seat.instead_of) == ("eve", "bob")


def test_who_submitted_is_no_stand_in_for_who_decides() -> None:
    made = case("[{manager: submitter}]", Office(entrusted={"bob": "ann"}))
    made.submit()
    assert made.asked() == ["bob"]


def test_a_task_of_somebody_who_leaves_goes_to_their_manager() -> None:
    made = case("[{person: bob}]")
    made.submit()
    made.office.left.add("bob")
    made.do(None, Wake())
    assert made.asked() == ["cat"]
    assert made.seats("s")[-1].why == "left"


def test_a_task_goes_to_a_stand_in_who_is_named_later() -> None:
    made = case("[{person: bob}]")
    made.submit()
    made.office.entrusted["bob"] = "eve"
    made.do(None, Wake())
    assert made.asked() == ["eve"]


CHOOSE = """
  - {kind: approve, id: one, label: 一, who: [{person: bob}]}
  - {kind: approve, id: two, label: 二, who: [{chosen: finance}]}
"""


def test_who_decides_chooses_who_decides_next() -> None:
    made = Case(spend(CHOOSE))
    made.submit()
    seat = made.seat("bob")
    assert words(made.do("bob", Agree(seat=seat))) == ["请选择“二”由谁处理"]
    wrong = made.do("bob", Agree(seat=seat, chosen={"two": ("eve",)}))
    assert words(wrong) == ["“二”不能选择Eve，请选择其他人"]
    made.do("bob", Agree(seat=seat, chosen={"two": ("flo",)}))
    assert made.asked() == ["flo"]


def test_a_choice_nobody_asked_for_is_refused() -> None:
    made = Case(spend(CHOOSE))
    answer = made.do("ann", Submit(run="r1", record="t1", chosen={"one": ("eve",)}))
    assert words(answer) == ["“one”的处理人不由您选择"]


def test_who_took_over_is_asked_wherever_the_one_who_left_is_named() -> None:
    for who in ("[{person: eve}]", "[{field: keeper}]", "[{person: eve}, {person: flo}]"):
        made = case(who, Office(left={"eve"}, took_over={"eve": "flo"}))
        made.submit()
        assert made.asked() == ["flo"]
    still_here = case("[{person: eve}]", Office(took_over={"eve": "flo"}))
    still_here.submit()
    assert still_here.asked() == ["eve"]


def test_a_task_of_somebody_who_leaves_goes_to_who_took_over_before_their_manager() -> None:
    made = case("[{person: bob}]", Office(took_over={"bob": "flo"}))
    made.submit()
    made.office.left.add("bob")
    made.do(None, Wake())
    assert made.asked() == ["flo"]


def test_who_is_named_later_takes_over_what_went_to_the_manager_meanwhile() -> None:
    made = case("[{person: bob}]")
    made.submit()
    made.office.left.add("bob")
    made.do(None, Wake())
    assert made.asked() == ["cat"]
    made.office.took_over["bob"] = "flo"
    made.do(None, Wake())
    made.do(None, Wake())
    assert made.asked() == ["flo"]
    assert [seat.instead_of for seat in made.seats("s")][-1] == "bob"


def test_who_submitted_takes_over_no_decision_on_what_is_their_own() -> None:
    made = case("[{person: eve}]", Office(took_over={"eve": "ann"}))
    made.submit()
    made.office.left.add("eve")
    made.do(None, Wake())
    assert made.asked() == ["root"]

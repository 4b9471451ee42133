"""Who must agree before a step is over?"""

from __future__ import annotations

import pytest

from engine.approvals.commands import AddSigner, Agree, Refuse
from tests.engine.approvals.office import Case, outcome, spend, words

THREE = "who: [{person: bob}, {person: cat}, {person: eve}]"


def case(more: str, who: str = THREE) -> Case:
    made = Case(spend(f"  - {{kind: approve, id: s, label: 审批, {who}, {more}}}\n"))
    made.submit()
    return made


def agree(made: Case, *people: str) -> None:
    for person in people:
        made.do(person, Agree(seat=made.seat(person)))


def refuse(made: Case, *people: str) -> None:
    for person in people:
        made.do(person, Refuse(seat=made.seat(person), opinion="不行"))


def test_all_must_agree() -> None:
    made = case("mode: all")
    agree(made, "bob", "eve")
    assert outcome(made) is None
    agree(made, "cat")
    assert outcome(made) == "agreed"


def test_one_refusal_ends_it_and_asks_nobody_any_more() -> None:
    made = case("mode: all")
    refuse(made, "cat")
    assert outcome(made) == "refused"
    assert made.asked() == []


def test_any_one_is_enough_and_the_others_are_told_who_was_faster() -> None:
    made = case("mode: any")
    late = made.seat("eve")
    agree(made, "bob")
    assert outcome(made) == "agreed"
    assert words(made.do("eve", Agree(seat=late))) == ["这个审批已通过，不能再处理"]


def test_without_veto_only_all_together_can_refuse() -> None:
    made = case("mode: any, veto: false")
    refuse(made, "bob", "cat")
    assert outcome(made) is None
    agree(made, "eve")
    assert outcome(made) == "agreed"


@pytest.mark.parametrize(
    ("share", "agreeing", "refusing", "expected"),
    [
        (50, ["bob"], [], None),
        (50, ["bob", "cat"], [], "agreed"),
        (67, ["bob", "cat"], [], None),
        (67, ["bob"], ["cat"], "refused"),
        (60, ["bob"], ["cat"], None),
        (60, [], ["cat", "eve"], "refused"),
    ],
)
def test_a_share_of_them(
    share: int, agreeing: list[str], refusing: list[str], expected: str | None
) -> None:
    made = case(f"mode: ratio, share: {share}")
    agree(made, *agreeing)
    refuse(made, *refusing)
    assert outcome(made) == expected


def test_weights_count_by_role_and_a_role_must_be_among_them() -> None:
    who = "who: [{person: bob}, {person: fay}, {person: cat}]"
    more = "mode: weighted, share: 50, weights: {director: 8}, must: [finance]"
    made = case(more, who)
    agree(made, "cat")
    assert outcome(made) is None, "eight of ten, but nobody of finance"
    agree(made, "fay")
    assert outcome(made) == "agreed"


def test_if_the_role_that_must_agree_refuses_it_is_refused() -> None:
    made = case("mode: any, veto: false, must: [finance]", "who: [{person: bob}, {person: fay}]")
    refuse(made, "fay")
    assert outcome(made) == "refused"


def test_a_role_that_must_agree_is_asked_even_if_it_was_not_named() -> None:
    made = case("mode: any, must: [finance]", "who: [{person: bob}]")
    assert made.asked() == ["bob", "fay", "flo"]


def test_one_after_the_other() -> None:
    made = case("mode: sequential")
    assert made.asked() == ["bob"]
    agree(made, "bob")
    assert made.asked() == ["cat"]
    agree(made, "cat", "eve")
    assert outcome(made) == "agreed"


def test_who_signs_before_comes_first_and_then_oneself() -> None:
    made = case("mode: all", "who: [{person: bob}]")
    made.do("bob", AddSigner(seat=made.seat("bob"), people=("cat", "eve")))
    assert made.asked() == ["cat", "eve"]
    agree(made, "cat")
    assert made.asked() == ["eve"]
    agree(made, "eve")
    assert made.asked() == ["bob"]
    agree(made, "bob")
    assert outcome(made) == "agreed"


def test_a_refusal_of_who_signs_before_counts() -> None:
    made = case("mode: all", "who: [{person: bob}]")
    made.do("bob", AddSigner(seat=made.seat("bob"), people=("cat",)))
    refuse(made, "cat")
    assert outcome(made) == "refused"


def test_who_signs_before_may_let_others_sign_before() -> None:
    made = case("mode: all", "who: [{person: bob}]")
    made.do("bob", AddSigner(seat=made.seat("bob"), people=("cat",)))
    made.do("cat", AddSigner(seat=made.seat("cat"), people=("eve",)))
    assert made.asked() == ["eve"]
    agree(made, "eve")
    assert made.asked() == ["cat"]
    agree(made, "cat", "bob")
    assert outcome(made) == "agreed"


def test_who_signs_after_is_asked_when_oneself_has_agreed() -> None:
    made = case("mode: sequential", "who: [{person: bob}, {person: cat}]")
    made.do("bob", AddSigner(seat=made.seat("bob"), people=("eve",), place="after"))
    assert made.asked() == ["eve"], "the next one waits for who signs after"
    agree(made, "eve", "cat")
    assert outcome(made) == "agreed"

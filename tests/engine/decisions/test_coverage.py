"""Gaps, overlaps and idle rules are found by trying one value of each part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions import (
    Coverage,
    Policy,
    Table,
    WrittenInput,
    WrittenOutput,
    WrittenRule,
    WrittenTable,
    compile_table,
    coverage,
)
from engine.decisions.coverage import Case
from engine.expressions import BOOLEAN, DATE, INTEGER, NUMBER, TEXT, TIME, Scope, choice
from tests.engine.expressions.places import ENV

SCOPE = Scope(
    {
        "amount": NUMBER,
        "count": INTEGER,
        "kind": choice(("fault", "question")),
        "name": TEXT,
        "known": BOOLEAN,
        "day": DATE,
        "at": TIME,
    }
)


def table(
    inputs: list[str], *rules: str, policy: Policy = Policy.UNIQUE, allowed: str = ""
) -> Table:
    written = WrittenTable(
        policy=policy,
        inputs=tuple(WrittenInput(name, allowed) for name in inputs),
        outputs=(WrittenOutput("answer"),),
        rules=tuple(WrittenRule(tuple(rule.split("|")), ("1",)) for rule in rules),
    )
    return compile_table(written, SCOPE)


def looked(*given_: Any, **more: Any) -> Coverage:
    found = coverage(table(*given_, **more))
    assert found is not None
    return found


def told(case: Case) -> list[str]:
    return [str(part.shown) for part in case]


@pytest.mark.parametrize(
    ("inputs", "rules", "gaps"),
    [
        (["amount"], ["< 10", "> 10"], [["10"]]),
        (["amount"], ["< 10", "[10..20)", "> 20"], [["20"]]),
        (["amount"], ["< 10", ">= 20"], [["10"], ["15"]]),
        (["count"], ["< 10", ">= 11"], [["10"]]),
        (["count"], ["<= 10", ">= 11"], []),
        (["kind"], ['"fault"'], [['"question"']]),
        (["kind"], ['"fault"', 'not("fault")'], []),
        (["name"], ['"a"', '"b"'], [["其他值"]]),
        (["known"], ["true"], [["false"]]),
        (["day"], ['< date("2026-01-01")', '> date("2026-01-01")'], [["2026-01-01"]]),
        (["kind", "amount"], ['"fault"|< 5', '"fault"|>= 5', '"question"|-'], []),
        (["kind", "amount"], ['"fault"|< 5', '"question"|-'], [['"fault"', "5"], ['"fault"', "6"]]),
    ],
)
def test_every_gap_is_found(inputs: list[str], rules: list[str], gaps: list[list[str]]) -> None:
    assert [told(case) for case in looked(inputs, *rules).gaps] == gaps


def test_values_that_there_can_not_be_are_no_gap() -> None:
    assert looked(["amount"], "[0..10]", "> 10", allowed=">= 0").gaps == []


def test_two_rules_that_fit_together_are_told_with_an_example() -> None:
    overlaps = looked(["amount", "kind"], "<= 10|-", '>= 10|"fault"', "> 10|-").overlaps

    assert {pair: told(case) for pair, case in overlaps.items()} == {
        (0, 1): ["10", '"fault"'],
        (1, 2): ["11", '"fault"'],
    }


def test_a_rule_behind_others_that_cover_it_is_never_first() -> None:
    found = looked(["amount"], "> 5", "< 5", "[7..9]", "5", "[3..1]", policy=Policy.FIRST)

    assert found.reached == {0, 1, 2, 3}
    assert found.first == {0, 1, 3}


@pytest.mark.parametrize(
    ("inputs", "rule"),
    [
        (["amount"], "> count"),
        (["amount"], "? * 2 > 5"),
        (["day"], "< today()"),
        (["name"], '> "m"'),
        (["at"], '> time("09:00:00")'),
    ],
)
def test_what_depends_on_more_than_its_input_is_not_judged(inputs: list[str], rule: str) -> None:
    assert coverage(table(inputs, rule)) is None


def test_more_combinations_than_can_be_looked_at_are_not_judged() -> None:
    inputs = ["amount"] * 4
    rules = [f"> {n}|> {n}|> {n}|> {n}" for n in range(20)]

    assert coverage(table(inputs, *rules)) is None


BOUNDS = st.integers(-3, 3)
TESTS = (
    st.just("-")
    | st.builds("{} {}".format, st.sampled_from(["<", "<=", ">", ">=", "="]), BOUNDS)
    | st.builds("[{}..{}]".format, BOUNDS, BOUNDS)
    | st.builds("not({})".format, BOUNDS)
)


@given(
    st.lists(st.tuples(TESTS, TESTS), min_size=1, max_size=5),
    st.decimals(-5, 5, places=1),
    st.decimals(-5, 5, places=1),
)
def test_no_value_finds_a_gap_or_an_overlap_that_was_not_told(
    rules: list[tuple[str, str]], amount: Decimal, other: Decimal
) -> None:
    scope = Scope({"amount": NUMBER, "other": NUMBER})
    written = WrittenTable(
        inputs=(WrittenInput("amount"), WrittenInput("other")),
        outputs=(WrittenOutput("answer"),),
        rules=tuple(WrittenRule(rule, ("1",)) for rule in rules),
    )
    made = compile_table(written, scope)
    found = coverage(made)
    assert found is not None

    fitting = [
        n
        for n, rule in enumerate(made.rules)
        if all(
            test is None or test.holds({"?": value}, ENV)
            for test, value in zip(rule.tests, (amount, other), strict=True)
        )
    ]

    assert fitting or found.gaps
    assert set(fitting) <= found.reached
    assert not fitting or fitting[0] in found.first
    for later in fitting[1:]:
        assert (fitting[0], later) in found.overlaps
    assert not found.gaps or all(not _fits(made, case) for case in found.gaps)


def _fits(made: Table, case: Case) -> bool:
    return any(
        all(
            test is None or test.holds({"?": part.value}, ENV)
            for test, part in zip(rule.tests, case, strict=True)
        )
        for rule in made.rules
    )


def test_dates_have_no_day_between_neighbours() -> None:
    one, other = date(2026, 1, 1), date(2026, 1, 2)

    assert looked(["day"], f'<= date("{one}")', f'>= date("{other}")').gaps == []

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.decisions import (
    Decided,
    Policy,
    TableErrors,
    WrittenInput,
    WrittenOutput,
    WrittenRule,
    WrittenTable,
    compile_table,
    decide,
)
from engine.expressions import NUMBER, TEXT, Scope
from tests.engine.expressions.places import ENV

SCOPE = Scope({"age": NUMBER, "level": TEXT})
RULES = [("< 18", '"low"', "5"), (">= 10", "-", "3"), ("> 60", '"high"', "9"), ("-", '"low"', "3")]


def discount(policy: Policy, row: dict[str, Any], **said: Any) -> Decided:
    written = WrittenTable(
        policy=policy,
        inputs=(WrittenInput("age"), WrittenInput("level", said.get("allowed", ""))),
        outputs=(WrittenOutput("points", said.get("order", ""), said.get("default", "")),),
        rules=tuple(WrittenRule((age, level), (points,)) for age, level, points in RULES),
    )
    return decide(compile_table(written, SCOPE), row, ENV)


YOUNG_AND_LOW = {"age": Decimal(12), "level": "low"}


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        (Policy.FIRST, Decimal(5)),
        (Policy.RULE_ORDER, (5, 3, 3)),
        (Policy.COLLECT, (5, 3, 3)),
        (Policy.OUTPUT_ORDER, (3, 3, 5)),
        (Policy.PRIORITY, Decimal(3)),
        (Policy.COLLECT_SUM, Decimal(11)),
        (Policy.COLLECT_MIN, Decimal(3)),
        (Policy.COLLECT_MAX, Decimal(5)),
        (Policy.COLLECT_COUNT, 2),
    ],
)
def test_each_policy_makes_its_own_answer_of_the_rules_that_match(
    policy: Policy, answer: Any
) -> None:
    decided = discount(policy, YOUNG_AND_LOW, order="3, 5, 9")

    assert decided.value == answer
    assert decided.rules == (0, 1, 3)
    assert decided.complaint is None


@pytest.mark.parametrize(
    ("policy", "words"),
    [(Policy.UNIQUE, "多条规则同时成立"), (Policy.ANY, "不同的结果")],
)
def test_a_contradiction_gives_nothing_and_says_so(policy: Policy, words: str) -> None:
    decided = discount(policy, YOUNG_AND_LOW)

    assert decided.value is None
    assert words in str(decided.complaint)


def test_rules_that_agree_are_no_contradiction_for_any() -> None:
    assert discount(Policy.ANY, {"age": Decimal(30), "level": "low"}).value == 3


def test_no_rule_gives_the_default_or_says_that_none_matched() -> None:
    nobody = {"age": Decimal(5), "level": "high"}

    assert discount(Policy.UNIQUE, nobody, default="0").value == 0
    assert "没有一条规则成立" in str(discount(Policy.UNIQUE, nobody).complaint)
    assert discount(Policy.COLLECT, nobody).value == ()


def test_an_unexpected_value_is_refused_but_a_missing_one_is_not() -> None:
    odd = discount(Policy.FIRST, {"age": Decimal(12), "level": "odd"}, allowed='"low", "high"')
    missing = discount(Policy.FIRST, {"age": Decimal(12), "level": None}, allowed='"low", "high"')

    assert odd.value is None
    assert "level" in str(odd.complaint)
    assert missing.value == 3


def test_several_outputs_make_a_context() -> None:
    written = WrittenTable(
        policy=Policy.FIRST,
        inputs=(WrittenInput("age"),),
        outputs=(WrittenOutput("points"), WrittenOutput("word")),
        rules=(WrittenRule(("-",), ("age * 2", '"yes"')),),
    )

    decided = decide(compile_table(written, SCOPE), {"age": Decimal(4)}, ENV)

    assert decided.value == {"points": 8, "word": "yes"}


def test_every_mistake_is_named_with_its_cell() -> None:
    written = WrittenTable(
        inputs=(WrittenInput("age"), WrittenInput("level")),
        outputs=(WrittenOutput("points", default="1 +"),),
        rules=(WrittenRule(("< “3”", "-"), ("leve",)), WrittenRule(("1",), ("2",))),
    )

    with pytest.raises(TableErrors) as caught:
        compile_table(written, SCOPE)

    found = {one.cell: one.error for one in caught.value.mistakes}
    assert set(found) == {
        ("outputs", 0, "default"), ("rules", 0, "when", 0), ("rules", 0, "then", 0),
        ("rules", 1, "when"),
    }  # fmt: skip
    assert found["rules", 0, "then", 0].suggestion == "level"

"""Decision tables as authors write them, ready to decide."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from engine.app import Decision
from engine.decisions import Decided, decide
from engine.expressions import Env
from engine.loading.load import load_app
from engine.problems import BrokenApp

SOUND = Path(__file__).parent / "sound"
ENV = Env(date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC))
FILE = "decisions/urgency.yaml"
URGENCY = """
decision: urgency
label: 紧急程度
form: ticket
inputs:
  - {id: cost, label: 费用, allowed: '>= 0'}
  - {id: far, label: 远近, value: 'site.level = "high"'}
outputs:
  - {id: level, label: 级别}
  - {id: share, label: 比例}
rules:
  - {when: ['< 1000', '-'], then: ['"low"', 0.5]}
  - {when: ['>= 1000', true], then: ['"high"', 2]}
  - {when: ['>= 1000', false], then: ['"middle"', 'cost / 1000']}
"""


def loaded(text: str) -> Decision:
    files = {
        path.relative_to(SOUND).as_posix(): path.read_text("utf-8")
        for path in SOUND.rglob("*.yaml")
    }
    return load_app({**files, FILE: text}).decisions["urgency"]


def answer(text: str, **row: Any) -> Decided:
    return decide(loaded(text).table, row, ENV)


def test_a_table_reads_the_record_and_answers_with_a_context() -> None:
    row = {"cost": Decimal(5000), "site": "s", "site.": {"level": "low"}}

    found = answer(URGENCY, **row)

    assert found.value == {"level": "middle", "share": Decimal(5)}
    assert found.rules == (2,)


def test_a_table_says_what_it_reads_beyond_references() -> None:
    assert ("site", "level") in loaded(URGENCY).reads


def test_a_value_that_is_not_allowed_is_a_complaint() -> None:
    found = answer(URGENCY, cost=Decimal(-1))

    assert found.value is None
    assert "不在决策表允许的范围内" in str(found.complaint)


ONE = """
decision: urgency
label: 紧急程度
form: ticket
policy: {policy}
inputs: [{{id: cost, label: 费用}}]
outputs: [{{id: level, label: 级别{more}}}]
rules:
  - {{when: ['> 10'], then: [1]}}
  - {{when: ['> 100'], then: [2]}}
{end}
"""


@pytest.mark.parametrize(
    ("policy", "more", "end", "value"),
    [
        ("rule order", "", "", (1, 2)),
        ("collect sum", "", "", 3),
        ("priority", ', order: "2, 1"', "partial: true", 2),
    ],
)
def test_the_policy_and_the_order_decide_between_rules(
    policy: str, more: str, end: str, value: Any
) -> None:
    assert answer(ONE.format(policy=policy, more=more, end=end), cost=Decimal(500)).value == value


@pytest.mark.parametrize("mended", [(', default: "0"', ""), ("", "partial: true")])
def test_a_gap_is_closed_by_a_default_or_said_to_be_meant(mended: tuple[str, str]) -> None:
    more, end = mended
    text = ONE.format(policy="priority", more=f"{more}, order: '2, 1'", end=end)

    found = answer(text, cost=Decimal(5))

    assert found.value == (Decimal(0) if more else None)
    with pytest.raises(BrokenApp, match=r"decision\.gap"):
        loaded(ONE.format(policy="priority", more=", order: '2, 1'", end=""))


def test_rules_that_fit_together_are_right_where_they_say_the_same() -> None:
    text = ONE.format(policy="any", more="", end="partial: true")

    loaded(text.replace("then: [2]", "then: [1]"))
    with pytest.raises(BrokenApp, match=r"decision\.overlap"):
        loaded(text)

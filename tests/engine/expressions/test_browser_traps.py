"""The places where JavaScript differs from the language, one by one."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.expressions import Slot, YearsMonths, compile_expression
from tests.engine.expressions.node_target import NodeError, NodeTarget
from tests.engine.expressions.places import ENV, ROW, SCOPE

TRAPS = [
    ("0.1 + 0.2 = 0.3", True),
    ("5 / 2", Decimal("2.5")),
    ("2 / 3", Decimal("0.666666666667")),
    ("1 / 0", None),
    ("modulo(-10, 4)", Decimal(2)),
    ("modulo(10, -4)", Decimal(-2)),
    ("round half up(-2.5, 0)", Decimal(-3)),
    ("round half down(2.5, 0)", Decimal(2)),
    ("floor(-1.5)", Decimal(-2)),
    ("decimal(0.515, 2)", Decimal("0.52")),
    ("12345678901234567890.12 + 0.01", Decimal("12345678901234567890.13")),
    ("9007199254740993 + 0 = 9007199254740992", False),
    ("10 ** 6000 * 10 ** 6000", None),
    ("10 ** 400 * 10 ** 400 > 0", True),
    ("(-8) ** 0.5", None),
    ("1.1 ** 2", Decimal("1.21")),
    ("string(1.10)", "1.1"),
    ('string length("😀")', Decimal(1)),
    ('substring("😀好x", 2)', "好x"),
    ('"\ue000" < "😀"', True),
    ('"a" < "B"', False),
    ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
    ('date("2024-02-29") - duration("P1Y")', date(2023, 2, 28)),
    ('date("9999-12-31") + duration("P1D")', None),
    ('date("2026-01-01") + duration("PT36H")', date(2026, 1, 2)),
    ("due - today()", timedelta(2)),
    ('warranty + duration("P1Y")', YearsMonths(26)),
    ("null = null", True),
    ("effort = null", False),
    ("[1, 2][-1]", Decimal(2)),
    ("sum([])", None),
    ("count([])", Decimal(0)),
    ("max([])", None),
    ("some x in [] satisfies x > 1", False),
    ("every x in [] satisfies x > 1", True),
    ("[10, 9, 1][item > 5]", [Decimal(10), Decimal(9)]),
    ("sort([10, 9, 1])", [Decimal(1), Decimal(9), Decimal(10)]),
    ("if null then 1 else 2", Decimal(2)),
    ("parts.device.name", [None, "x"]),
    ('parts[device = "v2"].label', ["belt"]),
    ("device.owner.name", "李雷"),
    ("owner.department in user.departments", True),
]
NOTHING = [
    ("effort > 1 or true", True),
    ("effort > 1 and false", False),
    ("not(effort > 1)", None),
    ("effort != 1", True),
    ("effort in [1..3]", None),
    ("effort in (1, 2)", False),
    ('state in ("open", null)', True),
    ('"red" in tags', None),
    ("device.owner.name = null", True),
    ("count(parts)", None),
    ("some x in parts satisfies x.quantity > 0", None),
    ('contains(title, "x")', None),
    ("-effort", None),
]


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [(text, ROW, expected) for text, expected in TRAPS]
    + [(text, {}, expected) for text, expected in NOTHING],
)
def test_the_browser_answers_as_the_language_says(
    node: NodeTarget, text: str, row: Any, expected: object
) -> None:
    answer = node.value(compile_expression(text, SCOPE, Slot.VALUE).tree, row, ENV)

    assert answer == expected
    assert type(answer) is type(expected)


@pytest.mark.parametrize("name", ["constructor", "toString", "__proto__", "hasOwnProperty"])
def test_a_name_that_every_object_has_is_missing_like_any_other(
    node: NodeTarget, name: str
) -> None:
    tree = compile_expression(f"{{`{name}`: 1}}.`{name}`", SCOPE, Slot.VALUE).tree
    missing = compile_expression(f"{{a: 1}}[item.`{name}` = null]", SCOPE, Slot.OPEN).tree

    assert node.value(tree, {}, ENV) == 1
    assert node.value(missing, {}, ENV) == [{"a": Decimal(1)}]


def test_a_tree_of_another_version_is_refused(
    node: NodeTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["engine.expressions.to_json"], "VERSION", 1)

    with pytest.raises(NodeError):
        node.value(compile_expression("1 + 1", SCOPE, Slot.VALUE).tree, {}, ENV)

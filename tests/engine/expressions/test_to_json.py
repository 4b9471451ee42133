from __future__ import annotations

import json

import pytest

from engine.expressions import Slot, compile_expression, to_json
from tests.engine.expressions.places import SCOPE

TREES = [
    (
        'effort > 5 and state = "open"',
        [
            "and",
            ["cmp", ">", ["name", "effort"], ["num", "5"], "n"],
            ["cmp", "=", ["name", "state"], ["str", "open"], "s"],
        ],
    ),
    (
        "device.owner.name",
        ["col", ["col", ["name", "device."], "owner."], "name"],
    ),
    (
        'due + duration("P1M")',
        [
            "arith",
            "+",
            ["name", "due"],
            ["duration", "P1M"],
            "t",
        ],
    ),
    (
        "some x in parts satisfies x.quantity < 0",
        [
            "some",
            "x~1",
            ["name", "parts"],
            [
                "cmp",
                "<",
                ["col", ["local", "x~1"], "quantity"],
                ["num", "0"],
                "n",
            ],
        ],
    ),
    ("today()", ["env", "today"]),
    ("effort * 1.5", ["arith", "*", ["name", "effort"], ["num", "1.5"], "n"]),
    ("count_of_parts + 1", ["arith", "+", ["name", "count_of_parts"], ["num", "1"], "i"]),
    ("parts.price", ["all", ["name", "parts"], "price"]),
    ("user.id", ["entry", ["env", "user"], "id"]),
    ("min(effort, 2)", ["call", "min", [["name", "effort"], ["num", "2"]], ["!", ""], True]),
    ("abs(extra)", ["call", "abs", [["name", "extra"]], ["DMn"]]),
    (
        'matches(title, "^a")',
        ["call", "matches", [["name", "title"], ["pattern", "(?:^)a", "gu"]], ["!", ""]],
    ),
    ('matches(title, "[")', ["null"]),
    (
        "effort in (1, [2..3))",
        [
            "in",
            ["name", "effort"],
            [
                ["test", "=", ["num", "1"]],
                ["between", ["num", "2"], ["num", "3"], True, False],
            ],
        ],
    ),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_a_tree_travels_as_nested_lists(text: str, tree: object) -> None:
    made = to_json(compile_expression(text, SCOPE, Slot.VALUE).tree)

    assert made["version"] == 2
    assert json.loads(json.dumps(made["tree"])) == tree

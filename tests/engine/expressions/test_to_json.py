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
            ["cmp", ">", ["name", "effort"], ["num", "5"], ["number", "number"]],
            ["cmp", "=", ["name", "state"], ["str", "open"], ["text", "text"]],
        ],
    ),
    (
        "device.owner.name",
        [
            "path",
            "column",
            ["path", "column", ["name", "device"], "owner", True],
            "name",
            True,
        ],
    ),
    (
        'due + duration("P1M")',
        [
            "arith",
            "+",
            ["name", "due"],
            ["months", "P1M"],
            ["date", "years and months duration"],
            None,
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
                ["path", "column", ["local", "x~1"], "quantity", False],
                ["num", "0"],
                ["number", "number"],
            ],
        ],
    ),
    ("today()", ["env", "today"]),
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

    assert made["version"] == 1
    assert json.loads(json.dumps(made["tree"])) == tree

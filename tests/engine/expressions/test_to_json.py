from __future__ import annotations

import json

import pytest

from engine.expressions import Slot, compile_expression, to_json
from tests.engine.expressions.places import SCOPE

TREES = [
    (
        'effort > 5 and state = "open"',
        ["and", ["<", ["num", "5"], ["name", "effort"]], ["=", ["name", "state"], "open"]],
    ),
    ("effort <= 5", ["not", ["<", ["num", "5"], ["name", "effort"]]]),
    ("urgent != true", ["not", ["=", ["name", "urgent"], True]]),
    ("title = null", ["=", ["name", "title"], None]),
    ("device.owner.name", ["entry", ["entry", ["name", "device."], "owner."], "name"]),
    ("parts.device.name", ["entry", ["entry", ["name", "parts"], "device."], "name"]),
    ("parts.price", ["entry", ["name", "parts"], "price"]),
    ("user.id", ["entry", ["env", "user"], "id"]),
    ("due.year", ["entry", ["name", "due"], "year"]),
    ("today()", ["env", "today"]),
    ('due + duration("P1M")', ["arith", "+", ["name", "due"], ["at", "P1M"], "t"]),
    ("effort * 1.5", ["arith", "*", ["name", "effort"], ["num", "1.5"], "n"]),
    ("count_of_parts + 1", ["arith", "+", ["name", "count_of_parts"], ["num", "1"], "i"]),
    ("extra + 1", ["arith", "+", ["name", "extra"], ["num", "1"]]),
    ("effort ** 2", ["call", "**", [["name", "effort"], ["num", "2"]]]),
    (
        'created_at < @"2026-01-05T08:00:00"',
        ["<", ["name", "created_at"], ["zone", ["at", "2026-01-05T08:00:00"], ["env", "now"]]],
    ),
    (
        "some x in parts satisfies x.quantity < 0",
        [
            "some",
            "x~1",
            ["name", "parts"],
            ["<", ["entry", ["local", "x~1"], "quantity"], ["num", "0"]],
        ],
    ),
    (
        "effort in (1, [2..3))",
        [
            "let",
            "in~0~21",
            ["name", "effort"],
            [
                "or",
                ["=", ["local", "in~0~21"], ["num", "1"]],
                [
                    "and",
                    ["not", ["<", ["local", "in~0~21"], ["num", "2"]]],
                    ["<", ["local", "in~0~21"], ["num", "3"]],
                ],
            ],
        ],
    ),
    (
        '"red" in tags',
        ["let", "in~0~13", "red", ["among", ["local", "in~0~13"], ["name", "tags"], True]],
    ),
    ("min(effort, 2)", ["call", "min", [["name", "effort"], ["num", "2"]], ["!", ""], True]),
    ("abs(extra)", ["call", "abs", [["name", "extra"]], ["DMn"]]),
    ("string length(title)", ["call", "count", [["name", "title"]], ["!"]]),
    ("floor(effort)", ["call", "round", [["name", "effort"], ["num", "0"], "floor"], ["!"]]),
    ("end of quarter(due)", ["call", "end of", [["name", "due"], ["num", "3"]], ["!"]]),
    ("abs(5)", ["call", "abs", [["num", "5"]]]),
    (
        "after(due, today())",
        ["call", "before", [["env", "today"], ["name", "due"]], ["", "!"]],
    ),
    (
        'matches(title, "^a")',
        ["call", "matches", [["name", "title"], "(?:^)a", "gu"], ["!"]],
    ),
    (
        'replace(title, "(a)b", "$1-", "i")',
        [
            "call",
            "replace",
            [["name", "title"], "(a)b", "giu", ["list", 1, "-"]],
            ["!"],
        ],
    ),
    ('matches(title, "[")', None),
    ('replace(title, "a*", "b")', None),
]


@pytest.mark.parametrize(("text", "tree"), TREES)
def test_a_tree_travels_as_nested_lists(text: str, tree: object) -> None:
    made = to_json(compile_expression(text, SCOPE, Slot.VALUE).tree)

    assert made["version"] == 2
    assert json.loads(json.dumps(made["tree"])) == tree

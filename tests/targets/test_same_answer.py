"""One expression has one meaning: in Python, in the browser, in SQLite and in PostgreSQL."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest

from engine.expressions import Compiled, Slot, compile_expression
from tests.engine.expressions.node_target import NodeTarget, node_target
from tests.services.postgres import fresh_database
from tests.targets.asking import Outcome, expressions, in_database, in_python, plain
from tests.targets.world import World, world

FIXED = 20261122
EVERY_TIME = int(os.environ.get("EXPRESSIONS") or 3_000)
"""How many random expressions are tried; half of them are the same ones each time."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def zoo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with ExitStack() as stack:
        url = None
        if request.param == "postgresql":
            url = stack.enter_context(fresh_database(request.getfixturevalue("postgres_server")))
        yield stack.enter_context(world(tmp_path_factory.mktemp("zoo"), url, FIXED))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeTarget]:
    with node_target(tmp_path_factory.mktemp("node")) as target:
        yield target


@pytest.fixture(scope="module", params=["fixed", "new"])
def asked(request: pytest.FixtureRequest, zoo: World) -> Sequence[Compiled]:
    seed = FIXED if request.param == "fixed" else time.time_ns()
    made, refused = expressions(zoo, seed, EVERY_TIME // 2)
    assert refused < EVERY_TIME / 10, f"seed {seed}: the checker refuses too much"
    return made


def test_the_database_says_what_python_says(zoo: World, asked: Sequence[Compiled]) -> None:
    assert _differences(zoo, asked, in_database(zoo, asked)) == []


def test_the_browser_says_what_python_says(
    zoo: World, asked: Sequence[Compiled], node: NodeTarget
) -> None:
    if zoo.services.store.dialect == "postgresql":
        pytest.skip("the browser does not know which database it is; asked with SQLite")
    trees = [one.tree for one in asked]
    answers = [
        [(plain(value), holds) for value, holds in each]
        for each in node.outcomes_of_many(trees, zoo.rows, zoo.env)
    ]

    assert _differences(zoo, asked, answers) == []


def _differences(
    zoo: World, asked: Sequence[Compiled], answers: Sequence[Sequence[Outcome]]
) -> list[str]:
    """Return the first difference of each expression that has one, in words."""
    found = []
    for one, ours, theirs in zip(asked, in_python(zoo, asked), answers, strict=True):
        condition = one.type.kind == "boolean"
        for number, (expected, answer) in enumerate(zip(ours, theirs, strict=True)):
            if (expected if condition else expected[0]) != (answer if condition else answer[0]):
                found.append(f"{one.text}: record {number} is {expected}, not {answer}")
                break
    return found


def test_what_a_naive_translation_gets_wrong_is_right(zoo: World) -> None:
    """Counter-examples of the translation by SQL's own NOT and =, each a leak of rows."""
    naive = (
        "not(amount > 0)", "not(good)", "not(kind = \"a\")", "kind != \"a\"", "name != note",
        "name = note", "not(kind in (\"a\", null))", "kind in (\"a\", null)",
        "not(some x in rows satisfies x.qty > 0)", "every x in rows satisfies x.qty > 0",
        "not(every x in rows satisfies x.qty > 0)", "every x in rows satisfies not(x.done)",
        "if good then true else amount > 0", "not(if good then amount > 0 else false)",
        "not(amount > 0 and good)", "not(amount > 0 or good)", "(amount > 0) = good",
        "(amount > 0) != good", "not(amount between 0 and rate)", "not(due in [due..today()])",
        "sum(rows.qty) > 0", "not(sum(rows.qty) > 0)", "pieces / pieces = 1", "not(1 / pieces > 0)",
        "contains(name, \"%\")", "starts with(name, \"_\")", "modulo(-10, 4) = 2", "5 / 2 = 2.5",
        "due + duration(\"P1M\") = date(\"2026-02-28\")", "name < \"\ue001\"", "user.id < \"x\"",
    )  # fmt: skip
    asked = [compile_expression(text, zoo.form.scope, Slot.ROWS) for text in naive]

    assert _differences(zoo, asked, in_database(zoo, asked)) == []

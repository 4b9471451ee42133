"""Does the browser compute what Python computes, from many values of every kind?"""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from engine.expressions import Slot, compile_expression
from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.text import shown
from engine.expressions.scope import Target
from tests.engine.expressions.formulas import FORMULAS
from tests.engine.expressions.node_target import NodeTarget
from tests.engine.expressions.random_values import SCOPE, Values

_EACH = 30


@pytest.mark.parametrize("seed", [20260105, 20261122])
def test_the_browser_computes_what_python_computes(node: NodeTarget, seed: int) -> None:
    values = Values(seed)
    differences = []
    for text in FORMULAS:
        rows, env = [values.row() for _ in range(_EACH)], values.env()
        compiled = compile_expression(text, SCOPE, Slot.LIVE)
        expected = [(compiled.value(row, env), compiled.holds(row, env)) for row in rows]
        for row, python, browser in zip(
            rows, expected, node.outcomes(compiled.tree, rows, env), strict=True
        ):
            if not (same(browser[0], python[0]) and browser[1] == python[1]):
                differences.append((text, row, env.now, python, browser))

    assert differences == [], f"seed {seed}"


def test_the_formulas_call_every_function_of_the_browser() -> None:
    joined = " ".join(FORMULAS)

    forgotten = [
        name
        for name, builtin in BUILTINS.items()
        if any(Target.BROWSER in overload.targets for overload in builtin.overloads)
        and f"{name}(" not in joined
    ]

    assert forgotten == []


def same(browser: Any, python: Any) -> bool:
    """Whether two values are the same, moments also in their zone.

    The order of entries may differ: JavaScript puts names that are whole numbers first.
    """
    match python:
        case list() | tuple():
            return (
                isinstance(browser, list)
                and len(browser) == len(python)
                and all(map(same, browser, python))
            )
        case dict():
            return (
                isinstance(browser, dict)
                and browser.keys() == python.keys()
                and all(same(browser[name], entry) for name, entry in python.items())
            )
        case None | bool():
            return browser is python
        case str():
            return isinstance(browser, str) and browser == python
        case datetime() | time():
            return type(browser) is type(python) and shown(browser) == shown(python)
    return not isinstance(browser, bool | str | None) and bool(browser == python)

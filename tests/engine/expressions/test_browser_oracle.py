from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given

from engine.expressions import Slot, compile_expression
from tests.engine.expressions.node_target import NodeTarget
from tests.engine.expressions.oracle import Oracle, conditions, numbers, written
from tests.engine.expressions.test_oracle import ENV, ROWS, SCOPE, often


@often
@given(conditions(3), ROWS)
def test_a_condition_means_in_the_browser_what_the_oracle_says(
    node: NodeTarget, tree: Any, row: dict[str, Any]
) -> None:
    compiled = compile_expression(written(tree), SCOPE, Slot.VALUE)

    expected = Oracle(row, ENV.today).value(tree)

    assert node.outcomes(compiled.tree, [row], ENV) == [(expected, expected is True)]


@often
@given(numbers(3), ROWS)
def test_a_number_is_in_the_browser_what_the_oracle_computes(
    node: NodeTarget, tree: Any, row: dict[str, Any]
) -> None:
    compiled = compile_expression(written(tree), SCOPE, Slot.VALUE)

    expected = Oracle(row, ENV.today).value(tree)
    answer: Any = node.value(compiled.tree, row, ENV)

    assert (None if answer is None else Fraction(answer)) == expected

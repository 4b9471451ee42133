"""Which of several conditions can never be the first that holds?"""

from __future__ import annotations

import pytest

from engine.expressions import BOOLEAN, TEXT, Scope, Slot, compile_expression, number
from engine.loading.unreachable import never_first

SCOPE = Scope({"cost": number(2), "cause": TEXT, "urgent": BOOLEAN, "most": number(2)})


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["cost > 1000", "cost > 100", "cost <= 100"], ()),
        (["cost > 100", "cost > 1000"], (1,)),
        (["cost >= 100", "cost = 100"], (1,)),
        (["cost > 100", "cost = 100"], ()),
        (["cost < 100", "cost >= 100", "cost = null"], ()),
        (["cost < 100", "cost >= 100", "cost in [1..5]"], (2,)),
        (["cost > 5 and cost < 3"], (0,)),
        (['cause = "a"', 'cause in ("a", "b")'], ()),
        (['cause in ("a", "b")', 'cause = "b"'], (1,)),
        (["urgent = true", "cost > 5 and urgent = true", "urgent = false"], (1,)),
        (["cost > 5", "urgent = true", "cost > 5 and urgent = true"], (2,)),
        (["cost > most", "cost > most"], ()),
        (["cost > 5", "cost * 2 > 10"], ()),
    ],
)
def test_what_is_covered_by_what_comes_before(
    conditions: list[str], expected: tuple[int, ...]
) -> None:
    compiled = [compile_expression(text, SCOPE, Slot.RULE) for text in conditions]
    assert never_first(compiled) == expected

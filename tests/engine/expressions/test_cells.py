from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engine.expressions import (
    NUMBER,
    TEXT,
    FeelErrors,
    Slot,
    Type,
    compile_unary_tests,
    parse_unary_tests,
)
from tests.engine.expressions.places import ENV, ROW, SCOPE


def passes(cell: str, tested: Any, kind: Type = NUMBER) -> bool:
    compiled = compile_unary_tests(cell, kind, SCOPE, Slot.RULE)
    return compiled.holds({**ROW, "?": tested}, ENV)


@pytest.mark.parametrize(
    ("cell", "passing", "failing"),
    [
        ("5", 5, 6),
        (">= 18", 18, 17),
        ("< 18, >= 60", 60, 30),
        ("[15..30)", 15, 30),
        ("]15..30]", 30, 15),
        ("not(1, 2)", 3, 2),
        ("> effort", 13, 12),
        ("? > 5 and ? < 8", 6, 9),
        ("count_of_parts", 5, 4),
        ("null", None, 1),
    ],
)
def test_a_cell_tests_its_value(cell: str, passing: Any, failing: Any) -> None:
    as_number = [None if one is None else Decimal(one) for one in (passing, failing)]

    assert passes(cell, as_number[0])
    assert not passes(cell, as_number[1])


def test_a_dash_lets_everything_pass() -> None:
    assert parse_unary_tests("-").tests == ()
    assert passes("-", None)
    assert passes("- 5", Decimal(-5))


def test_several_texts_are_alternatives() -> None:
    assert passes('"low", "medium"', "medium", TEXT)
    assert not passes('not("low", "medium")', "low", TEXT)


def test_a_cell_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(FeelErrors) as caught:
        compile_unary_tests('"high"', NUMBER, SCOPE, Slot.RULE)

    assert caught.value.errors[0].code == "feel.compare"


def test_the_tested_value_is_not_read_from_the_row() -> None:
    compiled = compile_unary_tests("> effort", NUMBER, SCOPE, Slot.RULE)

    assert compiled.reads == {("effort",)}

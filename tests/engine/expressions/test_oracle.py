from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    TEXT,
    Env,
    Scope,
    Slot,
    compile_expression,
    lines,
    number,
    to_json,
)
from tests.engine.expressions.oracle import Oracle, conditions, numbers, written

SCOPE = Scope(
    {
        "a": number(2), "b": number(2), "n": INTEGER, "s": TEXT, "t": TEXT, "f": BOOLEAN,
        "d": DATE, "rows": lines("row"),
    },
    {"row": {"q": INTEGER, "p": number(2)}},
)  # fmt: skip
ENV = Env(date(2026, 2, 10), datetime(2026, 2, 10, tzinfo=UTC))

_amounts = st.none() | st.sampled_from(
    [Decimal("0.00"), Decimal("1.25"), Decimal("-3.50"), Decimal("8.00")]
)
_counts = st.none() | st.integers(-3, 9)
_texts = st.none() | st.sampled_from(["", "x", "好", "😀", "\ue000"])
_lines = st.lists(st.fixed_dictionaries({}, optional={"q": _counts, "p": _amounts}), max_size=4)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "a": _amounts, "b": _amounts, "n": _counts, "s": _texts, "t": _texts,
        "f": st.none() | st.booleans(),
        "d": st.none() | st.integers(1, 28).map(lambda day: date(2026, 2, day)),
        "rows": st.none() | _lines.map(tuple),
    },
)  # fmt: skip
often = settings(max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(conditions(3), ROWS)
def test_a_condition_means_what_the_oracle_says(tree: Any, row: dict[str, Any]) -> None:
    text = written(tree)
    compiled = compile_expression(text, SCOPE, Slot.VALUE)
    inverted = compile_expression(f"not({text})", SCOPE, Slot.GATE)

    expected = Oracle(row, ENV.today).value(tree)

    assert compiled.value(row, ENV) is expected
    assert compiled.holds(row, ENV) is (expected is True)
    assert inverted.holds(row, ENV) is (expected is False)


@often
@given(numbers(3), ROWS)
def test_a_number_is_what_the_oracle_computes(tree: Any, row: dict[str, Any]) -> None:
    compiled = compile_expression(written(tree), SCOPE, Slot.VALUE)

    expected = Oracle(row, ENV.today).value(tree)
    answer: Any = compiled.value(row, ENV)

    assert (None if answer is None else Fraction(answer)) == expected


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(conditions(2), ROWS)
def test_the_explanation_ends_in_the_value(tree: Any, row: dict[str, Any]) -> None:
    compiled = compile_expression(written(tree), SCOPE, Slot.VALUE)

    explained = compiled.explain(row, ENV)

    assert explained.value is compiled.value(row, ENV)
    assert to_json(compiled.tree)["version"] == 2

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.expressions import Env, Slot, compile_expression
from engine.filter import FilterDef
from engine.filters import filters_to_feel
from tests.engine.filters.filtered import filtered

APP, FORM = filtered()
NOW = datetime(2026, 11, 21, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ENV = Env(NOW.date(), NOW, {"id": "ann", "department": "east", "departments": ("east",)})
LATE = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""The beginning of the 21st in Shanghai."""
EARLY = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)


CASES: list[tuple[str, Any, Any, Any, bool]] = [
    ("price", "=", 12.5, Decimal("12.50"), True),
    ("kinds", "=", "a", ("a", "b"), True),
    ("kinds", "!=", "a", None, True),
    ("kinds", "not_in", ["a", "c"], ("b",), True),
    ("kinds", "in", ["a", "c"], None, False),
    ("active", "=", True, True, True),
    ("active", "!=", True, None, True),
    ("grade", "!=", "low", None, True),
    ("bought", ">", "2026-01-01", date(2026, 11, 21), True),
    ("price", ">", 5, None, False),
    ("pieces", ">=", 5, 5, True),
    ("pieces", ">", 2.5, 3, True),
    ("seen", "<=", "2026-11-20", EARLY, True),
    ("seen", "<=", "2026-11-20", LATE, False),
    ("seen", ">", "2026-11-20", LATE, True),
    ("seen", "=", "2026-11-21", LATE, True),
    ("seen", "!=", "2026-11-21", None, True),
    ("seen", "!=", "2026-11-21", LATE, False),
    ("seen", "in", ["2026-11-20", "2026-11-19"], EARLY, True),
    ("seen", "not_in", ["2026-11-20"], None, True),
    ("seen", "this", "week", LATE, True),
    ("seen", "last_days", 2, EARLY, True),
    ("seen", "last_days", 1, EARLY, False),
    ("seen", "<=", "2026-11-21T08:30", NOW, True),
    ("grade", "in", ["low", "high"], "high", True),
    ("grade", "not_in", ["low"], None, True),
    ("grade", "not_in", ["low"], "low", False),
    ("name", "contains", "泵", "三号泵", True),
    ("name", "contains", "ÄB", "xäby", True),
    ("name", "starts_with", "SB", "sb-1", True),
    ("parts", "empty", None, (), True),
    ("pieces", "filled", None, 0, True),
    ("pieces", "between", [1, 3], 3, True),
    ("pieces", "between", [None, 3], 4, False),
    ("pieces", "between", [2, None], 4, True),
    ("bought", "last_days", 7, date(2026, 11, 15), True),
    ("bought", "last_days", 7, date(2026, 11, 14), False),
    ("bought", "last_days", 7, date(2026, 11, 22), False),
    ("bought", "next_days", 7, date(2026, 11, 27), True),
    ("bought", "next_days", 7, date(2026, 11, 28), False),
    ("bought", "this", "week", date(2026, 11, 16), True),
    ("bought", "this", "month", date(2026, 11, 30), True),
    ("bought", "this", "quarter", date(2026, 10, 1), True),
    ("bought", "this", "year", date(2025, 12, 31), False),
    ("keeper", "mine", None, "ann", True),
    ("keeper", "mine", None, "bob", False),
    ("department", "mine", None, "east", True),
]


@pytest.mark.parametrize(("field", "op", "wanted", "value", "answer"), CASES)
def test_a_condition_of_a_list_means_what_it_says(
    field: str, op: Any, wanted: Any, value: Any, answer: bool
) -> None:
    text = filters_to_feel(APP, FORM, [FilterDef(field=field, op=op, value=wanted)])
    compiled = compile_expression(text, FORM.scope, Slot.ROWS)

    assert compiled.holds({**dict.fromkeys(FORM.fields), field: value}, ENV) is answer

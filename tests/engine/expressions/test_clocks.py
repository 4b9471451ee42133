"""A moment is shown by the clock of whoever asks, where its day or its hour is taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.expressions import DATETIME, Env, Scope, Slot, compile_expression
from tests.engine.expressions.node_target import NodeTarget

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENV = Env(date(2026, 11, 21), datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI))
SCOPE = Scope({"made": DATETIME})
ROW: Mapping[str, Any] = {"made": datetime(2026, 11, 20, 23, 30, 15, tzinfo=UTC)}
"""Half past seven in the morning of the 21st in Shanghai."""
ASKED = {
    "date(made) = today()": True,
    "made.day": 21,
    "made.hour": 7,
    "made.minute": 30,
    "made.weekday": 6,
    "day of week(made)": "Saturday",
    "day of year(made)": 325,
    'time(made) = time(now() - duration("PT1H29M45S"))': True,
    "made < now()": True,
    "made.second = 15 and made.year = 2026 and made.month = 11": True,
    'date and time("2026-11-20T23:30:00Z").day': 20,
}


@pytest.mark.parametrize("text", ASKED)
def test_python_takes_the_day_of_whoever_asks(text: str) -> None:
    asked = compile_expression(text, SCOPE, Slot.VALUE)

    assert asked.value(ROW, ENV) == ASKED[text]


def test_the_browser_takes_the_same_day(node: NodeTarget) -> None:
    trees = [compile_expression(text, SCOPE, Slot.VALUE).tree for text in ASKED]

    answers = [answer for ((answer, _),) in node.outcomes_of_many(trees, [ROW], ENV)]

    assert answers == list(ASKED.values())


def test_an_import_keeps_the_clock_of_the_value() -> None:
    asked = compile_expression("date(made)", SCOPE, Slot.OPEN)

    assert asked.value(ROW, ENV) == date(2026, 11, 20)

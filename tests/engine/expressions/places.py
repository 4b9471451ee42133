"""A scope, a row and a request that tests of expressions share."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    INTEGER,
    MONTHS,
    TEXT,
    TIME,
    Env,
    FeelError,
    FeelErrors,
    Scope,
    Slot,
    YearsMonths,
    choice,
    compile_expression,
    lines,
    list_of,
    number,
    reference,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
SCOPE = Scope(
    {
        "title": TEXT,
        "state": choice(("open", "waiting", "closed")),
        "effort": number(2),
        "count_of_parts": INTEGER,
        "urgent": BOOLEAN,
        "due": DATE,
        "opens": TIME,
        "created_at": DATETIME,
        "pause": DAYS,
        "warranty": MONTHS,
        "tags": list_of(TEXT),
        "owner": reference("person"),
        "device": reference("device"),
        "parts": lines("part"),
        "extra": ANY,
        "等级": TEXT,
    },
    {
        "person": {"name": TEXT, "department": TEXT, "manager": reference("person")},
        "device": {"name": TEXT, "owner": reference("person"), "price": number(2)},
        "part": {
            "label": TEXT,
            "quantity": INTEGER,
            "price": number(2),
            "device": reference("device"),
        },
    },
)
ENV = Env(
    date(2026, 3, 31),
    datetime(2026, 3, 31, 9, 30, tzinfo=SHANGHAI),
    {
        "id": "p1",
        "name": "王芳",
        "department": "d1",
        "departments": ("d1", "d2"),
        "roles": ("editor",),
    },
)
ROW: dict[str, Any] = {
    "title": "打印机😀卡纸",
    "state": "open",
    "effort": Decimal("12.50"),
    "count_of_parts": 5,
    "urgent": True,
    "due": date(2026, 4, 2),
    "opens": time(9),
    "created_at": datetime(2026, 3, 30, 23, 0, tzinfo=SHANGHAI),
    "pause": timedelta(hours=36),
    "warranty": YearsMonths(14),
    "tags": ("red", "blue"),
    "owner": "p1",
    "owner.": {"name": "王芳", "department": "d1", "manager": None},
    "device": "v1",
    "device.": {"name": "P-100", "owner": "p2", "owner.": {"name": "李雷", "department": "d9"}},
    "parts": (
        {"label": "roller", "quantity": 2, "price": Decimal("10.00"), "device": None},
        {
            "label": "belt",
            "quantity": -1,
            "price": Decimal("2.50"),
            "device": "v2",
            "device.": {"name": "x"},
        },
    ),
    "等级": "A",
}


def value(text: str, row: Any = None, slot: Slot = Slot.VALUE) -> Any:
    """Return the value of an expression for a row."""
    return compile_expression(text, SCOPE, slot).value(ROW if row is None else row, ENV)


def holds(text: str, row: Any = None) -> bool:
    """Return whether a condition is true for a row."""
    return compile_expression(text, SCOPE, Slot.GATE).holds(ROW if row is None else row, ENV)


def errors(text: str, slot: Slot = Slot.VALUE) -> tuple[FeelError, ...]:
    """Return the mistakes in an expression."""
    try:
        compile_expression(text, SCOPE, slot)
    except FeelErrors as found:
        return found.errors
    return ()

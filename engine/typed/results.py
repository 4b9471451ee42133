"""Of which kind is a value that was worked out, and how is it kept and shown?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Literal

from engine.expressions.feel_types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    INTEGER,
    TEXT,
    TIME,
    Type,
    number,
)
from engine.field import Storage
from engine.record import Value
from engine.typed.numbers import MAX_DIGITS, grouped, rounded

Result = Literal[
    "number", "integer", "money", "percent", "text", "yes_no", "date", "datetime", "time",
    "duration",
]  # fmt: skip

STORAGES: Mapping[str, Storage] = {
    "number": Storage.DECIMAL,
    "money": Storage.DECIMAL,
    "percent": Storage.DECIMAL,
    "integer": Storage.INTEGER,
    "text": Storage.TEXT,
    "yes_no": Storage.YES_NO,
    "date": Storage.DATE,
    "datetime": Storage.DATETIME,
    "time": Storage.TIME,
    "duration": Storage.DURATION,
}
_TYPES: Mapping[str, Type] = {
    "integer": INTEGER,
    "text": TEXT,
    "yes_no": BOOLEAN,
    "date": DATE,
    "datetime": DATETIME,
    "time": TIME,
    "duration": DAYS,
}
_LIMIT = Decimal(10) ** MAX_DIGITS


def scale_of(result: str, places: int) -> int:
    """Return the digits after the decimal point that are kept."""
    return places + 2 if result == "percent" else places


def type_of(result: str, places: int) -> Type:
    """Return the type that expressions see."""
    return _TYPES.get(result) or number(scale_of(result, places))


def kept(result: str, places: int, value: Any) -> Value:
    """Return what is stored of a result; None where it is of another kind or too large."""
    if isinstance(value, bool):
        return value if result == "yes_no" else str(value).lower() if result == "text" else None
    if isinstance(value, int | Decimal):
        return _kept_number(result, scale_of(result, places), Decimal(value))
    keep = _KEEP.get(result)
    return keep(value) if keep else None


def _kept_number(result: str, places: int, value: Decimal) -> Value:
    if result == "text":
        return grouped(value).replace(",", "")
    if STORAGES[result] not in (Storage.DECIMAL, Storage.INTEGER):
        return None
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None
    return int(rounded(value, 0)) if result == "integer" else rounded(value, places)


def _kept_text(value: Any) -> Value:
    return value[:500] if isinstance(value, str) and value else None


def _kept_date(value: Any) -> Value:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _kept_moment(value: Any) -> Value:
    return value if isinstance(value, datetime) and value.tzinfo is not None else None


_KEEP: Mapping[str, Callable[[Any], Value]] = {
    "text": _kept_text,
    "date": _kept_date,
    "datetime": _kept_moment,
    "time": lambda value: value.replace(tzinfo=None) if isinstance(value, time) else None,
    "duration": lambda value: value if isinstance(value, timedelta) else None,
}

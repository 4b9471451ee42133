"""What are the values of the language in Python, and which kind is each?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeAlias

from engine.expressions.feel_types import Kind

EXACT = Context(prec=34, rounding=ROUND_HALF_UP, Emin=-6143, Emax=6144)
"""The arithmetic of the language; never the thread's own context."""


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in whole months."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is null is open without limit."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function written in an expression."""

    parameters: tuple[str, ...]
    call: Callable[..., Value]


Value: TypeAlias = (
    "bool | int | Decimal | str | date | time | datetime | timedelta | YearsMonths "
    "| Range | Function | Sequence[Value] | Mapping[str, Value] | None"
)

_KINDS: dict[type, Kind] = {
    type(None): Kind.NULL,
    bool: Kind.BOOLEAN,
    int: Kind.NUMBER,
    Decimal: Kind.NUMBER,
    str: Kind.TEXT,
    datetime: Kind.DATETIME,
    date: Kind.DATE,
    time: Kind.TIME,
    timedelta: Kind.DAYS,
    YearsMonths: Kind.MONTHS,
    list: Kind.LIST,
    tuple: Kind.LIST,
    dict: Kind.CONTEXT,
    Range: Kind.RANGE,
    Function: Kind.FUNCTION,
}


def kind_of(value: object) -> Kind:
    """Return the kind of a value; a class that the language does not know raises TypeError."""
    kind = _KINDS.get(type(value))
    return kind if kind is not None else _kind_of_subclass(value)


def _kind_of_subclass(value: object) -> Kind:
    if isinstance(value, Mapping):
        return Kind.CONTEXT
    for known, kind in _KINDS.items():
        if isinstance(value, known):
            return kind
    raise TypeError(f"not a value of an expression: {type(value).__name__}")

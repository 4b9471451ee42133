"""Which built-in functions work on texts?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from engine.expressions.builtins.registry import builtin
from engine.expressions.feel_types import Kind
from engine.expressions.literals import clock_text, duration_text, months_text
from engine.expressions.scope import EVERYWHERE
from engine.expressions.values import Range, Value, YearsMonths, kind_of


@builtin("substring(string: text, start position: number, length?: number) -> text", EVERYWHERE)
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> Value:
    position = int(start)
    if position == 0 or abs(position) > len(text) or (length is not None and length < 1):
        return None if position == 0 else ""
    first = position - 1 if position > 0 else len(text) + position
    return text[first:] if length is None else text[first : first + int(length)]


@builtin("string length(string: text) -> integer", EVERYWHERE)
def _length(text: str) -> int:
    return len(text)


@builtin("upper case(string: text) -> text", EVERYWHERE)
def _upper(text: str) -> str:
    return text.upper()


@builtin("lower case(string: text) -> text", EVERYWHERE)
def _lower(text: str) -> str:
    return text.lower()


@builtin("substring before(string: text, match: text) -> text", EVERYWHERE)
def _before(text: str, match: str) -> str:
    found = text.find(match)
    return text[:found] if found > 0 else ""


@builtin("substring after(string: text, match: text) -> text", EVERYWHERE)
def _after(text: str, match: str) -> str:
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _fast_contains(text: str | None, match: str | None) -> bool | None:
    return None if text is None or match is None else match in text


def _fast_starts(text: str | None, match: str | None) -> bool | None:
    return None if text is None or match is None else text.startswith(match)


def _fast_ends(text: str | None, match: str | None) -> bool | None:
    return None if text is None or match is None else text.endswith(match)


@builtin("contains(string: text, match: text) -> boolean", EVERYWHERE, _fast_contains)
def _contains(text: str, match: str) -> bool:
    return match in text


@builtin("starts with(string: text, match: text) -> boolean", EVERYWHERE, _fast_starts)
def _starts(text: str, match: str) -> bool:
    return text.startswith(match)


@builtin("ends with(string: text, match: text) -> boolean", EVERYWHERE, _fast_ends)
def _ends(text: str, match: str) -> bool:
    return text.endswith(match)


@builtin("string join(list: texts, delimiter?: text|null) -> text")
def _join(texts: Sequence[str | None], delimiter: str | None = None) -> str:
    return (delimiter or "").join(text for text in texts if text is not None)


@builtin("string(from: any) -> text", EVERYWHERE)
def _string(value: Value) -> Value:
    return None if value is None else shown(value)


def shown(value: Value, inside: bool = False) -> str:
    """Return a value as text; texts inside lists and contexts are quoted."""
    if isinstance(value, str):
        return _quoted(value) if inside else value
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | Decimal):
        return number_text(value)
    structures = (Kind.LIST, Kind.CONTEXT, Kind.RANGE, Kind.FUNCTION)
    return _shown_structure(value) if kind_of(value) in structures else _shown_temporal(value)


def _shown_temporal(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value.year:04d}-{value.month:02d}-{value.day:02d}T{clock_text(value)}"
    if isinstance(value, time):
        return clock_text(value)
    if isinstance(value, timedelta):
        return duration_text(value)
    if isinstance(value, YearsMonths):
        return months_text(value)
    return cast("date", value).isoformat()


def _shown_structure(value: Value) -> str:
    if isinstance(value, Mapping):
        entries = (f"{_key(name)}: {shown(entry, True)}" for name, entry in value.items())
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, Range):
        low = "[" if value.low_closed else "("
        high = "]" if value.high_closed else ")"
        return f"{low}{shown(value.low, True)}..{shown(value.high, True)}{high}"
    if kind_of(value) is Kind.FUNCTION:
        return "function"
    return "[" + ", ".join(shown(item, True) for item in cast("Sequence[Value]", value)) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _key(name: str) -> str:
    return name if name.replace(" ", "_").isidentifier() else _quoted(name)


def number_text(value: Decimal | int) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    text = format(Decimal(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text

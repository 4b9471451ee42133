"""Is a value of a named type?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from engine.expressions.feel_types import Kind
from engine.expressions.tree import TypeName
from engine.expressions.values import Range, Value, kind_of

_NAMES = {
    "number": Kind.NUMBER, "string": Kind.TEXT, "text": Kind.TEXT, "boolean": Kind.BOOLEAN,
    "date": Kind.DATE, "time": Kind.TIME, "date and time": Kind.DATETIME,
    "days and time duration": Kind.DAYS, "years and months duration": Kind.MONTHS,
    "list": Kind.LIST, "context": Kind.CONTEXT, "range": Kind.RANGE, "function": Kind.FUNCTION,
}  # fmt: skip


def is_instance(value: Value, wanted: TypeName) -> bool | None:
    """Return whether a value is of a type; null for a type that is not known."""
    if wanted.name == "Any":
        return value is not None
    kind = _NAMES.get(wanted.name)
    if kind is None:
        return value is None if wanted.name == "Null" else None
    if kind_of(value) is not kind:
        return False
    return _fits_arguments(value, kind, wanted)


def _fits_arguments(value: Value, kind: Kind, wanted: TypeName) -> bool | None:
    inner = dict(wanted.arguments)
    match kind:
        case Kind.LIST if inner:
            return all(_is_or_null(item, inner[""]) for item in cast("Sequence[Value]", value))
        case Kind.CONTEXT:
            entries = cast("Mapping[str, Value]", value)
            return all(
                name in entries and _is_or_null(entries[name], one) for name, one in inner.items()
            )
        case Kind.RANGE if inner:
            limits = cast("Range", value)
            ends = [end for end in (limits.low, limits.high) if end is not None]
            return all(is_instance(end, inner[""]) for end in ends)
        case Kind.FUNCTION:
            return True if not wanted.arguments and wanted.result is None else None
    return True


def _is_or_null(value: Value, wanted: TypeName) -> bool:
    return value is None or is_instance(value, wanted) is True

"""What could stand in a field of a sample record?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.field import Field
from engine.wording import words


def _first_option(field: Field) -> str | None:
    options = getattr(field, "options", ())
    return options[0].id if options else None


def _least(field: Field) -> Any:
    least = getattr(field, "min", None)
    return 1 if least is None else least


def _own_name(field: Field) -> str:
    return words(field.label, "zh")


_SAMPLES: Mapping[str, Callable[[Field], Any]] = {
    "text": _own_name,
    "long_text": _own_name,
    "select": _first_option,
    "multi_select": lambda field: [_first_option(field)],
    "integer": _least,
    "number": _least,
    "money": _least,
    "percent": _least,
    "rating": lambda field: 1,
    "yes_no": lambda field: False,
    "date": lambda field: "2026-01-01",
    "phone": lambda field: "13800000000",
    "email": lambda field: "sample@example.com",
    "tags": lambda field: [_own_name(field)],
}


def sample(field: Field) -> Any:
    """Return a plausible value of a field, as files write it; None where only people know one."""
    made = _SAMPLES.get(field.type)
    return made(field) if made else None

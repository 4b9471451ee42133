"""Which records does a list of conditions on their fields mean?"""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

Operator = Literal[
    "=", "!=", ">", ">=", "<", "<=", "in", "not_in", "contains", "starts_with",
    "empty", "filled", "between", "last_days", "next_days", "this", "mine",
]  # fmt: skip
"""`this` takes week, month, quarter or year; `mine` is for person fields and takes nothing;
`last_days` and `next_days` take a number of days, of which today is one."""


class FilterDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One condition on a field, as a chip of a list shows it."""

    field: str
    op: Operator = "="
    value: Any = None


Where: TypeAlias = (
    tuple[FilterDef, ...]
    | Annotated[str, Meta(min_length=1, max_length=4000, extra_json_schema={"format": "feel"})]
)
"""Conditions that must all hold, or the same as one FEEL text."""

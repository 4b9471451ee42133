"""Which records does a person see? The one place where questions become SQL."""

from runtime.store.query.asked import (
    AllOf,
    AnyOf,
    BoardColumn,
    Condition,
    Group,
    Measure,
    NotAllowed,
    NotUnderstood,
    Page,
    Query,
    Where,
)

__all__ = [
    "AllOf", "AnyOf", "BoardColumn", "Condition", "Group", "Measure", "NotAllowed",
    "NotUnderstood", "Page", "Query", "Where",
]  # fmt: skip

"""Which records does a person see? The one place where questions become SQL."""

from runtime.store.query.asked import (
    BoardColumn,
    Group,
    Measure,
    NotAllowed,
    NotUnderstood,
    Page,
    Query,
)

__all__ = [
    "BoardColumn", "Group", "Measure", "NotAllowed", "NotUnderstood", "Page", "Query",
]  # fmt: skip

"""What did an installation do to the records, and what could it not keep as it was?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal["added", "renamed", "retyped", "dropped"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that an installation did to the tables."""

    what: What
    form: str
    field: str | None = None
    """The field; None if the whole form is meant."""
    cell: str | None = None
    """The cell of a line field."""
    before: str | None = None
    """Its former id, or its former type."""
    trash: str | None = None
    """Under which id what was dropped can be restored."""


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """A value that could not become a value of the new type; its text is kept."""

    form: str
    field: str
    record: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Migration:
    """What an installation did."""

    app: str
    version: str
    before: str | None
    """The version that was installed; None the first time."""
    changes: tuple[Change, ...]
    leftovers: tuple[Leftover, ...]
    repeated: tuple[tuple[str, str], ...]
    """Fields (form, field) that are unique now but whose records share values; until those are
    changed, only new repetitions are refused."""

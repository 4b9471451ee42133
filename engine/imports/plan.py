"""How is a sheet to be taken in: which column is what, and what becomes of what is there?"""

from typing import Literal

from msgspec import Struct

Mode = Literal["create", "update", "both"]


class LinesPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sheet whose rows belong to the records of the first one."""

    sheet: str
    key: int
    """The column, from 0, that says to which record a row belongs."""
    parent: int
    """The column of the records' own sheet that holds the same."""
    head: int = 1
    columns: dict[int, str] = {}
    """Cells by column."""


class ImportPlan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody chose for one file."""

    sheet: str | None = None
    head: int = 1
    """The number of the row with the headings."""
    columns: dict[int, str] = {}
    """Ids of targets by column, from 0; a column that is not named is left out."""
    lines: dict[str, LinesPlan] = {}
    """By line field."""
    mode: Mode = "create"
    key: str | None = None
    """The target by which records are found that are there already."""
    empty: Literal["keep", "clear"] = "keep"
    """What an empty cell does to a record that is there."""
    reason: str | None = None
    """Said of every change."""

    def column_of(self, target: str) -> int | None:
        """Return the column of a target."""
        return next((at for at, id_ in self.columns.items() if id_ == target), None)

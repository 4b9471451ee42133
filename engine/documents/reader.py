"""What does a block ask of the record that a document is made of?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.documents.pieces import Picture
from engine.wording import Label, Message


class Unmakeable(Exception):
    """The document can't be made of this record now; the words say why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True)
class Shown:
    """A field as its reader may see it."""

    label: str
    text: str
    right: bool = False
    """It is a number."""
    wide: bool = False
    """It is a longer text."""


@dataclass(frozen=True)
class Table:
    """Rows as their reader may see them."""

    columns: tuple[Shown, ...]
    """The labels of the columns; a column that the reader may not see is not among them."""
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: Mapping[str, str]
    """By the name of the column."""


class Reader(Protocol):
    """One record, read by one person for one document."""

    @property
    def locale(self) -> str:
        """The language of the document."""

    def fill(self, label: Label | None) -> str:
        """Return a text of the author with its blanks filled in."""

    def holds(self, feel: str) -> bool:
        """Tell whether a condition holds; one about what the reader may not see doesn't."""

    def field(self, name: str) -> Shown | None:
        """Return a field; None if the reader may not see it."""

    def capitals(self, name: str) -> str:
        """Return an amount in Chinese capitals, nothing where there is none to be seen."""

    def lines(self, name: str, columns: Sequence[str], totals: Sequence[str]) -> Table:
        """Return the rows of a sub-table."""

    def related(self, block: Any) -> Table:
        """Return the records of another form that refer to this one."""

    def clauses(self, block: Any) -> Sequence[Mapping[str, str]]:
        """Return title, text and version of the records that a document takes over. Raises
        Unmakeable where there are none."""

    def pictures(self, name: str) -> Sequence[Picture]:
        """Return the pictures in a field."""

    def say(self, message: Message) -> str:
        """Return a text of the house in the language of the document."""

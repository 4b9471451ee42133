"""How is a sheet made that Excel and WPS open, without any text in it becoming a formula?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal, Protocol, TypeAlias

Cell: TypeAlias = str | int | Decimal | date | datetime | time | None
"""What a cell holds: texts stay texts, numbers and moments are what they are. Moments have no
zone: they are those of the wall clock."""

Format = Literal["xlsx", "csv", "csv_gb18030"]
"""`csv` is UTF-8 with a mark by which Excel knows it; `csv_gb18030` is for older programs."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One column: what it is called and how its numbers look."""

    label: str
    places: int | None = None
    """Digits after the point that are always shown; None shows those that are there."""
    percent: bool = False
    """Its numbers are shares: 0.15 is shown as 15%."""


class NewTable(Protocol):
    """A table that grows row by row."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row more."""
        ...


class NewBook(Protocol):
    """A file that is being written."""

    several: bool
    """Whether it can hold more than one table."""

    def table(self, name: str, headings: Sequence[Heading]) -> NewTable:
        """Begin a table; where only one fits, there is one."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


@dataclass(frozen=True, kw_only=True)
class About:
    """Who made the file, and what is in it."""

    author: str
    title: str
    made: datetime


def plain_number(number: Decimal | int) -> str:
    """Return a number with all its digits and nothing else."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def share_text(number: Decimal | int, places: int | None) -> str:
    """Return a share as people write it: 15% for 0.15."""
    hundredths = Decimal(number).scaleb(2)
    if places is None:
        return f"{hundredths.normalize():f}%"
    return f"{hundredths:.{places}f}%"

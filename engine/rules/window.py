"""Which records does a rule look for that waits for time to pass?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Base = datetime | date
"""The moment or day from which time is counted: the same one is one occurrence."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """The records whose moment has come: a question for the database, answered all at once."""

    field: str
    """What holds the moment from which time is counted; empty if it is the same for all."""
    until: Base
    """The latest such moment, itself included."""
    after: Base | None = None
    """The earliest, itself not included."""
    stage: str | None = None
    """Only records in this stage."""
    of: tuple[str, str] | None = None
    """A form, and its field that refers to the record: the latest of those records counts, or
    the making of the record itself while there is none."""
    evidence: tuple[str, ...] = ()
    """Items of evidence: the field is one of their latest pieces, not of the record."""
    anniversaries: tuple[date, ...] = ()
    """The records whose date comes again on one of these days, in a later year than its own; that
    day is then the occurrence."""
    number: int = 0
    """Tells the occasions of one moment apart, such as three days before it and on it."""

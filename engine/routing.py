"""Who of several people is given the next record, and why not the others?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Out = Literal["away", "full", "frozen"]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who comes into question."""

    person: str
    load: int
    """How many records that have not ended they hold."""
    last: datetime | None = None
    """When they were last given one."""
    away: bool = False
    frozen: bool = False
    """Nothing new may be theirs now."""


@dataclass(frozen=True)
class Weighed:
    """A candidate, and why they are passed over if they are."""

    candidate: Candidate
    out: Out | None


@dataclass(frozen=True)
class Choice:
    """Who is chosen, and how everybody was weighed, the first in line first."""

    person: str | None
    weighed: tuple[Weighed, ...]


def choose(candidates: Iterable[Candidate], at_most: int | None = None) -> Choice:
    """Choose who holds the least; of those with the same load, who has waited longest for a
    record. Nobody who is away or holds as many as there may be."""
    weighed = sorted(
        (Weighed(one, _out(one, at_most)) for one in candidates),
        key=lambda one: (one.out is not None, *_order(one.candidate)),
    )
    first = weighed[0] if weighed else None
    person = first.candidate.person if first and first.out is None else None
    return Choice(person, tuple(weighed))


def _out(one: Candidate, at_most: int | None) -> Out | None:
    if one.away:
        return "away"
    if one.frozen:
        return "frozen"
    return "full" if at_most is not None and one.load >= at_most else None


def _order(one: Candidate) -> tuple[int, datetime, str]:
    return one.load, one.last or _NEVER, one.person

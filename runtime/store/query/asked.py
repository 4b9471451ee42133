"""What does a question about records say, and what does its answer?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.access.sight import Sight
from engine.app import Form
from engine.expressions import Compiled, Env
from engine.record import Actor, Record, Value
from engine.wording import Message

MOST_COUNTED = 10_000
"""How far records are counted; beyond it is only said that there are more."""


def _everything_of(_form: Form) -> Sight:
    return Sight()


@dataclass(frozen=True, kw_only=True)
class Query:
    """One question: which records of a form, as one person may see them."""

    form: Form
    sight: Sight
    actor: Actor
    env: Env
    where: tuple[Compiled, ...] = ()
    """Conditions that must all hold, compiled in the form's scope for `Slot.ROWS`."""
    only: Mapping[str, str] = field(default_factory=dict)
    """Fields that must hold just this id, or among others, where they hold several."""
    among: tuple[str, ...] | None = None
    """Only of the records with these ids."""
    sort: tuple[str, ...] = ()
    """Field ids; a leading minus sorts downwards. Empty values are the smallest."""
    columns: tuple[str, ...] | None = None
    """The fields wanted; None is all that the person may see."""
    limit: int = 20
    after: str | None = None
    """`next` or `previous` of another page."""
    search: str | None = None
    deleted: bool = False
    """Those in the recycle bin instead of those outside it."""
    samples: bool = True
    """Those too that only came with an app to show it."""
    total: bool = False
    """Count all that would be found, not only those on the page."""
    sight_of: Callable[[Form], Sight] = _everything_of
    """What the person may see of other forms; without it nothing of them can be asked for."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some of the records found, in order."""

    records: tuple[Record, ...]
    next: str | None = None
    """What to ask for to see those that follow; None if there are none."""
    previous: str | None = None
    total: int | None = None
    """How many were found in all, if it was asked for or costs nothing."""
    total_is_exact: bool = True
    """False if there are more than were counted."""


@dataclass(frozen=True)
class Measure:
    """What is worked out for each group."""

    kind: Literal["count", "sum", "avg", "min", "max", "distinct"]
    field: str | None = None

    @property
    def words(self) -> str:
        """Under which name its result stands: `count`, or `sum:amount`."""
        return f"{self.kind}:{self.field}" if self.field else self.kind


Group: TypeAlias = Mapping[str, Value]
"""The keys of one group, and each measure under its own words."""


@dataclass(frozen=True, kw_only=True)
class BoardColumn:
    """One stage of a board."""

    stage: str | None
    count: int
    total: Value
    """The sum of the board's total field."""
    records: tuple[Record, ...]
    """The first cards."""
    next: str | None
    """What to ask for to see more cards."""


class NotAllowed(Exception):
    """The question touches what the person may not see; carries the words for them."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class NotUnderstood(NotAllowed):
    """The question makes no sense: no such field, or a value of another kind."""

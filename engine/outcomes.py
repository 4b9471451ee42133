"""What can come of something that a person or a program asked for?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.problems import Location
from engine.record import Record, Value, Values
from engine.wording import Message


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something was not done; `subject` is the id of the field, condition, evidence item or
    workflow."""

    kind: Literal["field", "condition", "evidence", "approval", "order", "access"]
    subject: str
    message: Message
    at: Location | None = None
    """The line of the rule; shown to authors only."""
    rule: str = ""
    """What `engine.why` calls the rule; empty for those that need no explanation."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was typed or sent, read: the values given, and what could not be read."""

    values: Values
    complaints: Mapping[str, tuple[Message, ...]]
    """By field id; a cell of a line field is `<field>.<row>.<cell>`, counted from 0."""
    typed: Mapping[str, tuple[str, ...]]
    """As it came, to be shown again."""


@dataclass(frozen=True)
class Saved:
    """Done; the record as it is now."""

    record: Record


@dataclass(frozen=True)
class Invalid:
    """Not done: what was given can't be taken. Every complaint at once."""

    complaints: Mapping[str, tuple[Message, ...]]
    """By field id; a failed check that belongs to no field stands under `""`."""


@dataclass(frozen=True)
class Refusal:
    """Not done: a gate or a rule is in the way. Every reason at once."""

    reasons: tuple[Reason, ...]
    may_override: bool = False


@dataclass(frozen=True, kw_only=True)
class Clash:
    """One field that two people changed."""

    field: str
    base: Value
    mine: Value
    theirs: Value


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Not done: somebody else changed the same fields meanwhile."""

    record: Record
    """As it stands now, with theirs in it."""
    clashes: tuple[Clash, ...]
    theirs_by: str | None
    theirs_at: str | None
    mine: Values = field(default_factory=dict)
    """Everything that the actor changed, clashing or not: what to send again once settled."""


@dataclass(frozen=True)
class Denied:
    """Not done: the actor has no right to."""

    message: Message


@dataclass(frozen=True)
class Missing:
    """There is no such record, or the actor may not know of it."""


Outcome = Saved | Invalid | Refusal | Conflict | Denied | Missing

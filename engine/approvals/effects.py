"""What must the runtime do when something became of an approval?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from engine.record import Values
from engine.wording import Message

TaskKind = Literal["approve", "handle", "cc", "opinion", "todo"]
"""`todo` asks the submitter to hand in again."""

NoticeKind = Literal["result", "urge", "reminder", "escalation", "change", "trouble"]
"""That there is a task is told by the task itself."""


@dataclass(frozen=True, kw_only=True)
class OpenTask:
    """A person has something to do. The seat's id is the task's key within the run."""

    seat: str
    person: str
    kind: TaskKind
    step: str
    title: Message
    note: Message | None = None
    due: datetime | None = None
    sees: tuple[str, ...] = ()
    """The only fields that are shown to the person; all without any."""
    edit: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Fields that have changed since the person last decided here."""


@dataclass(frozen=True, kw_only=True)
class CloseTask:
    """A task is over; `void` means that nothing is asked of the person any more."""

    seat: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class MoveDue:
    """A task is due at another moment than before."""

    seat: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Notify:
    """People read something; the same key tells nobody twice within the run."""

    people: tuple[str, ...]
    text: Message
    kind: NoticeKind
    key: str
    seat: str | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class WakeAt:
    """Wake the run then; an earlier wish no longer counts. None: no need to."""

    when: datetime | None


@dataclass(frozen=True, kw_only=True)
class SetFields:
    """Fields of the record get values: by a person (`by`), or because the approval says so."""

    values: Values
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Note:
    """A line of the record's history."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    """JSON."""
    by: str | None = None


@dataclass(frozen=True, kw_only=True)
class StartChild:
    """Submit another record, or this one, by another workflow; `ChildEnded` tells how it ended."""

    visit: int
    workflow: str
    of: str | None = None
    """The reference field that names the record; this record without it."""


@dataclass(frozen=True, kw_only=True)
class CancelChild:
    """The approval that was waited for is not needed any more."""

    visit: int


@dataclass(frozen=True, kw_only=True)
class Ended:
    """It is over; the record is free again."""

    outcome: Literal["agreed", "refused", "withdrawn", "cancelled"]


Effect: TypeAlias = (
    OpenTask | CloseTask | MoveDue | Notify | WakeAt | SetFields | Note
    | StartChild | CancelChild | Ended
)  # fmt: skip

"""What can be asked of an approval?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from engine.record import Values

People: TypeAlias = tuple[str, ...]
Chosen: TypeAlias = Mapping[str, People]
"""By step, who was chosen to decide there."""


@dataclass(frozen=True, kw_only=True)
class Submit:
    """Start an approval: the one command that needs no run."""

    run: str
    """The id of the new approval."""
    record: str
    remark: str | None = None
    chosen: Chosen = field(default_factory=dict)
    automatic: bool = False
    """Nobody pressed a button, so it does not matter which roles may."""


@dataclass(frozen=True, kw_only=True)
class Agree:
    """Agree to what a seat asks about."""

    seat: str
    opinion: str | None = None
    values: Values = field(default_factory=dict)
    """Fields that are changed on the way."""
    chosen: Chosen = field(default_factory=dict)
    signature: str | None = None
    """The id of a file."""
    confirmed: bool = False
    """The password was given once more, and was right."""


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """Refuse what a seat asks about."""

    seat: str
    opinion: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Return:
    """Send the record back, to `submitter`, `previous` or an earlier step."""

    seat: str
    to: str = "submitter"
    resubmit: Literal["all", "straight", "changed"] | None = None
    """None: as the step says."""
    opinion: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class Resubmit:
    """Hand in again what was returned to the submitter."""

    remark: str | None = None
    chosen: Chosen = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Let somebody else decide instead."""

    seat: str
    to: str
    opinion: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddSigner:
    """Let others sign as well: before oneself, or after, which is agreeing oneself."""

    seat: str
    people: People
    place: Literal["before", "after"] = "before"
    opinion: str | None = None
    signature: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class AskOpinion:
    """Ask others what they think; it binds nobody."""

    seat: str
    people: People
    question: str | None = None


@dataclass(frozen=True, kw_only=True)
class Opine:
    """Say what one thinks."""

    seat: str
    opinion: str


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """Take the whole thing back, as who submitted it."""

    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class TakeBack:
    """Undo one's own decision."""

    seat: str


@dataclass(frozen=True, kw_only=True)
class Urge:
    """Ask those who must decide to hurry."""


@dataclass(frozen=True, kw_only=True)
class Handle:
    """Fill in what a seat asks for."""

    seat: str
    values: Values = field(default_factory=dict)
    opinion: str | None = None
    chosen: Chosen = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Acknowledge:
    """Say that one has seen a copy."""

    seat: str


@dataclass(frozen=True, kw_only=True)
class ChildEnded:
    """An approval that this one waits for is over, or could not begin (`failed`)."""

    visit: int
    outcome: Literal["agreed", "refused", "withdrawn", "cancelled", "failed"]


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """End it because it makes no sense any more, as when the record was deleted."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Wake:
    """Look at everything anew: deadlines, waits, people who left, a record that has changed."""


Command: TypeAlias = (
    Submit | Agree | Refuse | Return | Resubmit | Transfer | AddSigner | AskOpinion | Opine
    | Withdraw | TakeBack | Urge | Handle | Acknowledge | ChildEnded | Cancel | Wake
)  # fmt: skip

"""As whom does a rule act, and what has it in hand?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.app import Rule
from engine.record import Actor, Record
from engine.wording import Message, words
from runtime.store import Event
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work


class Outrun(Exception):
    """Somebody else changed the record meanwhile: nothing of this attempt is kept, and it is
    made anew on what they left."""


def actor_of(rule: Rule) -> Actor:
    """Return the actor that a rule is: it sees and may change every record of its app, as the
    author of the app decides, and is nobody's deputy; checks and gates hold for it too."""
    return Actor(id=rule.actor, name=words(rule.definition.label, "zh"), admin=True)


def act_of(rule: Rule, cause: Event | None) -> Act:
    """Return the act of a rule that follows from an event, or from the clock."""
    return Act(
        actor=actor_of(rule),
        door="automation",
        reason=words(rule.definition.label, "zh"),
        cause=cause.id if cause else None,
        depth=cause.depth + 1 if cause else 1,
    )


@dataclass(kw_only=True)
class Doing:
    """One action of a rule while it is done."""

    work: Work
    rule: Rule
    run: RuleRun
    number: int
    record: Record
    """As the actions before left it."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What expressions see besides: `body` of what was told from outside, `answer` of what was
    asked there."""

    @property
    def row(self) -> Mapping[str, Any]:
        """The record as expressions see it now."""
        return {**self.work.row(self.record), **self.more}

    @property
    def key(self) -> str:
        """What this action is called wherever it must have an effect only once."""
        return f"{self.run.id}:{self.number}"

    def value(self, name: str) -> Any:
        """Return what one of the action's expressions gives."""
        return self.rule.logic[f"{self.number}/{name}"].value(self.row, self.work.env)


@dataclass(frozen=True, kw_only=True)
class Did:
    """Done, and what it was."""

    told: Mapping[str, Any] = field(default_factory=dict)
    record: Record | None = None
    """The rule's own record, if it is another now."""


@dataclass(frozen=True)
class Failed:
    """Not done; somebody can set right what is in the way and let it go on from here."""

    message: Message


@dataclass(frozen=True)
class Enough:
    """Nothing else is to be done."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Asked of another system; what stands after it is done once that has answered."""

    told: Mapping[str, Any] = field(default_factory=dict)


Came = Did | Failed | Enough | Waits
"""What can come of an action."""


def first_of(complaints: Mapping[str, tuple[Message, ...]]) -> Failed:
    """Return complaints as the reason why an action was not done."""
    said = [message for messages in complaints.values() for message in messages]
    return Failed(Message("{reasons}", reasons=said))

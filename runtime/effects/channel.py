"""What is a channel: what must be set up for it, whom does it reach, and how does it send?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.wording import Message
from runtime.effects.net.guard import Guard
from runtime.effects.net.http import NoAnswer, Outbound
from runtime.effects.passes import Passes
from runtime.store.people import Person

if TYPE_CHECKING:
    from runtime.effects.incoming import Ear


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One thing that an administrator fills in for a channel."""

    id: str
    label: Message
    kind: Literal["text", "secret", "whole", "choice"] = "text"
    required: bool = True
    default: str = ""
    help: Message | None = None
    choices: tuple[tuple[str, Message], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Doors:
    """The ways to the network that a channel may use, and what it remembers meanwhile."""

    guard: Guard
    outbound: Outbound
    passes: Passes


@dataclass(frozen=True, kw_only=True)
class Set:
    """A channel as it was set up, its secrets opened."""

    channel: str
    values: Mapping[str, str]

    def __getitem__(self, id_: str) -> str:
        return self.values.get(id_, "")


@dataclass(frozen=True, kw_only=True)
class Button:
    """What can be done right in the message, where the provider tells us of it."""

    verb: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message in somebody's language, ready to be sent."""

    title: str
    text: str
    lines: tuple[str, ...] = ()
    """Further messages that are told together with it."""
    link: str | None = None
    """Where the page of it is; None while nobody said at which address the workspace is."""
    link_text: str = ""
    act: str | None = None
    """A link by which one may decide at once, without signing in."""
    act_text: str = ""
    buttons: tuple[Button, ...] = ()
    key: str = ""
    """The same letter has the same key, however often it is tried."""

    headline: str = ""
    """Title and text in one line, where there is room for one only."""

    @property
    def whole(self) -> str:
        """All of its words."""
        return "\n".join((self.text, *self.lines))


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One message for one person, with all that is needed to send it."""

    doors: Doors
    set: Set
    person: Person
    address: str
    letter: Letter
    now: datetime
    back: str = ""
    """The address at which the provider tells us of buttons."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The provider has taken it."""

    reference: str | None = None
    """By which the message can be changed later."""
    milliseconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The provider has not taken it."""

    code: str
    """The provider's own code, or one of NoAnswer's."""
    detail: str
    again: bool
    """Whether trying again can help."""
    milliseconds: int = 0

    @staticmethod
    def without(answer: NoAnswer) -> Failed:
        """Return what it means that nothing came back."""
        return Failed(code=answer.code, detail=answer.detail, again=answer.again)


Outcome: TypeAlias = Sent | Failed


@dataclass(frozen=True, kw_only=True)
class Update:
    """A message that was sent, and what is to stand there instead: the matter is settled."""

    doors: Doors
    set: Set
    address: str
    reference: str
    letter: Letter


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One way to reach people; its id is the name of its file in `channels/`."""

    label: Message
    symbol: str
    settings: tuple[Setting, ...]
    address: Callable[[Doors, Set, Person], str | Failed]
    """Returns where somebody is reached. May ask the provider."""
    send: Callable[[Parcel], Outcome]
    looks_up: bool = False
    """The provider is asked for the address by phone number; its answer is kept."""
    unknown: frozenset[str] = frozenset()
    """Codes by which it says that it knows nobody of that address any more."""
    update: Callable[[Update], Outcome] | None = None
    """Changes a message in place, where the provider can."""
    ear: Ear | None = None
    """Understands what the provider tells us of buttons."""
    help: Message | None = field(default=None)

"""What do all triggers have in common, and what must each be able to say?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from engine.rules.consequence import Consequence
from engine.rules.happened import Happened
from engine.rules.looking import Looking
from engine.rules.stretch import Stretch
from engine.rules.window import Window
from engine.wording import Message


class Trigger(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """What sets a rule off."""

    title: ClassVar[Mapping[str, str]] = {}
    """What it is called, in each language."""
    about: ClassVar[Mapping[str, str]] = {}
    """One sentence on when it goes off, in each language."""
    titles: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """What its keys are called and do: Chinese, English, and help in both where it is needed."""
    by_clock: ClassVar[bool] = False
    """Whether it waits for time to pass, rather than for something that happens."""

    replays: ClassVar[bool] = True
    """Whether the log of what happened tells when it would have gone off."""

    remembers: ClassVar[bool] = False
    """Whether it has to know when it last looked at the clock."""

    @property
    def type(self) -> str:
        """The word in the YAML."""
        return str(self.__struct_config__.tag)

    @property
    def of_a_record(self) -> bool:
        """Whether there is a record that it goes off for."""
        return True

    @property
    def heard_at(self) -> str | None:
        """The form where it listens, if that is not the rule's own."""
        return None

    def hears(self, happened: Happened) -> bool:
        """Tell whether this is what it waits for."""
        return False

    def follows_from(self, consequence: Consequence) -> bool:
        """Tell whether something that a rule brings about, where it listens, sets it off."""
        return False

    def windows(self, looking: Looking) -> tuple[Window, ...]:
        """Return which records have their moment now."""
        return ()

    @property
    def watched(self) -> str | None:
        """The column that says which records have their moment, if it is one of their own."""
        return None

    def moments(self, stretch: Stretch) -> Iterator[datetime]:
        """Yield when it would have gone off for a record while that stood as it did."""
        yield from ()

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        """Yield what is wrong with its options together: the option, and words for authors."""
        yield from ()

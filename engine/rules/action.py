"""What do all actions of rules have in common?"""

from collections.abc import Iterator, Mapping
from typing import ClassVar

import msgspec
from msgspec import Struct

from engine.field import Feel, Id
from engine.rules.consequence import Consequence
from engine.wording import Message


class Action(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """One thing that a rule does."""

    title: ClassVar[Mapping[str, str]] = {}
    """What it is called, in each language."""
    about: ClassVar[Mapping[str, str]] = {}
    """One sentence on what it does, in each language."""
    titles: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """What its keys are called and do: Chinese, English, and help in both where it is needed."""

    for_figures: ClassVar[bool] = False
    """Whether it can be done without a record, as for a figure of many."""

    id: Id | None = None
    """What translations call it; its type, if it is not said."""
    only_if: Feel | None = msgspec.field(default=None, name="if")
    """Left out unless this holds when its turn comes."""

    @property
    def type(self) -> str:
        """The word in the YAML."""
        return str(self.__struct_config__.tag)

    def brings_about(self, form: str) -> Iterator[Consequence]:
        """Yield what it may bring about; `form` is the rule's own."""
        yield from ()

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        """Yield what is wrong with its options together: the option, and words for authors."""
        yield from ()

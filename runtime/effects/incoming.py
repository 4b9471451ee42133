"""What may come in from a provider, and within which limits is it believed?"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from runtime.effects.channel import Set

WINDOW = timedelta(minutes=5)
"""How far the moment that a provider signed may lie from ours; older ones may be replayed."""
THOUSAND_YEARS = 10**11
"""Seconds never have so many digits; what is larger counts milliseconds."""


@dataclass(frozen=True, kw_only=True)
class Knock:
    """A request as it came in; nothing of it is believed yet."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Their names in small letters."""
    body: bytes
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """Somebody pressed a button of a card that we sent."""

    key: str
    """The same press has the same key, however often it is told."""
    address: str
    """As whom the provider knows them."""
    delivery: str
    verb: str
    reference: str | None = None
    """By which the card can be changed from now on, where it is another one than before."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the provider gets to hear."""

    body: str = ""
    mimetype: str = "text/plain"


Heard: TypeAlias = Pressed | Reply | None
"""A press, something that is answered at once, or nothing that we believe."""


@dataclass(frozen=True, kw_only=True)
class Ear:
    """How a channel understands what its provider tells us."""

    needs: tuple[str, ...]
    """The settings without which nothing is believed."""
    hear: Callable[[Set, Knock], Heard]
    reply: Callable[[str, bool], Reply]
    """Answers a press with some words, and whether what was wanted is done."""
    registers: bool = False
    """Whether we tell the provider ourselves where to tell us."""
    speaks: bool = True
    """Whether the words of the answer are shown to who pressed."""

    def open(self, kept: Set) -> bool:
        """Tell whether the channel is set up to listen."""
        return all(kept[name] for name in self.needs)


def same(given: str, wanted: str) -> bool:
    """Compare two signatures without telling by the time it takes how far they agree."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def fresh(text: str, now: datetime) -> bool:
    """Tell whether a signed moment, in seconds or milliseconds since 1970, is about now."""
    if not (text.isascii() and text.isdecimal()) or len(text) > len(str(THOUSAND_YEARS)) + 3:
        return False
    moment = int(text) / 1000 if int(text) >= THOUSAND_YEARS else float(text)
    return abs(now.timestamp() - moment) <= WINDOW.total_seconds()

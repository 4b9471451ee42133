"""Somebody who looks at the draft of an app, without a workspace around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from designer.panels.around import Around
from engine.editing.draft import Draft


class NoPeople:
    """A store in which nobody is known."""

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Give what reads people."""
        yield SimpleNamespace(people=SimpleNamespace(list=tuple))


@dataclass(frozen=True)
class Bare:
    """Services that hold no app beside the draft."""

    apps: Mapping[str, Any] = field(default_factory=dict)
    store: NoPeople = field(default_factory=NoPeople)


@dataclass(frozen=True)
class Look:
    """What panels have to know of a page."""

    draft: Draft
    locale: str = "zh"
    services: Any = field(default_factory=Bare)

    @property
    def visit(self) -> Any:
        """Who looks."""
        return SimpleNamespace(locale=self.locale)


def around(draft: Draft, locale: str = "zh") -> Around:
    """Return the surroundings of the places of a draft."""
    look: Any = Look(draft, locale)
    return Around(look)

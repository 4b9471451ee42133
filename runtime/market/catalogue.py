"""Which apps can be installed here, and from where?"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from msgspec.structs import replace

from engine.packages.broken import BrokenPackage
from engine.packages.index import Entry, Index, Offer
from engine.packages.package import Package
from engine.packages.versions import parts
from engine.wording import Message
from runtime.effects.opening import doors_of
from runtime.market.opened import opened
from runtime.market.uploads import upload_of
from runtime.market.wheel import Wheel
from runtime.packages.shelf import Shelf
from runtime.services import Services

KEPT = 60.0
"""Seconds for which it is not asked again what a server offers."""


class Source(Protocol):
    """Where apps come from."""

    @property
    def id(self) -> str: ...
    def index(self) -> Index: ...
    def package(self, offer: Offer) -> Package: ...
    def picture(self, name: str) -> bytes | None: ...


@dataclass(frozen=True)
class Offering:
    """One app, with where it comes from."""

    source: Source
    entry: Entry

    @property
    def latest(self) -> Offer:
        """The newest version of it."""
        return self.entry.versions[0]

    @property
    def shipped(self) -> bool:
        """Whether it came along with the platform, whose makers vouch for it."""
        return isinstance(self.source, Wheel)

    def package(self) -> Package:
        """Return the newest version, checked. Raises BrokenPackage or BrokenApp."""
        return self.source.package(self.latest)

    def newer(self, installed: str) -> bool:
        """Tell whether a later version than the installed one is offered."""
        return parts(self.latest.version) > parts(installed)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything that is offered, by app, and why a store is not there if it is not."""

    offerings: Mapping[str, Offering]
    problem: Message | None = None


@dataclass(frozen=True)
class _Remembering:
    """A store whose packages are checked once, and that is not asked all the time."""

    shelf: Shelf
    id: str = "shelf"
    _known: dict[str, tuple[float, Index]] = field(default_factory=dict)

    def index(self) -> Index:
        known = self._known.get("index")
        if known is not None and time.monotonic() - known[0] < KEPT and self._far:
            return known[1]
        found = self.shelf.index()
        self._known["index"] = (time.monotonic(), found)
        return found

    @property
    def _far(self) -> bool:
        return self.shelf.place.startswith(("http://", "https://"))

    def package(self, offer: Offer) -> Package:
        return opened(offer.sha256, lambda: self.shelf.content(offer))

    def picture(self, name: str) -> bytes | None:
        return self.shelf.picture(name)


_STORES: dict[str, _Remembering] = {}


def catalogue(services: Services) -> Catalogue:
    """Return what can be installed: what the store of the workspace offers, then what came along
    with the platform."""
    offerings: dict[str, Offering] = {}
    problem = None
    store = _store(services)
    if store is not None:
        try:
            index = store.index()
            offerings = {entry.app: Offering(store, entry) for entry in index.apps}
        except BrokenPackage as broken:
            problem = broken.message
    wheel = Wheel()
    for entry in wheel.index().apps:
        offerings.setdefault(entry.app, Offering(wheel, entry))
    return Catalogue(offerings=offerings, problem=problem)


def offering(services: Services, app: str, source: str | None = None) -> Offering | None:
    """Return an app that can be installed; with the name of a source, as it is there. Raises
    BrokenPackage or BrokenApp where a file was brought that is unsound."""
    if source is None or source in ("shelf", "wheel"):
        found = catalogue(services).offerings.get(app)
        return found if found and source in (None, found.source.id) else None
    brought = upload_of(services, source)
    if brought is None:
        return None
    entry = brought.entry()
    return Offering(brought, entry) if entry.app == app else None


def only_version(found: Offering, digest: str) -> Offering | None:
    """Return an app as the version that somebody looked at; None if it is offered no longer."""
    versions = tuple(one for one in found.entry.versions if one.sha256 == digest)
    if not versions:
        return None
    return Offering(found.source, replace(found.entry, versions=versions))


def _store(services: Services) -> _Remembering | None:
    place = services.settings.store
    if place is None:
        return None
    known = _STORES.get(place)
    shelf = Shelf(place, doors_of(services.settings).outbound)
    if known is None or known.shelf != shelf:
        known = _STORES[place] = _Remembering(shelf)
    return known

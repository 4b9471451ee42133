"""Where in the files does each thing of an app stand?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from engine.loading.build import Built
from engine.loading.walk import things
from engine.problems import Location


class Places(Mapping[str, Location]):
    """The places of an app's things by their paths of ids, found out when one is asked for."""

    def __init__(self, built: Built) -> None:
        self._built = built

    def __getitem__(self, path: str) -> Location:
        return self._found[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @cached_property
    def _found(self) -> dict[str, Location]:
        places: dict[str, Location] = {}
        for root, part in self._built.named():
            for thing in things(part.definition, root, part.spot):
                path = "/".join(thing.path)
                places.setdefault(path, thing.spot.at)
                for at, id_ in enumerate(getattr(thing.struct, "fields", ()) or ()):
                    if isinstance(id_, str):
                        places.setdefault(f"{path}/fields/{id_}", (thing.spot / "fields" / at).at)
        return {**places, **_told(self._built), **_own(self._built)}


def _told(built: Built) -> dict[str, Location]:
    return {
        f"scenarios/{number}/steps/{at}": (part.spot / "steps" / at).at
        for number, part in enumerate(built.scenario)
        for at in range(len(part.definition.steps))
    }


def _own(built: Built) -> dict[str, Location]:
    """The checks that came with a type stand in the file of the type."""
    return {
        f"forms/{part.definition.form}/checks/{id_}": place
        for part in built.form
        for id_, place in part.source.own.checks.items()
    }

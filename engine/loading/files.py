"""What do the files of an app hold, when some of them were looked at before?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.app import App
from engine.loading.build import Built, build
from engine.loading.check import Fitting, shape_problems
from engine.loading.folder import MANIFEST, kind_of, no_manifest, read_app
from engine.loading.link import link
from engine.loading.own_type_files import OwnTypes, own_types, without_told, written_out
from engine.loading.own_types import asks_own
from engine.loading.sharing import shared
from engine.loading.source import Source
from engine.problems import BrokenApp, Problem

MOST_REMEMBERED = 50_000
"""So many parts of a file are remembered to fit; then the remembering begins anew."""


@dataclass(frozen=True, eq=False)
class Looked:
    """One file of an app, read and checked, with what it defines."""

    text: str
    sources: tuple[Source, ...]
    built: Built
    problems: tuple[Problem, ...]
    fitting: Fitting = field(repr=False)
    known: dict[str, Any] = field(default_factory=dict, repr=False)
    """What was found out with the types of the app's own, as long as those are the same."""

    @property
    def waits(self) -> bool:
        """Whether it can only be looked at together with the types of the app's own."""
        return any(one.kind == "type" or asks_own(one) for one in self.sources)


def look(path: str, text: str) -> Looked:
    """Read a file and check its shape."""
    sources, problems = read_file(path, text)
    return _looked(text, sources, problems, {})


def look_again(known: Looked, sources: Sequence[Source]) -> Looked:
    """Check a file that was changed and read already; what is as before is not checked again."""
    alike = len(known.sources) == len(sources)
    if alike:
        pairs = zip(known.sources, sources, strict=True)
        sources = [replace(new, data=shared(old.data, new.data)) for old, new in pairs]
    fitting = known.fitting if len(known.fitting) < MOST_REMEMBERED else {}
    return _looked(sources[0].text, sources, [], fitting)


def read_file(path: str, text: str) -> tuple[list[Source], list[Problem]]:
    """Read one file of an app."""
    sources, problems = read_app({path: text})
    return sources, [one for one in problems if one.code != "folder.manifest"]


def _looked(
    text: str, sources: Sequence[Source], problems: list[Problem], fitting: Fitting
) -> Looked:
    looked = Looked(text, tuple(sources), Built(), tuple(problems), fitting)
    if problems or looked.waits:
        return looked
    built, wrong = _built(sources, fitting)
    return replace(looked, built=built, problems=tuple(wrong))


def _built(sources: Iterable[Source], fitting: Fitting) -> tuple[Built, list[Problem]]:
    problems = [one for source in sources for one in shape_problems(source, fitting)]
    return (Built(), problems) if problems else build(sources)


NOT_SERVED = ("data", "scenario")
"""The kinds of files that only the installation and the tests of an app look at."""


def linked(
    files: Mapping[str, Looked], *, whole: bool = False
) -> tuple[App | None, tuple[Problem, ...]]:
    """Return the app that the files make up, or what is wrong with it; the demo data and the
    scenarios only have to be well-formed, unless the app is asked for as a whole."""
    found = _own_types(files)
    parts = [_written_out(one, found) for one in files.values()]
    problems = [*found.problems, *(problem for _, wrong in parts for problem in wrong)]
    if MANIFEST not in files:
        problems.append(no_manifest())
    if problems:
        return None, BrokenApp(problems).problems
    built = _together(part for part, _ in parts)
    built.type += found.parts
    if not whole:
        built = replace(built, **{kind: [] for kind in NOT_SERVED})
    app, problems = link(built)
    return (None, BrokenApp(problems).problems) if problems else (app, ())


def _own_types(files: Mapping[str, Looked]) -> OwnTypes:
    """Return the app's own types, found out again only if a file that matters was changed."""
    types = [one for path, one in files.items() if kind_of(path) == "type"]
    if not types:
        return OwnTypes({})
    texts = [one for path, one in files.items() if kind_of(path) == "locale"]
    sources = tuple(source for one in (*types, *texts) for source in one.sources)
    before = types[0].known.get("types")
    if before is not None and before[0] == sources:
        kept: OwnTypes = before[1]
        return kept
    found = own_types(sources)
    types[0].known["types"] = (sources, found)
    return found


def _written_out(one: Looked, found: OwnTypes) -> tuple[Built, Sequence[Problem]]:
    if one.problems or not one.waits:
        return one.built, one.problems
    before = one.known.get("built")
    if before is not None and before[0] == found.types:
        kept: Built = before[1]
        return kept, ()
    sources, wrong = written_out(one.sources, found)
    built, problems = _built(sources, one.fitting)
    problems = [*wrong, *without_told(problems, wrong)]
    if not problems and not found.problems:
        one.known["built"] = (found.types, built)
    return built, problems


def _together(parts: Iterable[Built]) -> Built:
    whole = Built()
    for one in parts:
        for kind, inside in vars(one).items():
            getattr(whole, kind).extend(inside)
    return whole

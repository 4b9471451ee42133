"""What do the files of an app hold, when some of them were looked at before?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.app import App
from engine.loading.build import Built, build
from engine.loading.check import Fitting, shape_problems
from engine.loading.folder import read_app
from engine.loading.link import link
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
    problems = [*problems, *(one for source in sources for one in shape_problems(source, fitting))]
    built = Built()
    if not problems:
        built, problems = build(sources)
    return Looked(text, tuple(sources), built, tuple(problems), fitting)


NOT_SERVED = ("data", "scenario")
"""The kinds of files that only the installation and the tests of an app look at."""


def linked(
    files: Mapping[str, Looked], *, whole: bool = False
) -> tuple[App | None, tuple[Problem, ...]]:
    """Return the app that the files make up, or what is wrong with it; the demo data and the
    scenarios only have to be well-formed, unless the app is asked for as a whole."""
    problems = [problem for one in files.values() for problem in one.problems]
    if problems:
        return None, BrokenApp(problems).problems
    built = _together(files.values())
    if not whole:
        built = replace(built, **{kind: [] for kind in NOT_SERVED})
    app, problems = link(built)
    return (None, BrokenApp(problems).problems) if problems else (app, ())


def _together(files: Iterable[Looked]) -> Built:
    whole = Built()
    for one in files:
        for kind, parts in vars(one.built).items():
            getattr(whole, kind).extend(parts)
    return whole

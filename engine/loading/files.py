"""What do the files of an app hold, when some of them were looked at before?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.app import App
from engine.loading.build import Built, build
from engine.loading.check import shape_problems
from engine.loading.folder import read_app
from engine.loading.link import link
from engine.loading.source import Source
from engine.problems import BrokenApp, Problem


@dataclass(frozen=True, eq=False)
class Looked:
    """One file of an app, read and checked, with what it defines."""

    text: str
    sources: tuple[Source, ...]
    built: Built
    problems: tuple[Problem, ...]


def look(path: str, text: str) -> Looked:
    """Read a file and check its shape."""
    sources, problems = read_app({path: text})
    problems = [one for one in problems if one.code != "folder.manifest"]
    problems += [problem for one in sources for problem in shape_problems(one)]
    built = Built()
    if not problems:
        built, problems = build(sources)
    return Looked(text, tuple(sources), built, tuple(problems))


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

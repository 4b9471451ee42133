"""Is this an app, and what does it hold?"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from engine.app import App
from engine.loading.build import build
from engine.loading.check import shape_problems
from engine.loading.folder import Texts, read_app
from engine.loading.link import link
from engine.loading.own_type_files import own_types, without_told, written_out
from engine.problems import BrokenApp, Problem


def load_app(source: Texts, checked: bool = False) -> App:
    """Return the app in a folder, or in texts or bytes by relative path.

    Raises BrokenApp with every problem of the step that failed: reading, shape, or links.
    Content that passed before may skip the look at its shape by `checked`.
    """
    app, problems = _attempt(source, checked)
    if app is None or problems:
        raise BrokenApp(problems)
    return app


def problems_of(source: Texts) -> list[Problem]:
    """Return what is wrong with an app, in the order of its files; nothing if it is sound."""
    _, problems = _attempt(source, checked=False)
    return list(BrokenApp(problems).problems)


def _attempt(source: Texts, checked: bool) -> tuple[App | None, list[Problem]]:
    sources, problems = read_app(source)
    found = own_types(sources)
    sources, wrong = written_out(sources, found)
    problems += [*found.problems, *wrong]
    if not checked:
        shapes = [problem for one in sources for problem in shape_problems(one)]
        problems += without_told(shapes, wrong)
    if problems:
        return None, problems
    built, problems = build(sources)
    built.type += found.parts
    if problems:
        return None, problems
    app, problems = link(built)
    # The places are found out now: an app that is served should not hold the texts of its files.
    return replace(app, places=dict(app.places)), problems


if __name__ == "__main__":
    found = problems_of(Path(sys.argv[1]))
    sys.stdout.write("".join(f"{problem}\n" for problem in found))
    sys.exit(bool(found))

"""Do the scenarios of both versions come out as told, before an upgrade and after it?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

from designer.trying.naming import in_words, names_of
from engine.app import App
from engine.editing.draft import Draft
from engine.editing.mending import Mended, mended
from engine.loading.files import look
from engine.loading.folder import kind_of
from engine.loading.writing.files import file_text
from runtime.scenarios.run import Result, play_scenarios
from runtime.store.told import told
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import PeopleFile, read_people

LONGEST = 900.0
"""Seconds for all of them; what is left then is said to be left."""
MOST_WORDS = 8
FORMER = "scenarios/former_{n}.yaml"
Told: TypeAlias = dict[str, Any]


def play_both(before: Mended, after: Mended, progress: Callable[[int, int], None]) -> Told:
    """Play what an app tells of itself, as it is and as it will be, and, on what it will be, what
    only the former version told; return how many came out and which did not."""
    former, gone = _former(before, after)
    runs = (before, after, former)
    total = sum(len(one.app.scenarios) for one in runs)
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    until = time.monotonic() + LONGEST
    found: list[list[Told]] = []
    for one in runs:
        done = sum(map(len, found))
        found.append(list(_played(one, people, until, partial(_further, progress, done, total))))
    earlier = {one["sentence"] for one in found[0] if not one["passed"]}
    return {
        "before": _counted(found[0]),
        "after": _counted(found[1]),
        "failed": [
            {**one, "new": one["sentence"] not in earlier} for one in found[1] if not one["passed"]
        ],
        "former": _counted(found[2]),
        "former_failed": [one for one in found[2] if not one["passed"]],
        "former_gone": gone,
        "left": total - sum(map(len, found)),
    }


def _further(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _played(
    one: Mended, people: PeopleFile, until: float, further: Callable[[int], None]
) -> Iterator[Told]:
    files = {path: text.encode() for path, text in one.files.items()}
    results = play_scenarios(one.app, files, people, range(len(one.app.scenarios)))
    for done, result in enumerate(results, start=1):
        further(done)
        yield _plain(one.app, result, people)
        if time.monotonic() > until:
            break


def _plain(app: App, result: Result, people: PeopleFile) -> Told:
    names = names_of(app, result.number, people)
    said = [in_words(names, result.failed_at, each.message) for each in result.differences]
    return {
        "sentence": result.scenario,
        "passed": result.passed,
        "words": [told(message) for message in said[:MOST_WORDS]],
    }


def _counted(found: Sequence[Told]) -> Told:
    return {"passed": sum(one["passed"] for one in found), "total": len(found)}


def _former(before: Mended, after: Mended) -> tuple[Mended, int]:
    """Return the app with what only its former version told, and how many of those speak of what
    is no longer there."""
    known = dict(_documents(after))
    left = [data for sentence, data in _documents(before) if known.get(sentence) != data]
    looked = {
        path: look(path, text) for path, text in after.files.items() if kind_of(path) != "scenario"
    }
    for n, data in enumerate(left):
        path = FORMER.format(n=n)
        looked[path] = look(path, file_text(path, data))
    whole = mended(Draft(looked, after.app))
    return whole, len(left) - len(whole.app.scenarios)


def _documents(one: Mended) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, text in one.files.items():
        for source in look(path, text).sources if kind_of(path) == "scenario" else ():
            yield source.data["scenario"], source.data

"""What do the scenarios of a draft say, each played in a workspace that is thrown away?"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from designer.drafts.editing import open_held
from designer.drafts.held import Held
from designer.trying.naming import Names, in_words, names_of, place_of
from designer.trying.sentences import Sentences
from designer.trying.told_scenarios import Listed, scenarios_of
from engine.editing.mending import mended
from engine.editing.places import value_behind
from engine.loading.files import linked
from engine.loading.folder import kind_of
from engine.problems import Problem
from engine.wording import LOCALES, Message
from runtime.scenarios.run import Result, play_scenarios
from runtime.services import Services
from runtime.store.told import told
from runtime.workspace.packages import demo_people
from runtime.workspace.people_file import read_people

LONGEST = 600.0
"""Seconds for one run; what is left then is said to be left."""
MOST_WORDS = 8
Progress = Callable[[int, int], None]


def play_draft(
    services: Services, app: str, only: Collection[str], progress: Progress
) -> Mapping[str, Any]:
    """Play the scenarios of a draft, or only some, and return what came of each as plain data."""
    held = open_held(services, app)
    wanted = [one for one in scenarios_of(held.draft, held.draft) if not only or one.key in only]
    broken = _broken(held)
    whole = mended(held.draft)
    numbers = {one.scenario: number for number, one in enumerate(whole.app.scenarios)}
    sound = [one for one in wanted if one.key not in broken and one.sentence in numbers]
    found = {one.key: _unsound(one, broken.get(one.key, ())) for one in wanted}
    by_number = {numbers[one.sentence]: one for one in sound}
    files = {path: text.encode() for path, text in whole.files.items()}
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)
    until, done = time.monotonic() + LONGEST, 0
    progress(done, len(wanted))
    for result in play_scenarios(whole.app, files, people, by_number):
        done += 1
        one = by_number[result.number]
        names = names_of(whole.app, result.number, people)
        found[one.key] = _plain(one, result, names)
        progress(done, len(wanted))
        if time.monotonic() > until:
            break
    left = [one.key for one in sound[done:]]
    return {
        "rev": held.head.rev,
        "results": [found[one.key] for one in wanted if one.key not in left],
        "left": len(left),
    }


def _plain(one: Listed, result: Result, names: Names) -> dict[str, Any]:
    said = [in_words(names, result.failed_at, each.message) for each in result.differences]
    return {
        "key": one.key,
        "sentence": one.sentence,
        "passed": result.passed,
        "step": result.failed_at,
        "steps": result.steps,
        "seconds": round(result.seconds, 2),
        "words": [told(message) for message in said[:MOST_WORDS]],
        "did": _did(names, result.failed_at),
        "place": None if result.passed else place_of(names, result.failed_at),
    }


def _did(names: Names, at: int | None) -> Mapping[str, str]:
    """Return what was done in the step that came out otherwise, in each language."""
    if at is None:
        return {}
    say = {"app": names.app, "people": names.people, "records": names.records}
    step = names.scenario.steps[at]
    return {locale: Sentences(locale=locale, **say).step(step) for locale in LOCALES}  # type: ignore[arg-type]  # by name


def _unsound(one: Listed, problems: Collection[Problem]) -> dict[str, Any]:
    said = [problem.message for problem in problems] or [Message("这个场景读不出来")]
    return {
        "key": one.key,
        "sentence": one.sentence,
        "passed": False,
        "step": None,
        "steps": one.steps,
        "seconds": 0,
        "words": [told(message) for message in said[:MOST_WORDS]],
        "place": None,
    }


def _broken(held: Held) -> Mapping[str, list[Problem]]:
    """Return what is wrong with scenarios that speak of what is no longer there."""
    app, problems = linked(held.draft.looked, whole=True)
    found: dict[str, list[Problem]] = {}
    if app is not None:
        return found
    for problem in problems:
        if kind_of(problem.at.file) == "scenario":
            at = _document(held, problem)
            found.setdefault(f"{problem.at.file}#{at}", []).append(problem)
    return found


def _document(held: Held, problem: Problem) -> int:
    """Return in which document of its file a problem is."""
    found = value_behind(held.draft.documents, problem.at)
    return held.draft.documents[problem.at.file].index(found[0]) if found else 0

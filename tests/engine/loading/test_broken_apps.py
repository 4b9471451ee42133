"""Each folder of tests/broken is an app with a mistake, and the exact words that answer it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from engine.loading.load import load_app, problems_of
from engine.problems import BrokenApp

ROOT = Path(__file__).parents[3]
BROKEN = sorted((ROOT / "tests" / "broken").iterdir())
SOUND = ROOT / "tests" / "engine" / "loading" / "sound"


@cache
def english() -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((ROOT / "runtime" / "locales" / "en").glob("*.po")):
        with path.open("rb") as file:
            texts.update({str(entry.id): str(entry.string) for entry in read_po(file) if entry.id})
    return texts


def translate(text: str) -> str:
    return english().get(text, text)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_says_what_is_wrong_and_where(case: Path) -> None:
    with pytest.raises(BrokenApp) as broken:
        load_app(case / "app")

    assert f"{broken.value}\n" == (case / "expected.txt").read_text("utf-8")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_says_the_same_in_english(case: Path) -> None:
    problems = problems_of(case / "app")

    told = "".join(f"{problem.fill(translate, 'en')}\n" for problem in problems)

    assert told == (case / "expected.en.txt").read_text("utf-8")


def test_there_are_many_mistakes_to_make() -> None:
    assert len(BROKEN) >= 75


def test_the_app_that_the_broken_ones_are_made_from_is_sound() -> None:
    assert problems_of(SOUND) == []

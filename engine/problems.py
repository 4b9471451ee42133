"""What is wrong with an app, where, and what would be right?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from engine.wording import Message, Translate


@dataclass(frozen=True, order=True)
class Location:
    """A place in an app's files; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One mistake in an app, said to its author."""

    at: Location
    code: str
    message: Message

    def fill(self, translate: Translate | None = None, locale: str = "zh") -> str:
        """Return one line: place, words, code."""
        return f"{self.at}: {self.message.fill(translate, locale)} [{self.code}]"

    def __str__(self) -> str:
        return self.fill()


class BrokenApp(Exception):
    """An app that can't be used, with every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.at, problem.code)))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that resembles what was written, if one does."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None

"""How is a mistake of an app told to somebody who never saw its files?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.problems import Problem
from runtime.web.language import translate

MOST = 5


def refusals(problems: Iterable[Problem], locale: str) -> list[str]:
    """Return what is wrong, each thing once, in the person's language."""
    into = translate(locale)
    texts = dict.fromkeys(problem.message.fill(into, locale) for problem in problems)
    return list(texts)[:MOST]

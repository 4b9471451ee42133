"""What came of an act on one record, in words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.app import Form
from engine.outcomes import Outcome, Saved
from runtime.use_cases import reasons
from runtime.use_cases.bulk import Results
from runtime.web.language import translate


@dataclass(frozen=True, kw_only=True)
class Told:
    """One record of many, and why nothing was done with it."""

    id: str
    title: str
    reasons: tuple[str, ...]


def told_apart(
    form: Form, results: Results, titles: Mapping[str, str], locale: str
) -> tuple[int, tuple[Told, ...]]:
    """Return with how many it worked, and each of the others with its reasons."""
    done = sum(isinstance(outcome, Saved) for _, outcome in results)
    left = tuple(
        Told(id=id_, title=titles.get(id_, id_), reasons=reasons_of(form, outcome, locale))
        for id_, outcome in results
        if not isinstance(outcome, Saved)
    )
    return done, left


def reasons_of(form: Form, outcome: Outcome, locale: str) -> tuple[str, ...]:
    """Return every reason of a no, in words."""
    into = translate(locale)
    return tuple(reason.fill(into, locale) for reason in reasons.reasons_of(form, outcome))

"""Which indexes do the lists of a form have, and which would help?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from designer.speech import Speech
from engine.wording import Label, Message
from runtime.use_cases.advise_indexes import Advice


@dataclass(frozen=True)
class Proposal:
    """An index that the database lacks for some lists."""

    fields: str
    lists: str
    yaml: str


def declared_indexes(speech: Speech) -> tuple[str, ...]:
    """Return the indexes that the form declares, each as the fields that it is made of."""
    return tuple(speech.fields(index.fields) for index in speech.form.definition.indexes)


def proposals(speech: Speech, advice: Iterable[Advice]) -> tuple[Proposal, ...]:
    """Return the indexes that would help, in words."""
    return tuple(
        Proposal(
            fields=speech.fields(one.columns),
            lists=speech.listed(dict.fromkeys(_view(speech, asked.view) for asked in one.asked)),
            yaml=one.yaml,
        )
        for one in advice
    )


def _view(speech: Speech, label: Label | Message) -> str:
    return speech.fill(label) if isinstance(label, Message) else speech.words(label)

"""What came of an act on one record, in words?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Outcome, Refusal, Saved
from engine.wording import Message, words
from runtime.use_cases.bulk import Results
from runtime.web.language import translate

NO_WORDS = {
    Conflict: Message("其他人刚刚修改了它，请刷新后再试"),
    Missing: Message("它不存在，或您没有查看的权限"),
}


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

    def say(message: Message) -> str:
        return message.fill(into, locale)

    match outcome:
        case Refusal(reasons=reasons):
            return tuple(say(reason.message) for reason in reasons)
        case Invalid(complaints=complaints):
            return tuple(_complaints(form, complaints, say, locale))
        case Denied(message=message):
            return (say(message),)
    known = NO_WORDS.get(type(outcome))
    return (say(known),) if known else ()


def _complaints(
    form: Form,
    complaints: Mapping[str, tuple[Message, ...]],
    say: Callable[[Message], str],
    locale: str,
) -> list[str]:
    said = []
    for key, messages in complaints.items():
        field = form.fields.get(key.split(".")[0])
        label = f"{words(field.label, locale)}: " if field else ""
        said += [f"{label}{say(message)}" for message in messages]
    return said

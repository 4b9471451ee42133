"""What must be chosen before a field that looks at another form can be added, and from what?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from designer.speech import Speech
from engine.field import Field

NUMBERS = ("number", "integer", "money", "percent")


@dataclass(frozen=True)
class Choice:
    """One answer, with what it makes the new field say."""

    label: str
    seed: Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """Answers under a heading."""

    title: str
    choices: tuple[Choice, ...]


def first_choices(speech: Speech, type_: str) -> tuple[Choices, ...]:
    """Return what a new field of the type may look at, seen from its form."""
    match type_:
        case "reference" | "reference_list":
            found = _forms(speech)
        case "lookup":
            found = _lookups(speech)
        case _:
            found = _rollups(speech)
    return tuple(one for one in found if one.choices)


def _forms(speech: Speech) -> Iterator[Choices]:
    for app in (speech.app.id, *speech.app.definition.requires):
        if app in speech.apps:
            prefix = "" if app == speech.app.id else f"{app}."
            forms = speech.apps[app].forms.values()
            named = {f"{prefix}{form.id}": speech.words(form.definition.label) for form in forms}
            title = speech.words(speech.apps[app].definition.label)
            yield Choices(
                title,
                tuple(Choice(text, {"to": to, "label": text}) for to, text in named.items()),
            )


def _lookups(speech: Speech) -> Iterator[Choices]:
    for field in speech.form.fields.values():
        if field.type == "reference":
            other = speech.other(getattr(field, "to", ""))
            fields = other.form.fields.values() if other else ()
            yield Choices(
                speech.words(field.label),
                tuple(
                    Choice(
                        label := speech.words(one.label),
                        {"by": field.id, "field": one.id, "label": label},
                    )
                    for one in fields
                    if one.type not in ("lines", "lookup")
                ),
            )


def _rollups(speech: Speech) -> Iterator[Choices]:
    for form in speech.app.forms.values():
        other = Speech(speech.apps, form, speech.locale)
        for field in form.fields.values():
            if field.type == "reference" and getattr(field, "to", "") == speech.form.id:
                yield Choices(
                    speech.say(
                        "{form}中“{field}”指向本表的记录",
                        form=other.words(form.definition.label),
                        field=other.words(field.label),
                    ),
                    tuple(_measures(other, field)),
                )


def _measures(other: Speech, by: Field) -> Iterator[Choice]:
    form = other.form
    name = other.words(form.definition.label)
    base = {"form": form.id, "by": by.id}
    text = other.say("{form}的条数", form=name)
    yield Choice(text, {**base, "label": text})
    for field in form.fields.values():
        if field.type in NUMBERS:
            text = other.say("{field}合计", field=other.words(field.label))
            yield Choice(
                text, {**base, "measure": "sum", "of": field.id, **_result(field), "label": text}
            )


def _result(field: Field) -> Mapping[str, Any]:
    if field.type == "money":
        return {"result": "money", "currency": getattr(field, "currency", "CNY")}
    return {"result": field.type}

"""How does a page say what is wrong with an expression, and what it means?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.expressions import Slot
from engine.wording import LOCALES, Message
from runtime.use_cases.check_expression import (
    CheckedText,
    Complaint,
    check_expression,
    in_units,
)
from runtime.web.filters.fields import Fields
from runtime.web.filters.words import label_of
from runtime.web.language import translate
from runtime.web.showing import sayer

UNKNOWN = ("feel.unknown_name", "feel.unknown_field")
OPTION = "feel.unknown_option"


def checked(fields: Fields, text: str, slot: Slot) -> CheckedText:
    """Check an expression; who wrote what a thing is called is offered what it is written as."""
    found = check_expression(text, fields.scope, slot)
    complaints = tuple(_by_label(fields, text, each) for each in found.complaints)
    return replace(found, complaints=complaints)


def problems_of(found: CheckedText, text: str, locale: str) -> list[dict[str, Any]]:
    """Return what is wrong as the editor of the page takes it."""
    return [
        {
            "start": each.start,
            "end": each.end,
            "code": each.code,
            "message": each.message.fill(translate(locale), locale),
            "suggestion": each.suggestion,
        }
        for each in (in_units(text, complaint) for complaint in found.complaints)
    ]


def _by_label(fields: Fields, text: str, complaint: Complaint) -> Complaint:
    said = text[complaint.start : complaint.end].strip('"`“” ')
    if complaint.code in UNKNOWN:
        id_ = _field_called(fields, said)
        message = Message("“{label}”要写成 {id}", label=said, id=id_)
        return replace(complaint, message=message, suggestion=id_) if id_ else complaint
    if complaint.code == OPTION:
        id_ = _option_called(fields, said)
        message = Message("“{label}”要写成 {id}", label=said, id=f'"{id_}"')
        return replace(complaint, message=message, suggestion=f'"{id_}"') if id_ else complaint
    return complaint


def _field_called(fields: Fields, said: str) -> str | None:
    named = said.rpartition(".")[2]
    found = (
        id_
        for id_ in fields.scope.names
        for locale in LOCALES
        if label_of(fields.form, id_, locale) == named
    )
    return next(found, None)


def _option_called(fields: Fields, said: str) -> str | None:
    options = (option for each in fields.offered() for option in each.options)
    return next((id_ for id_, label in options if label == said), None)


def told_or_empty(words: str, text: str, locale: str) -> str:
    """Return what an expression means; nothing where it has no other words than its own."""
    say = sayer(locale)
    return say("意思是：{words}", words=words) if words and words != text else ""

"""Which blocks does a document of a form offer, and with what does each begin?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from designer.flows.rule_kinds import Offer
from designer.speech import Speech
from engine.app import Form
from engine.documents.catalog import BLOCKS

Beginning: TypeAlias = Mapping[str, Any] | None
"""What a block says at first besides its type; None where the form has nothing for it."""
ORDER = (
    "heading", "text", "fields", "lines", "related", "clauses", "signature", "image", "qr",
    "space", "page_break",
)  # fmt: skip
FIRST_FIELDS = 6


def block_offers(speech: Speech) -> Iterator[Offer]:
    """Yield every block that a document of the form can have."""
    for word in sorted(BLOCKS, key=lambda word: ORDER.index(word) if word in ORDER else 99):
        kind, begins = BLOCKS[word], _BEGINNINGS.get(word)
        more = begins(speech) if begins else {}
        if more is not None:
            title, about = kind.title[speech.locale], kind.about[speech.locale]
            yield Offer(word, title, about, kind.icon, {"type": word, **more})


def first_fields(speech: Speech) -> list[str]:
    """Return the fields that stand in a document at first."""
    shown = [
        one.id for one in speech.form.fields.values() if one.type not in ("lines", "file", "image")
    ]
    return shown[:FIRST_FIELDS]


def _heading(speech: Speech) -> Beginning:
    return {"text": speech.say("标题"), "level": 2}


def _text(speech: Speech) -> Beginning:
    return {"text": f"{{{speech.form.definition.title}}}"}


def _fields(speech: Speech) -> Beginning:
    return {"fields": first_fields(speech)}


def _lines(speech: Speech) -> Beginning:
    return _first(speech.form, "lines")


def _image(speech: Speech) -> Beginning:
    return _first(speech.form, "image", "signature")


def _first(form: Form, *types: str) -> Beginning:
    found = next((one.id for one in form.fields.values() if one.type in types), None)
    return {"field": found} if found else None


def _related(speech: Speech) -> Beginning:
    for form in speech.app.forms.values():
        for one in form.fields.values():
            if one.type == "reference" and getattr(one, "to", "") == speech.form.id:
                return {"form": form.id, "by": one.id, "columns": [form.definition.title]}
    return None


def _clauses(speech: Speech) -> Beginning:
    for form in speech.app.forms.values():
        long = next((one.id for one in form.fields.values() if one.type == "long_text"), None)
        if long and form.id != speech.form.id:
            return {"form": form.id, "heading": form.definition.title, "text": long}
    return None


def _signature(speech: Speech) -> Beginning:
    parties = (("a", speech.say("甲方")), ("b", speech.say("乙方")))
    return {"signers": [{"id": id_, "label": label} for id_, label in parties]}


_BEGINNINGS: Mapping[str, Callable[[Speech], Beginning]] = {
    "heading": _heading,
    "text": _text,
    "fields": _fields,
    "lines": _lines,
    "image": _image,
    "related": _related,
    "clauses": _clauses,
    "signature": _signature,
    "qr": _text,
}

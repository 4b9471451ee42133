"""What does a public form look like while it is designed?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from designer.documents.view import tools_of
from designer.flows.edits import Target, add_file, free, together, written
from designer.flows.values import Scene
from designer.speech import Speech
from engine.app import Form, Public
from engine.definition.public import PublicDef
from engine.field import Field
from engine.fields.lines import Lines
from engine.loading.link_publics import askable, closed, lacking
from engine.wording import Message

CONSENT = Message(
    "我同意你们保存我填写的内容，只用于联系我和办理这件事，不提供给无关的人；我可以随时要求查看、更正或删除。"
)


def file_of(public: str) -> str:
    """Return the file of a public form."""
    return f"public/{public}.yaml"


def public_url(app: str, public: str) -> str:
    """Return where a public form is designed."""
    return f"/design/{app}/public/{public}"


def list_values(scene: Scene, form: str) -> Mapping[str, Any]:
    """Return what the list of a form's public pages shows."""
    speech, app = scene.speech(form), scene.draft.app
    found = [one for one in app.publics.values() if one.form == form]
    id_, made = new_public(speech)
    return {
        "app": app.id,
        "publics": [_brief(speech, one) for one in found],
        "new_public": made,
        "new_public_url": public_url(app.id, id_),
    }


def public_values(scene: Scene, public: Public) -> Mapping[str, Any]:
    """Return what the page of a public form shows, the preview aside."""
    speech = scene.speech(public.form)
    file: Target = (file_of(public.id),)
    into: Target = (*file, "fields")
    definition = public.definition
    return {
        "own_label": speech.words(definition.label),
        "whole_target": written(file),
        "consent": speech.words(definition.consent),
        "fields_target": written(into),
        "cards": list(_cards(speech, public, into, scene.mark)),
        "offers": list(_offers(speech, public, into)),
        "per": speech.field(definition.per) if definition.per else "",
        "makers": _makers(speech),
    }


def new_public(speech: Speech) -> tuple[str, str]:
    """Return the id of a new public form, and the edit that makes it: it asks what must be filled
    in, as far as people outside can be asked."""
    form = speech.form
    id_ = free(f"{form.id}_public", speech.app.publics)
    able = askable(form.fields)
    needed = [name for name in lacking(form.fields) if name in able]
    value: dict[str, Any] = {
        "public": id_,
        "label": speech.words(form.definition.label),
        "form": form.id,
        "fields": [_asking(form.fields[name]) for name in needed or able[:1]],
        "consent": speech.fill(CONSENT),
    }
    references = [name for name in lacking(form.fields) if form.fields[name].type == "reference"]
    if references:
        value["per"] = references[0]
    return id_, together(add_file(file_of(id_), value))


def _brief(speech: Speech, public: Public) -> SimpleNamespace:
    return SimpleNamespace(
        label=speech.words(public.definition.label),
        url=public_url(public.app, public.id),
        target=written((file_of(public.id),)),
        id=public.id,
        asks=speech.fields(public.asked),
    )


def _cards(speech: Speech, public: Public, into: Target, chosen: str) -> Iterator[SimpleNamespace]:
    names: list[str | int] = list(range(len(public.definition.fields)))
    for at, one in enumerate(public.definition.fields):
        target = written((*into, at))
        yield SimpleNamespace(
            at=at,
            target=target,
            title=speech.field(one.field),
            said=speech.words(one.help) if one.help else "",
            chosen=target == chosen,
            tools=tools_of(into, names, at),
        )


def _offers(speech: Speech, public: Public, into: Target) -> Iterator[SimpleNamespace]:
    taken = {*public.asked, *_filled(public.definition)}
    for id_ in askable(speech.form.fields):
        if id_ not in taken:
            asking = _asking(speech.form.fields[id_])
            yield SimpleNamespace(
                title=speech.field(id_), about="", icon="forms", tone="blue", then="",
                edits=together({"op": "add", "target": [*into], "value": asking}),
            )  # fmt: skip


def _asking(field: Field) -> dict[str, Any]:
    """Return how a field is asked: of a sub-table, no columns that would show what is inside."""
    if isinstance(field, Lines) and closed(field.cells):
        return {"field": field.id, "cells": askable(field.cells)}
    return {"field": field.id}


def _filled(definition: PublicDef) -> frozenset[str]:
    own = (definition.per, definition.consent_field)
    return frozenset({*definition.set, *(one for one in own if one)})


def _makers(speech: Speech) -> str:
    """Return the roles whose people may make codes."""
    form: Form = speech.form
    granted = [role for role, grant in form.definition.access.items() if grant.links]
    return speech.roles(granted) if granted else ""

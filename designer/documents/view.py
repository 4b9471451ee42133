"""What does a document look like while it is designed: a list of blocks that can be moved?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from designer.documents.kinds import block_offers, first_fields
from designer.flows.edits import Target, add_file, free, move, together, written
from designer.flows.tree import Tools
from designer.flows.values import Scene
from designer.panels.blanks import blanks_of_document, with_names
from designer.speech import Rule as Told
from designer.speech import Speech
from engine.app import Document
from engine.documents.block import Block
from engine.wording import Message

LONGEST = 90


@dataclass(frozen=True, kw_only=True)
class Card:
    """One block."""

    at: int
    target: str
    title: str
    icon: str
    said: str
    """What it holds, in a few words."""
    only_if: Told | None
    chosen: bool
    tools: Tools


def file_of(document: str) -> str:
    """Return the file of a document."""
    return f"documents/{document}.yaml"


def document_url(app: str, document: str) -> str:
    """Return where a document is designed."""
    return f"/design/{app}/documents/{document}"


def list_values(scene: Scene, form: str) -> Mapping[str, Any]:
    """Return what the list of a form's documents shows."""
    speech, app = scene.speech(form), scene.draft.app
    id_, new_one = new_document(speech)
    found = [one for one in app.documents.values() if one.form == form]
    return {
        "app": app.id,
        "documents": [_brief(speech, one) for one in found],
        "new_document": new_one,
        "new_document_url": document_url(app.id, id_),
    }


def document_values(scene: Scene, document: Document) -> Mapping[str, Any]:
    """Return what the page of a document shows, the preview aside."""
    speech = scene.speech(document.form)
    file: Target = (file_of(document.id),)
    offers = [
        SimpleNamespace(
            title=one.title, about=one.about, icon=one.icon, tone="blue",
            edits=together({"op": "add", "target": [*file, "blocks"], "value": one.value}), then="",
        )
        for one in block_offers(speech)
    ]  # fmt: skip
    return {
        "own_label": speech.words(document.definition.label),
        "whole_target": written(file),
        "page_target": written((*file, "page")),
        "blocks_target": written((*file, "blocks")),
        "cards": list(_cards(speech, document, (*file, "blocks"), scene.mark)),
        "offers": offers,
        "has_logo": document.definition.logo is not None,
        "logo_url": f"{document_url(document.app, document.id)}/logo",
    }


def new_document(speech: Speech) -> tuple[str, str]:
    """Return the id of a new document of a form, and the edit that makes it."""
    id_ = free(f"{speech.form.id}_paper", speech.app.documents)
    label = speech.words(speech.form.definition.label)
    value = {
        "document": id_,
        "label": label,
        "form": speech.form.id,
        "watermark": "{maker} {maker_no} {made_at}",
        "blocks": [
            {"type": "heading", "text": label, "align": "center"},
            {"type": "fields", "fields": first_fields(speech)},
        ],
    }
    return id_, together(add_file(file_of(id_), value))


def _brief(speech: Speech, document: Document) -> SimpleNamespace:
    definition = document.definition
    return SimpleNamespace(
        label=speech.words(definition.label),
        url=document_url(document.app, document.id),
        target=written((file_of(document.id),)),
        id=document.id,
        blocks=len(definition.blocks),
        roles=speech.roles(definition.roles),
    )


def _cards(speech: Speech, document: Document, into: Target, chosen: str) -> Iterator[Card]:
    blocks = document.definition.blocks
    names: list[str | int] = [one.id or at for at, one in enumerate(blocks)]
    for at, block in enumerate(blocks):
        target = written((*into, names[at]))
        told = _TOLD.get(block.type)
        yield Card(
            at=at,
            target=target,
            title=block.title[speech.locale],
            icon=block.icon,
            said=_short(told(speech, block) if told else ""),
            only_if=_condition(speech, document, block),
            chosen=target == chosen,
            tools=tools_of(into, names, at),
        )


def _condition(speech: Speech, document: Document, block: Block) -> Told | None:
    compiled = document.logic.get(f"if {block.only_if}")
    return speech.condition(compiled) if compiled else None


def tools_of(into: Target, names: list[str | int], at: int) -> Tools:
    """Return what is done with one thing of a list: moved up or down, or taken away."""
    target: Target = (*into, names[at])
    after = names[at + 2] if at + 2 < len(names) else None
    return Tools(
        up=together(move(target, into, names[at - 1])) if at else "",
        down=together(move(target, into, after)) if at + 1 < len(names) else "",
        remove=written(target) if len(names) > 1 else "",
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _words(speech: Speech, block: Block) -> str:
    return with_names(speech.words(getattr(block, "text", "")), blanks_of_document(speech))


def _fields(speech: Speech, block: Any) -> str:
    return speech.fields(block.fields)


def _field(speech: Speech, block: Any) -> str:
    return speech.field(block.field)


def _form(speech: Speech, block: Any) -> str:
    other = speech.other(block.form)
    return other.words(other.form.definition.label) if other else str(block.form)


def _signers(speech: Speech, block: Any) -> str:
    return speech.listed(speech.words(one.label) for one in block.signers)


def _height(speech: Speech, block: Any) -> str:
    return speech.fill(Message("{n} 毫米", n=block.height))


_TOLD: Mapping[str, Callable[[Speech, Any], str]] = {
    "heading": _words,
    "text": _words,
    "qr": _words,
    "fields": _fields,
    "lines": _field,
    "image": _field,
    "related": _form,
    "clauses": _form,
    "signature": _signers,
    "space": _height,
}

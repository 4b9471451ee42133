"""Do documents name what there is, and what do their texts ask for?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.app import Document
from engine.definition.document import DocumentDef
from engine.documents.logo import logo_of
from engine.documents.texts import (
    CAPITALS,
    MADE,
    NO_MONEY,
    WRONG_BRACE,
    WRONG_WAY,
    Blank,
    blanks,
    of_label,
    torn,
)
from engine.expressions import Compiled, Slot
from engine.field import Field
from engine.loading.build import Built, Part
from engine.loading.expressions import Compiling
from engine.loading.link_document_blocks import AMOUNTS, SHOWN, block_problems
from engine.loading.links import all_missing, filed, missing, repeated
from engine.loading.nouns import BLOCK, DOCUMENT, FIELD, FORM, ROLE
from engine.loading.outline import Outline, Outlines
from engine.loading.remembering import Memory
from engine.loading.scalar_places import place_in_text
from engine.loading.scopes import Scopes
from engine.loading.source import Spot
from engine.loading.walk import label_keys, things
from engine.problems import Problem
from engine.wording import Message

NOT_FILLED = "label"
"""What a document is called in menus has no record to take values from."""


def documents_of(
    names: Outlines, scopes: Scopes, built: Built, memory: Memory
) -> tuple[dict[str, Document], list[Problem]]:
    """Compile all documents of an app, and say what is wrong with them."""
    problems = list(_files(built))
    documents: dict[str, Document] = {}
    for part in built.document:
        made, wrong = memory.found(part, "document", partial(_document, names, scopes, part))
        problems += wrong
        if made is not None:
            documents.setdefault(made.id, made)
    return documents, problems


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.document, part.spot / "document") for part in built.document]
    yield from filed(DOCUMENT, "documents", named)


def _document(
    names: Outlines, scopes: Scopes, part: Part[DocumentDef]
) -> tuple[Document | None, list[Problem]]:
    definition, spot = part.definition, part.spot
    form = names.of(definition.form)
    if form is None:
        return None, list(missing(spot / "form", FORM, definition.form, names.forms, "form"))
    problems = [
        *all_missing(spot / "roles", ROLE, definition.roles, names.roles, "role"),
        *_logo(definition, spot),
        *_blocks(names, form, definition, spot),
    ]
    work = Compiling(scopes.of_form(form))
    logic = {
        **dict(_conditions(work, definition, spot)),
        **dict(_texts(work, form, definition, spot, problems)),
    }
    document = Document(
        app=names.app.app,
        id=definition.document,
        form=form.id,
        definition=definition,
        logic=logic,
        reads=frozenset(path for one in work.done for path in one.reads),
    )
    return document, [*problems, *work.problems]


def _logo(definition: DocumentDef, spot: Spot) -> Iterator[Problem]:
    if definition.logo is not None:
        found = logo_of(definition.logo)
        if isinstance(found, Message):
            yield (spot / "logo").problem("document.logo", found)


def _blocks(
    names: Outlines, form: Outline, definition: DocumentDef, spot: Spot
) -> Iterator[Problem]:
    here = spot / "blocks"
    named = [(one.id, here / at / "id") for at, one in enumerate(definition.blocks) if one.id]
    yield from repeated(BLOCK, [(id_ or "", place) for id_, place in named])
    for at, block in enumerate(definition.blocks):
        yield from block_problems(names, form, block, here / at)


def _conditions(
    work: Compiling, definition: DocumentDef, spot: Spot
) -> Iterator[tuple[str, Compiled]]:
    placed = [(definition.only_if, spot / "if")]
    placed += [
        (one.only_if, spot / "blocks" / at / "if") for at, one in enumerate(definition.blocks)
    ]
    for text, here in placed:
        compiled = work.compile(text, here, Slot.RULE) if text is not None else None
        if compiled and text:
            yield f"if {text}", compiled


def _texts(
    work: Compiling, form: Outline, definition: DocumentDef, spot: Spot, out: list[Problem]
) -> Iterator[tuple[str, Compiled]]:
    for thing in things(definition, (), spot):
        for key in label_keys(type(thing.struct)):
            if thing.struct is definition and key == NOT_FILLED:
                continue
            for locale, text in of_label(getattr(thing.struct, key)):
                here = thing.spot / key
                there = here / locale if _by_language(here) else here
                yield from _text(work, form, text, there, out)


def _by_language(spot: Spot) -> bool:
    return (*spot.path, "zh") in spot.source.places


def _text(
    work: Compiling, form: Outline, text: str, spot: Spot, out: list[Problem]
) -> Iterator[tuple[str, Compiled]]:
    alone = torn(text)
    if alone is not None:
        out.append(Problem(place_in_text(spot, alone), "document.brace", WRONG_BRACE))
        return
    for blank in blanks(text):
        if blank.name is not None:
            out += _named(form, blank, spot)
            continue
        compiled = work.compile(blank.text, spot, Slot.VALUE, blank.at)
        if compiled:
            yield blank.text, compiled


def _named(form: Outline, blank: Blank, spot: Spot) -> Iterator[Problem]:
    assert blank.name is not None
    at = place_in_text(spot, blank.at)
    for problem in missing(spot, FIELD, blank.name, (*form.fields, *SHOWN, *MADE), "field"):
        yield Problem(at, problem.code, problem.message)
    if blank.way not in (None, CAPITALS):
        yield Problem(at, "document.way", WRONG_WAY)
    elif blank.way and not is_money(form.fields.get(blank.name)):
        yield Problem(at, "document.way", NO_MONEY)


def is_money(field: Field | None) -> bool:
    """Tell whether what a field holds can be an amount."""
    return field is not None and field.type in AMOUNTS

"""Do the blocks of documents name fields and forms that there are?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.documents.block import Block
from engine.documents.blocks.clauses import ClausesBlock
from engine.documents.blocks.fields import FieldsBlock
from engine.documents.blocks.image import ImageBlock
from engine.documents.blocks.lines import LinesBlock
from engine.documents.blocks.related import RelatedBlock
from engine.documents.blocks.signature import SignatureBlock
from engine.documents.texts import NO_MONEY
from engine.loading.link_filters import filter_problems
from engine.loading.link_pages import sort_problems
from engine.loading.links import all_missing, missing, repeated
from engine.loading.nouns import (
    FIELD,
    FORM,
    IMAGE_FIELD,
    LINE_FIELD,
    REFERENCE,
    SIGNATURE_FIELD,
    SIGNER,
)
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

SHOWN = (
    "id", "owner", "department", "pipeline", "stage", "stage_entered_at",
    "created_at", "created_by", "updated_at", "updated_by", "last_activity_at",
)  # fmt: skip
"""System fields that documents can show."""
AMOUNTS = ("money", "number", "integer", "rollup", "formula", "lookup")
_NUMBERS = ("money", "number", "integer", "percent", "formula", "duration")

Check = Callable[[Outlines, Outline, Any, Spot], Iterator[Problem]]


def block_problems(names: Outlines, form: Outline, block: Block, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with one block of a document of a form."""
    check = _CHECKS.get(type(block))
    if check is not None:
        yield from check(names, form, block, spot)


def _fields(names: Outlines, form: Outline, block: FieldsBlock, spot: Spot) -> Iterator[Problem]:
    known = (*form.fields, *SHOWN)
    yield from all_missing(spot / "fields", FIELD, block.fields, known, "field")
    yield from all_missing(spot / "capitals", FIELD, block.capitals, block.fields, "field")
    for at, id_ in enumerate(block.capitals):
        field = form.fields.get(id_)
        if field is not None and field.type not in AMOUNTS:
            yield (spot / "capitals" / at).problem("document.way", NO_MONEY)


def _lines(names: Outlines, form: Outline, block: LinesBlock, spot: Spot) -> Iterator[Problem]:
    yield from missing(spot / "field", LINE_FIELD, block.field, form.of_type("lines"), "field")
    field = form.fields.get(block.field)
    cells = {cell.id: cell for cell in getattr(field, "fields", ())}
    if not cells:
        return
    yield from all_missing(spot / "columns", FIELD, block.columns, cells, "field")
    shown = block.columns or tuple(cells)
    yield from all_missing(spot / "totals", FIELD, block.totals, shown, "field")
    for at, id_ in enumerate(block.totals):
        if id_ in cells and cells[id_].type not in _NUMBERS:
            message = Message("“{field}”不是数字，不能合计", field=id_)
            yield (spot / "totals" / at).problem("link.number", message)


def _related(names: Outlines, form: Outline, block: RelatedBlock, spot: Spot) -> Iterator[Problem]:
    yield from missing(spot / "form", FORM, block.form, names.forms, "form")
    other = names.of(block.form)
    if other is None:
        return
    leading = [
        id_
        for id_ in other.of_type("reference")
        if getattr(other.fields[id_], "to", None) == form.id
    ]
    yield from missing(spot / "by", REFERENCE, block.by, leading, "field")
    known = (*other.fields, *SHOWN)
    yield from all_missing(spot / "columns", FIELD, block.columns, known, "field")
    yield from sort_problems(names, other, block.sort, spot / "sort")


def _clauses(names: Outlines, form: Outline, block: ClausesBlock, spot: Spot) -> Iterator[Problem]:
    yield from missing(spot / "form", FORM, block.form, names.forms, "form")
    other = names.of(block.form)
    if other is None:
        return
    for key in ("heading", "text", "version", "per"):
        yield from missing(spot / key, FIELD, getattr(block, key), other.fields, "field")
    yield from filter_problems(names, other, block.where, spot / "where")
    yield from sort_problems(names, other, block.sort, spot / "sort")
    if block.newest not in other.listed:
        yield from missing(spot / "newest", FIELD, block.newest, other.listed, "field")


def _signature(
    names: Outlines, form: Outline, block: SignatureBlock, spot: Spot
) -> Iterator[Problem]:
    here = spot / "signers"
    yield from repeated(
        SIGNER, [(one.id, here / at / "id") for at, one in enumerate(block.signers)]
    )
    known = form.of_type("signature", "image")
    for at, one in enumerate(block.signers):
        yield from missing(here / at / "field", SIGNATURE_FIELD, one.field, known, "field")


def _image(names: Outlines, form: Outline, block: ImageBlock, spot: Spot) -> Iterator[Problem]:
    known = form.of_type("image", "signature")
    yield from missing(spot / "field", IMAGE_FIELD, block.field, known, "field")


_CHECKS: Mapping[type, Check] = {
    FieldsBlock: _fields,
    LinesBlock: _lines,
    RelatedBlock: _related,
    ClausesBlock: _clauses,
    SignatureBlock: _signature,
    ImageBlock: _image,
}

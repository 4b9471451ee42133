"""Has each part of a form an id of its own, and does what the form names exist?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.names import KEYWORDS
from engine.field import Field, Storage, Unique
from engine.loading.link_fields import field_problems
from engine.loading.links import all_missing, missing, repeated
from engine.loading.nouns import CHECK, FIELD, FORMER_ID, SECTION, TAB
from engine.loading.outline import LISTED_SYSTEM_FIELDS, Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.record import SYSTEM_FIELDS
from engine.wording import Message

MAX_FIELDS = 200

RESERVED = (
    frozenset(SYSTEM_FIELDS)
    | KEYWORDS
    | {"user", "record", "evidence", "comments", "today", "now", "between", "satisfies"}
)
"""Names that mean something else in expressions or in demo data."""

RESERVED_FORMS = frozenset({"person", "department", "user"})

_UNKEPT = (Storage.NONE, Storage.LINES, Storage.LINKS, Storage.JSON)


def form_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with a form's names, its fields and their options."""
    if form.id in RESERVED_FORMS:
        message = Message("“{id}”由平台保留，请换一个", id=form.id)
        yield (form.spot / "form").problem("link.reserved", message)
    yield from _ids(form)
    yield from _tabs(form)
    yield from _number_of_fields(form)
    yield from _naming_fields(form)
    for field, spot in form.placed_fields:
        yield from field_problems(names, form, field, spot)
        yield from _unique(form, field, spot / "unique")
    yield from _former_ids(form)
    yield from _indexes(form)


def _ids(form: Outline) -> Iterator[Problem]:
    definition, spot = form.definition, form.spot
    sections = [
        (one.id, spot / "sections" / at / "id") for at, one in enumerate(definition.sections)
    ]
    checks = [(one.id, spot / "checks" / at / "id") for at, one in enumerate(definition.checks)]
    yield from repeated(SECTION, sections)
    yield from repeated(CHECK, checks)
    yield from repeated(FIELD, [(field.id, at / "id") for field, at in form.placed_fields])
    for field, at in form.placed_fields:
        yield from reserved(field, at)


def _tabs(form: Outline) -> Iterator[Problem]:
    definition, spot = form.definition, form.spot
    known = [tab.id for tab in definition.tabs]
    yield from repeated(TAB, [(id_, spot / "tabs" / at / "id") for at, id_ in enumerate(known)])
    for at, section in enumerate(definition.sections):
        yield from missing(spot / "sections" / at / "tab", TAB, section.tab, known, "tab")


def reserved(field: Field, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that a field's id means something else."""
    if field.id in RESERVED:
        message = Message("“{id}”由平台保留，请换一个", id=field.id)
        yield (spot / "id").problem("link.reserved", message)


def _number_of_fields(form: Outline) -> Iterator[Problem]:
    count = 0
    for field, spot in form.placed_fields:
        count += 1 + len(getattr(field, "fields", ()))
        if count > MAX_FIELDS:
            message = Message("字段太多，一个表单最多 {limit} 个", limit=MAX_FIELDS)
            yield spot.problem("limit.fields", message)
            return


def _naming_fields(form: Outline) -> Iterator[Problem]:
    for key in ("title", "subtitle"):
        id_ = getattr(form.definition, key)
        yield from missing(form.spot / key, FIELD, id_, form.fields, "field")
        field = form.fields.get(id_)
        if field and field.storage in (Storage.LINES, Storage.JSON, Storage.LINKS):
            message = Message("“{field}”不是一行文字，不能作标题", field=id_)
            yield (form.spot / key).problem("link.title", message)


def _unique(form: Outline, field: Field, spot: Spot) -> Iterator[Problem]:
    if not field.unique:
        return
    if field.storage in _UNKEPT:
        message = Message("“{type}”类型的字段不能要求不重复", type=field.type)
        yield spot.key_problem("field.unique", message)
    if isinstance(field.unique, Unique):
        known = [id_ for id_, one in form.fields.items() if one.storage not in _UNKEPT]
        yield from all_missing(spot / "within", FIELD, field.unique.within, known, "field")


def _former_ids(form: Outline) -> Iterator[Problem]:
    taken: list[tuple[str, Spot]] = []
    for field, spot in form.placed_fields:
        if field.formerly is None:
            continue
        if field.formerly in form.fields:
            message = Message("“{id}”现在还是一个字段，不能是曾用标识", id=field.formerly)
            yield (spot / "formerly").problem("link.formerly", message)
        taken.append((field.formerly, spot / "formerly"))
    yield from repeated(FORMER_ID, taken)


def _indexes(form: Outline) -> Iterator[Problem]:
    kept = [id_ for id_, one in form.fields.items() if one.storage not in _UNKEPT]
    for at, index in enumerate(form.definition.indexes):
        spot = form.spot / "indexes" / at / "fields"
        known = (*kept, *LISTED_SYSTEM_FIELDS)
        yield from all_missing(spot, FIELD, index.fields, known, "field")

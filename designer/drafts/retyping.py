"""What becomes of the values of a field if it gets another type?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

import msgspec

from designer.drafts.editing import Edited, Overtaken, edit_draft, open_held
from designer.forms.seeds import CELL_TYPES, seed_of
from designer.panels.own_types import said_by
from engine.access.sight import SEES_ALL
from engine.app import Form
from engine.catalog import FIELD_TYPES
from engine.definition.own_type import OwnTypeDef
from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import Draft
from engine.editing.edits import AnyEdit, Remove, Set, Target
from engine.editing.places import value_behind
from engine.editing.targets import target_of
from engine.field import Field, NotAcceptable
from engine.loading.folder import kind_of
from engine.loading.own_types import settable_keys
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.migrate.convert import as_text, convert
from runtime.store.migrate.shape import FieldShape, field_shape
from runtime.store.query import Query
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin
from runtime.web.language import translate

PLAIN = (
    "text", "long_text", "select", "multi_select", "tags", "integer", "number", "money", "percent",
    "rating", "date", "datetime", "yes_no", "email", "phone", "url", "barcode", "duration",
)  # fmt: skip
"""Types whose values can be read as one another's, as far as they say the same."""
FAMILIES = ({*PLAIN, "rich_text"}, {"file", "image"}, {"reference", "reference_list"})
Types: TypeAlias = Mapping[str, OwnTypeDef]
EXAMPLES, MOST_OPTIONS, MOST_RECORDS, BATCH = 5, 100, 20_000, 500


@dataclass
class Tried:
    """What another type would do to the values that there are."""

    edits: tuple[AnyEdit, ...]
    filled: int = 0
    failing: int = 0
    whole: bool = True
    """False if there are more records than were looked at."""
    examples: list[tuple[str, str]] = field(default_factory=list)
    """Some values, before and after."""
    misfits: list[tuple[str, Message]] = field(default_factory=list)
    """Some values that have no place in the new type, and why."""


@dataclass(frozen=True)
class Subject:
    """One field of a form."""

    app: str
    form: str
    field: str


@dataclass(frozen=True)
class Impossible:
    """Why a field can't get a type."""

    why: tuple[Message, ...]


NO_WAY = Message("这种字段的内容不能换成别的类型：请新建一个字段，需要的内容导出后再导入新字段")


def types_for(type_: str, types: Types = MappingProxyType({})) -> tuple[str, ...]:
    """Return the types that a field of a type may get, also of those of the app's own."""
    base = types[type_].like.type if type_ in types else type_
    family = next((each for each in FAMILIES if base in each), set[str]())
    own = (id_ for id_, one in types.items() if one.like.type in family)
    return tuple(one for one in (*own, *FIELD_TYPES) if one != type_ and one in {*family, *types})


def offered_for(type_: str, id_: str, types: Types = MappingProxyType({})) -> tuple[str, ...]:
    """Return the types that this field may get: not every one can be a column."""
    found = types_for(type_, types)
    return tuple(one for one in found if one in CELL_TYPES) if "." in id_ else found


def place_of(draft: Draft, form: str, id_: str) -> Target | None:
    """Return where a field stands in the file of its form, or a column as `line.column`."""
    path = f"forms/{form}.yaml"
    line, _, cell = id_.partition(".")
    sections = draft.value((path, "sections")) or ()
    for section in sections:
        if any(one.get("id") == line for one in section.get("fields", ())):
            at: Target = (path, "sections", section["id"], "fields", line)
            inside = (*at, "fields", cell) if cell else at
            return inside if draft.exists(inside) else None
    return None


def field_at(form: Form, id_: str) -> Field | None:
    """Return a field of a form, or a column of a sub-table as `line.column`."""
    line, _, cell = id_.partition(".")
    field = form.fields.get(line)
    return getattr(field, "cells", {}).get(cell) if cell else field


def try_type(
    services: Services, actor: Actor, subject: Subject, type_: str, locale: str
) -> Tried | Impossible | None:
    """Return what another type would do to the values of a field; nothing is changed. None if
    there is no such field."""
    app, form, id_ = subject.app, subject.form, subject.field
    draft = open_held(services, app).draft
    at = place_of(draft, form, id_)
    if at is None:
        return None
    held, types = draft.value(at), draft.app.types
    if type_ not in offered_for(held["type"], id_, types):
        return Impossible((NO_WAY,))
    old = services.form(app, form)
    known = field_at(old, id_) if old is not None else None
    shape = field_shape(known) if known is not None else None
    values = _values(services, actor, old, id_) if old is not None and shape else _Values([], True)
    if type_ in types:
        wanted: dict[str, Any] | None = _with_own(held, types[type_])
    else:
        written = _written_out(held, types)
        wanted = _wanted(written, type_, shape, values.found, locale)
    if wanted is None:
        return Impossible((Message("不同的内容超过 {n} 种，不适合做选项", n=MOST_OPTIONS),))
    edits = _with_translations(draft, at, wanted)
    made = apply(draft, edits)
    if isinstance(made, Refused):
        return Impossible(tuple(one.message for one in made.problems))
    tried = Tried(edits, whole=values.whole)
    if shape is not None:
        new = field_at(made.draft.app.forms[form], id_)
        assert new is not None
        _convert(tried, values.found, shape, new)
    return tried


def change_type(
    services: Services, actor: Actor, app: str, rev: int, tried: Tried
) -> Edited | Refused | Overtaken:
    """Give a field another type in the draft, as one step; its values follow when it is
    published."""
    return edit_draft(services, actor, app, rev, tried.edits)


@dataclass(frozen=True)
class _Values:
    found: list[Any]
    whole: bool


def _values(services: Services, actor: Actor, form: Form, id_: str) -> _Values:
    act = Act(actor=actor, door="system")
    found: list[Any] = []
    looked_at = 0
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        query = Query(form=form, sight=SEES_ALL, actor=actor, env=work.env)
        for batch in unit.query.batches(query, BATCH):
            if looked_at >= MOST_RECORDS:
                return _Values(found, whole=False)
            looked_at += len(batch)
            values = (value for record in batch for value in _held(record.values, id_))
            found += [value for value in values if value not in (None, "", ())]
    return _Values(found, whole=True)


def _held(values: Mapping[str, Any], id_: str) -> list[Any]:
    """Return what a record holds in a field, or what its rows hold in a column."""
    line, _, cell = id_.partition(".")
    return [row.get(cell) for row in values.get(line) or ()] if cell else [values.get(line)]


def _with_own(held: Mapping[str, Any], own: OwnTypeDef) -> dict[str, Any]:
    """Return what a field says once its own type says the rest."""
    keys = settable_keys(own) - {"default"}
    kept = {key: value for key, value in held.items() if key in keys}
    return {"id": held["id"], "type": own.type, "label": held["label"], **kept}


def _written_out(held: Mapping[str, Any], types: Types) -> Mapping[str, Any]:
    own = types.get(str(held["type"]))
    return {**said_by(own), **held} if own is not None else held


def _wanted(
    held: Mapping[str, Any], type_: str, shape: FieldShape | None, values: list[Any], locale: str
) -> dict[str, Any] | None:
    """Return what the field says with its new type: what it can keep, and options for the values
    found; None if those are too many."""
    into = translate(locale)
    seed = seed_of(type_, locale, lambda message: message.fill(into, locale))
    keys = {one.encode_name for one in msgspec.structs.fields(FIELD_TYPES[type_])}
    kept = {key: value for key, value in held.items() if key in keys and key != "default"}
    wanted = {"id": held["id"], **seed, **kept, "type": type_}
    if "options" in seed and "options" not in kept and values and shape is not None:
        texts = sorted({text for value in values for text in _parts(value, shape)})
        if len(texts) > MOST_OPTIONS:
            return None
        wanted["options"] = [{"id": f"o{n}", "label": text} for n, text in enumerate(texts, 1)]
    return wanted


def _parts(value: Any, shape: FieldShape) -> Iterator[str]:
    for one in value if isinstance(value, tuple) else (value,):
        text = as_text(one, shape).strip()[:100]
        if text:
            yield text


def _with_translations(draft: Draft, at: Target, wanted: Mapping[str, Any]) -> tuple[AnyEdit, ...]:
    """Return the edits, with the translations that have nothing to translate any more."""
    edit = Set(target=at, value=dict(wanted))
    made = apply(draft, [edit])
    if isinstance(made, Applied):
        return (edit,)
    places = [
        value_behind(draft.documents, problem.at)
        for problem in made.problems
        if kind_of(problem.at.file) == "locale"
    ]
    gone = [(one[0].file, *target_of(one[0].data, one[1])) for one in places if one is not None]
    return (*(Remove(target=one) for one in dict.fromkeys(gone)), edit)


def _convert(tried: Tried, values: list[Any], shape: FieldShape, new: Field) -> None:
    for value in values:
        tried.filled += 1
        try:
            after = convert(value, shape, new)
        except NotAcceptable as wrong:
            tried.failing += 1
            if len(tried.misfits) < EXAMPLES:
                tried.misfits.append((as_text(value, shape), wrong.message))
            continue
        if len(tried.examples) < EXAMPLES and after is not None:
            tried.examples.append((as_text(value, shape), as_text(after, field_shape(new))))

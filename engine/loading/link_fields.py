"""Do the options of a field point somewhere, and do they go together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.field import Field, Storage
from engine.loading.complaints import unknown
from engine.loading.link_filters import filter_problems
from engine.loading.links import all_missing, all_missing_keys, missing, repeated
from engine.loading.nouns import FIELD, FORM, OPTION, REFERENCE
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

_ONLY_FOR_INPUT = ("required", "default", "placeholder", "readonly")
_DATES = ("date", "datetime")
RESERVED_CELLS = frozenset({"id", "record", "user"})

Fields = Mapping[str, Field]


def field_problems(names: Outlines, form: Outline, field: Field, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with a field of a form, and with the columns of a line field."""
    yield from _one(names, form, form.fields, field, spot)
    if field.storage is not Storage.LINES:
        return
    cells: tuple[Field, ...] = getattr(field, "fields", ())
    placed = [(cell, spot / "fields" / at) for at, cell in enumerate(cells)]
    yield from repeated(FIELD, [(cell.id, here / "id") for cell, here in placed])
    known = {cell.id: cell for cell in cells}
    for cell, here in placed:
        if cell.id in RESERVED_CELLS:
            message = Message("“{id}”由平台保留，请换一个", id=cell.id)
            yield (here / "id").problem("link.reserved", message)
        if cell.unique:
            message = Message("子表的列不能要求不重复")
            yield (here / "unique").key_problem("field.unique", message)
        yield from _one(names, form, known, cell, here)


def _one(
    names: Outlines, form: Outline, around: Fields, field: Field, spot: Spot
) -> Iterator[Problem]:
    for option, code, message in field.mistakes():
        yield (spot / option).problem(code, message)
    if not field.settable:
        for key in _ONLY_FOR_INPUT:
            if getattr(field, key) not in (None, False):
                message = Message("“{type}”由系统算出，“{key}”不起作用", type=field.type, key=key)
                yield (spot / key).key_problem("field.computed", message)
    match field.type:
        case "reference" | "reference_list":
            yield from _reference(names, around, field, spot)
        case "lookup":
            yield from _lookup(names, around, field, spot)
        case "rollup":
            yield from _rollup(names, form, field, spot)
        case _:
            yield from _option_conditions(around, field, spot)


def _form_named(names: Outlines, form: str, spot: Spot) -> Iterator[Problem]:
    app, dot, _ = form.rpartition(".")
    if not dot:
        yield from missing(spot, FORM, form, names.forms, "form")
    elif app not in names.app.requires:
        message = Message("应用“{app}”不在 requires 里", app=app)
        yield spot.problem("link.app", message)


def _reference(names: Outlines, around: Fields, field: Any, spot: Spot) -> Iterator[Problem]:
    yield from _form_named(names, field.to, spot / "to")
    other = names.of(field.to)
    if other is None:
        return
    yield from filter_problems(names, other, field.where, spot / "where")
    yield from all_missing(spot / "columns", FIELD, field.columns, other.fields, "field")
    match: dict[str, str] = getattr(field, "match", {})
    yield from all_missing_keys(spot / "match", FIELD, match, other.listed, "field")
    for theirs, ours in match.items():
        yield from missing(spot / "match" / theirs, FIELD, ours, around, "field")


def _lookup(names: Outlines, around: Fields, field: Any, spot: Spot) -> Iterator[Problem]:
    references = [id_ for id_, one in around.items() if one.type == "reference"]
    yield from missing(spot / "by", REFERENCE, field.by, references, "reference")
    through = around.get(field.by)
    other = names.of(getattr(through, "to", None))
    if other is None:
        return
    yield from missing(spot / "field", FIELD, field.field, other.fields, "field")
    found = other.fields.get(field.field)
    if found and found.storage is Storage.LINES:
        message = Message("子表“{field}”不能取过来显示", field=field.field)
        yield (spot / "field").problem("link.lookup", message)
    if found and _points_back(names, other, found):
        message = Message("“{field}”绕了一圈又取自这里", field=field.field)
        yield (spot / "field").problem("link.circle", message)


def _points_back(names: Outlines, form: Outline, field: Any) -> bool:
    seen = set()
    while field is not None and field.type == "lookup":
        if (form.id, field.id) in seen:
            return True
        seen.add((form.id, field.id))
        other = names.of(getattr(form.fields.get(field.by), "to", None))
        if other is None:
            return False
        form, field = other, other.fields.get(field.field)
    return False


def _rollup(names: Outlines, form: Outline, field: Any, spot: Spot) -> Iterator[Problem]:
    yield from _form_named(names, field.form, spot / "form")
    other = names.of(field.form)
    if other is None:
        return
    pointing = [
        id_ for id_ in other.of_type("reference") if getattr(other.fields[id_], "to", "") == form.id
    ]
    if field.by not in pointing:
        what = Message("指向“{form}”的引用字段", form=form.id)
        yield (spot / "by").problem("link.reference", unknown(what, field.by, pointing))
    yield from filter_problems(names, other, field.where, spot / "where")
    yield from _measured(other, field, spot)


def _measured(other: Outline, field: Any, spot: Spot) -> Iterator[Problem]:
    if field.of is None:
        return
    if field.measure == "count":
        message = Message("计数用不到“of”")
        yield (spot / "of").key_problem("field.unused", message)
        return
    yield from missing(spot / "of", FIELD, field.of, other.fields, "field")
    found = other.fields.get(field.of)
    if found is None:
        return
    number = found.storage in (Storage.INTEGER, Storage.DECIMAL)
    day = found.storage in (Storage.DATE, Storage.DATETIME)
    if not number and (not day or field.measure in ("sum", "avg")):
        message = Message("“{field}”不是数字，不能汇总", field=field.of)
        yield (spot / "of").problem("link.number", message)
    elif day and field.result not in _DATES:
        message = Message("“{field}”是日期，result 应为 date 或 datetime", field=field.of)
        yield spot.problem("field.result", message)


def _option_conditions(around: Fields, field: Field, spot: Spot) -> Iterator[Problem]:
    for at, option in enumerate(getattr(field, "options", ()) or ()):
        for id_, allowed in (option.when or {}).items():
            here = spot / "options" / at / "when" / id_
            other = around.get(id_)
            if other is None:
                yield here.key_problem("link.field", unknown(FIELD, id_, around))
                continue
            known = [one.id for one in getattr(other, "options", ()) or ()]
            if known:
                yield from all_missing(here, OPTION, allowed, known, "option")

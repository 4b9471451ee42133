"""Do public forms ask only what outsiders may be asked, and can a record come of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from engine.app import Public
from engine.definition.public import PublicDef, PublicFieldDef
from engine.expressions import Compiled, Slot
from engine.field import Field
from engine.fields.lines import Lines
from engine.loading.build import Built, Part
from engine.loading.expressions import Compiling
from engine.loading.links import filed, missing, repeated
from engine.loading.nouns import COLUMN, FIELD, FORM, PUBLIC, REFERENCE, YES_NO_FIELD
from engine.loading.outline import Outline, Outlines
from engine.loading.remembering import Memory
from engine.loading.scopes import Scopes
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

CLOSED = frozenset(
    {"reference", "reference_list", "person", "department", "json", "region", "address"}
)
"""Kinds of fields that show what is in the workspace, or that need somebody signed in."""


def publics_of(
    names: Outlines, scopes: Scopes, built: Built, memory: Memory
) -> tuple[dict[str, Public], list[Problem]]:
    """Compile all public forms of an app, and say what is wrong with them."""
    problems = list(_files(built))
    found: dict[str, Public] = {}
    for part in built.public:
        made, wrong = memory.found(part, "public", partial(_public, names, scopes, part))
        problems += wrong
        if made is not None:
            found.setdefault(made.id, made)
    return found, problems


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.public, part.spot / "public") for part in built.public]
    yield from filed(PUBLIC, "public", named)


def _public(
    names: Outlines, scopes: Scopes, part: Part[PublicDef]
) -> tuple[Public | None, list[Problem]]:
    definition, spot = part.definition, part.spot
    form = names.of(definition.form)
    if form is None:
        return None, list(missing(spot / "form", FORM, definition.form, names.forms, "form"))
    problems = [
        *_asked(form, definition, spot / "fields"),
        *_columns(form, definition, spot / "fields"),
        *_given(form, definition, spot),
        *_lacking(form, definition, spot / "fields"),
    ]
    work = Compiling(scopes.of_form(form))
    logic = dict(_logic(work, scopes, form, definition, spot))
    made = Public(
        app=names.app.app,
        id=definition.public,
        form=form.id,
        definition=definition,
        logic=logic,
        reads=frozenset(path for one in work.done for path in one.reads),
        cells=dict(_cells(form, definition)),
    )
    return made, [*problems, *work.problems]


def _asked(form: Outline, definition: PublicDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the fields that are asked."""
    known = askable(form.fields)
    placed = [(one.field, spot / at / "field") for at, one in enumerate(definition.fields)]
    yield from repeated(FIELD, placed)
    for id_, here in placed:
        field = form.fields.get(id_)
        if field is not None and _is_closed(field):
            message = Message(
                "“{field}”会让外面的人看到工作区里的内容，不能问；"
                "请改用 per 或 set，或换成文字、选项字段",
                field=id_,
            )
            yield here.problem("public.closed", message)
        else:
            yield from missing(here, FIELD, id_, known, "field")
        if id_ in _hidden_by_section(form):
            message = Message("“{field}”所在的分组有显示条件，公开表单里不能问", field=id_)
            yield here.problem("public.section", message)


def askable(fields: Mapping[str, Field]) -> list[str]:
    """Return the fields, or the columns of a sub-table, that people outside can be asked."""
    return [id_ for id_, field in fields.items() if _may_be_asked(field)]


def closed(fields: Mapping[str, Field]) -> list[str]:
    """Return those that are filled in by hand, but not by people outside."""
    return [id_ for id_, one in fields.items() if one.settable and _is_closed(one)]


def _may_be_asked(field: Field) -> bool:
    return field.settable and field.readonly is not True and not _is_closed(field)


def _is_closed(field: Field) -> bool:
    if isinstance(field, Lines):
        return not askable(field.cells)
    return field.type in CLOSED


def _cells(form: Outline, definition: PublicDef) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in definition.fields:
        field = form.fields.get(one.field)
        if isinstance(field, Lines):
            able = askable(field.cells)
            yield one.field, tuple(id_ for id_ in able if not one.cells or id_ in one.cells)


def _columns(form: Outline, definition: PublicDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the columns of the sub-tables that are asked."""
    for at, one in enumerate(definition.fields):
        field = form.fields.get(one.field)
        if isinstance(field, Lines) and askable(field.cells):
            yield from _chosen(field, one, spot / at)
        elif field is not None and one.cells:
            message = Message("“{field}”不是子表，不能写 cells", field=one.field)
            yield (spot / at / "cells").key_problem("public.cells", message)


def _chosen(field: Lines, one: PublicFieldDef, spot: Spot) -> Iterator[Problem]:
    able, shut = askable(field.cells), closed(field.cells)
    for at, id_ in enumerate(one.cells):
        if id_ in shut:
            message = Message(
                "“{field}”的“{cell}”列会让外面的人看到工作区里的内容，不能问",
                field=field.id, cell=id_,
            )  # fmt: skip
            yield (spot / "cells" / at).problem("public.closed", message)
        else:
            yield from missing(spot / "cells" / at, COLUMN, id_, able, "column")
    if shut and not one.cells:
        message = Message(
            "“{field}”的“{cell}”列会让外面的人看到工作区里的内容，不能问；"
            "请用 cells 写明只问哪些列，如 [{able}]",
            field=field.id, cell=shut[0], able=", ".join(able),
        )  # fmt: skip
        yield (spot / "field").problem("public.closed", message)
    for id_ in lacking(field.cells):
        if id_ not in (one.cells or able):
            message = Message("“{cell}”列必填，这里却没有问；请加到 cells", cell=id_)
            yield (spot / "field").problem("public.required", message)


def lacking(fields: Mapping[str, Field]) -> list[str]:
    """Return the fields that are empty by themselves and must not be."""
    return [
        id_
        for id_, field in fields.items()
        if field.required is True and field.default is None and field.settable
    ]


def _hidden_by_section(form: Outline) -> frozenset[str]:
    sections = (one for one in form.definition.sections if one.visible is not None)
    return frozenset(field.id for section in sections for field in section.fields)


def _given(form: Outline, definition: PublicDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the fields that are filled in without being asked."""
    references = form.of_type("reference")
    yield from missing(spot / "per", REFERENCE, definition.per, references, "field")
    ticks = form.of_type("yes_no")
    name = definition.consent_field
    yield from missing(spot / "consent_field", YES_NO_FIELD, name, ticks, "field")
    settable = [id_ for id_, field in form.fields.items() if field.settable]
    asked = {one.field for one in definition.fields}
    for id_ in definition.set:
        here = spot / "set" / id_
        for problem in missing(here, FIELD, id_, settable, "field"):
            yield here.key_problem(problem.code, problem.message)
    taken = [(id_, spot / "set" / id_) for id_ in definition.set]
    taken += [(one, spot / key) for key, one in _named(definition)]
    for id_, here in taken:
        if id_ in asked:
            message = Message("“{field}”已经问了来访者，不必再自动填", field=id_)
            yield here.problem("public.twice", message)
    for key, one in _named(definition):
        if one in definition.set:
            message = Message("“{field}”由 {key} 填，不要再写在 set 里", field=one, key=key)
            yield (spot / "set" / one).key_problem("public.twice", message)


def _named(definition: PublicDef) -> Iterator[tuple[str, str]]:
    if definition.per is not None:
        yield "per", definition.per
    if definition.consent_field is not None:
        yield "consent_field", definition.consent_field


def _lacking(form: Outline, definition: PublicDef, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that nothing could ever be sent, as a field stays empty that must not."""
    filled = {*(one.field for one in definition.fields), *definition.set}
    filled |= {id_ for _, id_ in _named(definition)}
    for id_ in lacking(form.fields):
        if id_ not in filled:
            message = Message(
                "“{field}”必填，这里却没有问；请加到 fields，或用 set 填上", field=id_
            )
            yield spot.problem("public.required", message)


def _logic(
    work: Compiling, scopes: Scopes, form: Outline, definition: PublicDef, spot: Spot
) -> Iterator[tuple[str, Compiled]]:
    types = scopes.forms[form.id]
    for id_, text in definition.set.items():
        if id_ in form.fields:
            compiled = work.fill(text, spot / "set" / id_, Slot.VALUE, types[id_])
            if compiled:
                yield f"set/{id_}", compiled
    if definition.owner is not None:
        compiled = work.fill(definition.owner, spot / "owner", Slot.VALUE, types["owner"])
        if compiled:
            yield "owner", compiled

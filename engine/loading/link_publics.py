"""Do public forms ask only what outsiders may be asked, and can a record come of it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from engine.app import Public
from engine.definition.public import PublicDef
from engine.expressions import Compiled, Slot
from engine.field import Field
from engine.loading.build import Built, Part
from engine.loading.expressions import Compiling
from engine.loading.links import filed, missing, repeated
from engine.loading.nouns import FIELD, FORM, PUBLIC, REFERENCE, YES_NO_FIELD
from engine.loading.outline import Outline, Outlines
from engine.loading.remembering import Memory
from engine.loading.scopes import Scopes
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

CLOSED = frozenset(
    {
        "reference", "reference_list", "person", "department", "file", "image", "signature",
        "lines", "json", "region", "address",
    }
)  # fmt: skip
"""Kinds of fields that show what is in the workspace, or bring files into it."""


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
    )
    return made, [*problems, *work.problems]


def _asked(form: Outline, definition: PublicDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the fields that are asked."""
    known = askable(form.fields)
    placed = [(one.field, spot / at / "field") for at, one in enumerate(definition.fields)]
    yield from repeated(FIELD, placed)
    for id_, here in placed:
        field = form.fields.get(id_)
        if field is not None and field.type in CLOSED:
            message = Message(
                "“{field}”会让外面的人看到或放进工作区里的内容，不能问；"
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
    """Return the fields that people outside can be asked."""
    return [
        id_
        for id_, field in fields.items()
        if field.settable and field.readonly is not True and field.type not in CLOSED
    ]


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

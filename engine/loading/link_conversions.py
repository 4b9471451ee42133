"""Do conversions fill fields that there are, with records that they made?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.definition.form import ConversionDef, CreateDef
from engine.loading.complaints import unknown
from engine.loading.links import all_missing, all_missing_keys, missing, repeated
from engine.loading.nouns import (
    CONVERSION,
    EARLIER_STEP,
    FIELD,
    FORM,
    LINE_FIELD,
    ROLE,
    STAGE,
    STEP,
)
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

SOURCE = "source"
"""What a conversion calls the record that it starts from."""


def conversion_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with a form's conversions."""
    spot = form.spot / "conversions"
    ids = [(one.id, spot / at / "id") for at, one in enumerate(form.definition.conversions)]
    yield from repeated(CONVERSION, ids)
    for at, conversion in enumerate(form.definition.conversions):
        yield from _one(names, form, conversion, spot / at)


def step_id(step: CreateDef) -> str:
    """Return what later steps call a record that a conversion makes."""
    return step.id or step.form


def _one(
    names: Outlines, form: Outline, conversion: ConversionDef, spot: Spot
) -> Iterator[Problem]:
    yield from all_missing(spot / "roles", ROLE, conversion.roles, names.roles, "role")
    yield from missing(spot / "stage", STAGE, conversion.stage, form.stage_ids, "stage")
    made: dict[str, str] = {SOURCE: form.id}
    placed = []
    for at, step in enumerate(conversion.creates):
        here = spot / "creates" / at
        yield from _step(names, form, step, here, made)
        placed.append((step_id(step), here / "id" if step.id else here / "form"))
        made[step_id(step)] = step.form
    yield from repeated(STEP, placed)
    yield from _kept(form, conversion.keep, spot / "keep", made)


def _step(
    names: Outlines, form: Outline, step: CreateDef, spot: Spot, made: Mapping[str, str]
) -> Iterator[Problem]:
    yield from missing(spot / "form", FORM, step.form, names.forms, "form")
    target = names.of(step.form)
    if target is None:
        return
    if step.existing is not None:
        wrong = _misdirected(form, step.existing, step.form)
        if wrong:
            yield (spot / "existing").problem("link.reference", wrong)
    settable = [id_ for id_, field in target.fields.items() if field.settable]
    yield from all_missing_keys(spot / "set", FIELD, step.set, settable, "field")
    for id_, source in step.refer.items():
        yield from _reference(target, id_, source, spot / "refer" / id_, made)
    for id_, source in step.lines.items():
        here = spot / "lines" / id_
        lines = LINE_FIELD
        if id_ not in target.of_type("lines"):
            message = unknown(lines, id_, target.of_type("lines"))
            yield here.key_problem("link.field", message)
        yield from missing(here, lines, source, form.of_type("lines"), "field")


def _reference(
    target: Outline, id_: str, source: str, spot: Spot, made: Mapping[str, str]
) -> Iterator[Problem]:
    if source not in made:
        yield spot.problem("link.step", unknown(EARLIER_STEP, source, made))
        return
    wrong = _misdirected(target, id_, made[source])
    if wrong:
        yield spot.key_problem("link.reference", wrong)


def _kept(
    form: Outline, keep: Mapping[str, str], spot: Spot, made: Mapping[str, str]
) -> Iterator[Problem]:
    steps = [name for name in made if name != SOURCE]
    for id_, source in keep.items():
        here = spot / id_
        if source not in steps:
            yield here.problem("link.step", unknown(STEP, source, steps))
        elif wrong := _misdirected(form, id_, made[source]):
            yield here.key_problem("link.reference", wrong)


def _misdirected(form: Outline, id_: str, to: str) -> Message | None:
    """Return what to say of a field that is no reference to a form."""
    known = [
        one for one in form.of_type("reference") if getattr(form.fields[one], "to", None) == to
    ]
    return None if id_ in known else unknown(Message("指向“{form}”的引用字段", form=to), id_, known)

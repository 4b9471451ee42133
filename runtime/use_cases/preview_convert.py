"""What would a conversion make, and what must still be asked before it can?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.app import Form
from engine.definition.form import ConversionDef, CreateDef
from engine.outcomes import Denied, Missing, Refusal, Submission
from engine.record import Record
from engine.stages.gate import is_empty
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.convert_record import definition_of, prefilled, refusal_of
from runtime.use_cases.preview_record import Preview, preview_in
from runtime.use_cases.reach import Reached, Work, begin, reach


@dataclass(frozen=True, kw_only=True)
class Making:
    """One record that the conversion makes, or takes because it exists."""

    name: str
    """The conversion's own name for it."""
    form: Form
    preview: Preview | None
    existing: Record | None
    asked: tuple[str, ...] = ()
    """Fields that are needed and not carried over."""
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """A conversion of one record, before it is done."""

    definition: ConversionDef
    form: Form
    source: Record
    """As the actor may see it."""
    makings: tuple[Making, ...]


def preview_convert(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    conversion: str,
    typed: dict[str, Submission] | None = None,
) -> Conversion | Refusal | Denied | Missing:
    """Return what would be made, with what was typed for it so far."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached, definition = reach(work, id_), definition_of(form, conversion)
        if isinstance(reached, Missing) or definition is None:
            return Missing()
        refused = refusal_of(work, reached, definition)
        if refused is not None:
            return refused
        seen = unit.query.one(form, work.sight, act.actor, work.env, id_)
        makings = tuple(
            _making(work, reached, definition, step, typed or {}) for step in definition.creates
        )
        source = seen or reached.record
        return Conversion(definition=definition, form=form, source=source, makings=makings)


def _making(
    work: Work,
    reached: Reached,
    definition: ConversionDef,
    step: CreateDef,
    typed: dict[str, Submission],
) -> Making:
    name = step.id or step.form
    target = work.app.forms[step.form]
    existing = reached.record.values.get(step.existing) if step.existing else None
    if isinstance(existing, str):
        there = begin(work.services, work.unit, work.act, target)
        record = work.unit.query.one(target, there.sight, work.act.actor, there.env, existing)
        return Making(name=name, form=target, preview=None, existing=record or reached.record)
    there = begin(work.services, work.unit, work.act, target)
    submission = prefilled(work, reached, definition, step, {})
    values = {id_: value for id_, value in submission.values.items() if value is not None}
    given: dict[str, Any] = {**values, **(typed[name].values if name in typed else {})}
    preview = preview_in(there, None, None, given)
    return replace(
        Making(name=name, form=target, preview=preview, existing=None),
        asked=_asked(preview, step, values),
        carried=tuple(id_ for id_ in target.fields if id_ in values),
    )


def _asked(preview: Preview, step: CreateDef, carried: dict[str, Any]) -> tuple[str, ...]:
    form = preview.form
    return tuple(
        id_
        for id_, field in form.fields.items()
        if field.settable
        and id_ not in step.refer
        and is_empty(carried.get(id_))
        and preview.layout.fields[id_].required
        and field.default is None
    )

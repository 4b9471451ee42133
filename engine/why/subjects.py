"""Which rules of a form can somebody ask about, and where do they stand in the app?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.app import App, Form
from engine.definition.stage import StageDef
from engine.expressions import Compiled
from engine.problems import Location
from engine.wording import Label, Message

Group = Literal["visible", "required", "readonly", "formula", "check", "gate", "view"]
"""What a rule decides; in the order in which people meet them."""
GROUPS: tuple[Group, ...] = ("gate", "check", "visible", "required", "readonly", "formula", "view")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One rule; `id` names it in addresses, as `gate:won/gate/that/budget`."""

    id: str
    group: Group
    label: Label | Message
    compiled: Compiled
    at: Location
    field: str = ""
    """The field that it is about, whose right to be seen it shares."""
    stage: str = ""


def subjects(app: App, form: Form) -> Mapping[str, Subject]:
    """Return every rule of a form by its id, in the order of GROUPS."""
    found = {subject.id: subject for subject in _all(app, form)}
    return dict(sorted(found.items(), key=lambda pair: GROUPS.index(pair[1].group)))


def _all(app: App, form: Form) -> Iterator[Subject]:
    yield from _of_fields(app, form)
    yield from _checks(app, form)
    for stage in form.stages.values():
        yield from _gates(app, form, stage)


def _of_fields(app: App, form: Form) -> Iterator[Subject]:
    logic = form.logic
    yield from _sections(app, form)
    decided: tuple[tuple[Group, Iterable[tuple[str, Compiled | None]]], ...] = (
        ("visible", logic.visible.items()),
        ("required", ((id_, need.when) for id_, need in logic.required.items())),
        ("readonly", logic.readonly.items()),
        ("formula", logic.formulas.items()),
    )
    for group, rules in decided:
        for id_, compiled in rules:
            if compiled is not None and id_ in form.fields:
                yield _of_field(app, form, group, id_, compiled)


def _sections(app: App, form: Form) -> Iterator[Subject]:
    for section in form.definition.sections:
        compiled = form.logic.visible.get(f"section:{section.id}")
        if compiled is not None:
            yield Subject(
                id=f"visible:section:{section.id}",
                group="visible",
                label=section.label or section.id,
                compiled=compiled,
                at=app.at("forms", form.id, "sections", section.id),
            )


def _of_field(app: App, form: Form, group: Group, id_: str, compiled: Compiled) -> Subject:
    return Subject(
        id=f"{group}:{id_}",
        group=group,
        label=form.fields[id_].label,
        compiled=compiled,
        at=app.at("forms", form.id, "fields", id_, group),
        field=id_,
    )


def _checks(app: App, form: Form) -> Iterator[Subject]:
    for check in form.definition.checks:
        compiled = form.logic.checks.get(check.id)
        if compiled is not None:
            yield Subject(
                id=f"check:{check.id}",
                group="check",
                label=check.message,
                compiled=compiled,
                at=app.at("forms", form.id, "checks", check.id),
            )


def _gates(app: App, form: Form, stage: StageDef) -> Iterator[Subject]:
    for side, gate in (("gate", stage.gate), ("entry", stage.entry)):
        asked = [
            *(("that", one.id, one.message) for one in gate.that),
            *(("evidence", one.id, one.label) for one in gate.evidence),
        ]
        for kind, id_, label in asked:
            compiled = form.logic.gates.get(f"{stage.id}/{side}/{kind}/{id_}")
            if compiled is not None:
                yield Subject(
                    id=f"gate:{stage.id}/{side}/{kind}/{id_}",
                    group="gate",
                    label=label,
                    compiled=compiled,
                    at=app.at("forms", form.id, "stages", stage.id, side, kind, id_),
                    stage=stage.id,
                )

"""Are the expressions of a form right, and what do they become?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.app import Logic, Need
from engine.definition.access import GrantDef
from engine.definition.stage import GateDef
from engine.expressions import Compiled, Slot
from engine.field import Field, Storage, When
from engine.loading.complaints import unknown
from engine.loading.expressions import Compiling
from engine.loading.link_conversions import step_id
from engine.loading.nouns import ROWS
from engine.loading.ordering import formula_order
from engine.loading.outline import Outline, Outlines
from engine.loading.reading_paths import references_read
from engine.loading.scopes import Scopes, cells_of
from engine.loading.source import Spot
from engine.problems import Problem

ROW_WORDS = ("none", "own", "department", "tree", "all")
"""Sets of records that have a name; anything else in their place is an expression."""


def form_logic(names: Outlines, scopes: Scopes, form: Outline) -> tuple[Logic, list[Problem]]:
    """Compile all expressions of a form."""
    own = Compiling(scopes.of_form(form))
    fields = [(one, spot) for one, spot in form.placed_fields if form.fields[one.id] is one]
    parts = _field_parts(own, fields)
    parts["visible"].update(_sections(own, form))
    lines: dict[str, Logic] = {}
    problems: list[Problem] = []
    upwards: set[tuple[str, ...]] = set()
    for one, spot in fields:
        if one.storage is Storage.LINES:
            inner = Compiling(scopes.of_lines(form, one))
            logic = _line_logic(inner, one, spot, own)
            lines[one.id] = logic
            problems += inner.problems
            upwards |= _upwards(inner)
    order, circles = formula_order(form, parts["formulas"], lines)
    logic = Logic(
        **{**parts, "formulas": _sorted(parts["formulas"], order)},
        checks=_checks(own, form),
        gates=dict(_gates(own, form)),
        pipelines=_pipelines(own, form),
        grants=_grants(own, form),
        conversions=_conversions(own, names, scopes, form),
        routing=_routing(own, form),
        lines={id_: _in_order(logic, (id_,), order) for id_, logic in lines.items()},
        formula_order=order,
        reads=references_read(form, form.fields, own.done, upwards),
    )
    return logic, [*own.problems, *problems, *circles]


def _sorted(
    formulas: dict[str, Compiled], order: tuple[tuple[str, ...], ...]
) -> dict[str, Compiled]:
    ranks = {path: rank for rank, path in enumerate(order)}
    return dict(sorted(formulas.items(), key=lambda item: ranks.get((item[0],), 0)))


def _field_parts(work: Compiling, fields: list[tuple[Field, Spot]]) -> dict[str, Any]:
    parts: dict[str, Any] = {
        key: {} for key in ("visible", "required", "readonly", "defaults", "formulas")
    }
    for one, spot in fields:
        for key, compiled in _one_field(work, one, spot):
            parts[key][one.id] = compiled
    return parts


def _one_field(work: Compiling, one: Field, spot: Spot) -> Iterator[tuple[str, Any]]:
    found = {
        "visible": _condition(work, one.visible, spot / "visible"),
        "required": _need(work, one, spot / "required"),
        "readonly": _condition(work, one.readonly, spot / "readonly"),
        "defaults": _default(work, one, spot / "default" / "feel"),
        "formulas": _formula(work, one, spot / "feel"),
    }
    yield from ((key, compiled) for key, compiled in found.items() if compiled is not None)
    if one.readonly is True:
        yield "readonly", None


def _condition(work: Compiling, text: str | bool | None, spot: Spot) -> Compiled | None:
    return work.compile(text, spot, Slot.FORM) if isinstance(text, str) else None


def _default(work: Compiling, one: Field, spot: Spot) -> Compiled | None:
    default = one.computed_default
    if default is None:
        return None
    return work.fill(default.feel, spot, Slot.VALUE, work.scope.names[one.id])


def _formula(work: Compiling, one: Field, spot: Spot) -> Compiled | None:
    if one.type != "formula":
        return None
    return work.fill(getattr(one, "feel", ""), spot, Slot.LIVE, work.scope.names[one.id])


def _need(work: Compiling, one: Field, spot: Spot) -> Need | None:
    match one.required:
        case bool(required):
            return Need() if required else None
        case When(when=when, message=message):
            compiled = work.compile(when, spot / "when", Slot.FORM)
            return Need(compiled, message) if compiled else None
        case text:
            compiled = work.compile(text, spot, Slot.FORM)
            return Need(compiled) if compiled else None


def _sections(work: Compiling, form: Outline) -> Iterator[tuple[str, Compiled]]:
    for at, section in enumerate(form.definition.sections):
        if section.visible is not None:
            spot = form.spot / "sections" / at / "visible"
            compiled = work.compile(section.visible, spot, Slot.FORM)
            if compiled:
                yield f"section:{section.id}", compiled


def _line_logic(inner: Compiling, lines: Field, spot: Spot, own: Compiling) -> Logic:
    cells = list(cells_of(lines).values())
    placed = [
        (cell, spot / "fields" / at)
        for at, cell in enumerate(getattr(lines, "fields", ()))
        if cell in cells
    ]
    parts = _field_parts(inner, placed)
    through = {
        path[1:]
        for compiled in own.done
        for path in compiled.reads
        if len(path) > 1 and path[0] == lines.id
    }
    return Logic(**parts, reads=references_read(None, cells_of(lines), inner.done, through))


def _upwards(inner: Compiling) -> set[tuple[str, ...]]:
    """Return what the rows of a line field read of their record."""
    return {
        path[1:]
        for compiled in inner.done
        for path in compiled.reads
        if len(path) > 1 and path[0] == "record"
    }


def _in_order(logic: Logic, above: tuple[str, ...], order: tuple[tuple[str, ...], ...]) -> Logic:
    ranks = {path: rank for rank, path in enumerate(order)}
    items = sorted(logic.formulas.items(), key=lambda item: ranks.get((*above, item[0]), 0))
    return Logic(
        visible=logic.visible,
        required=logic.required,
        readonly=logic.readonly,
        defaults=logic.defaults,
        formulas=dict(items),
        reads=logic.reads,
    )


def _checks(work: Compiling, form: Outline) -> dict[str, Compiled]:
    found = {}
    for at, check in enumerate(form.definition.checks):
        compiled = work.compile(check.that, form.spot / "checks" / at / "that", Slot.CHECK)
        if compiled:
            found[check.id] = compiled
    return found


def _gates(work: Compiling, form: Outline) -> Iterator[tuple[str, Compiled]]:
    for stage, spot in form.placed_stages:
        for side, gate in (("gate", stage.gate), ("entry", stage.entry)):
            yield from _gate(work, gate, spot / side, f"{stage.id}/{side}")


def _gate(work: Compiling, gate: GateDef, spot: Spot, key: str) -> Iterator[tuple[str, Compiled]]:
    for at, condition in enumerate(gate.that):
        compiled = work.compile(condition.that, spot / "that" / at / "that", Slot.GATE)
        if compiled:
            yield f"{key}/that/{condition.id}", compiled
    for at, item in enumerate(gate.evidence):
        if item.when is not None:
            compiled = work.compile(item.when, spot / "evidence" / at / "when", Slot.GATE)
            if compiled:
                yield f"{key}/evidence/{item.id}", compiled


def _pipelines(work: Compiling, form: Outline) -> dict[str, Compiled]:
    found = {}
    for at, pipeline in enumerate(form.definition.pipelines):
        if pipeline.when is not None:
            spot = form.spot / "pipelines" / at / "when"
            compiled = work.compile(pipeline.when, spot, Slot.RULE)
            if compiled:
                found[pipeline.id] = compiled
    return found


def _routing(work: Compiling, form: Outline) -> Compiled | None:
    routing = form.definition.routing
    if routing is None or routing.when is None:
        return None
    return work.compile(routing.when, form.spot / "routing" / "when", Slot.RULE)


def _grants(work: Compiling, form: Outline) -> dict[str, Compiled]:
    found = {}
    for role, grant in form.definition.access.items():
        for right, text in _row_expressions(grant):
            spot = form.spot / "access" / role / right
            if text.isidentifier() and text not in work.scope.names:
                message = unknown(ROWS, text, ROW_WORDS)
                work.problems.append(spot.problem("link.rows", message))
                continue
            compiled = work.compile(text, spot, Slot.ROWS)
            if compiled:
                found[f"{role}/{right}"] = compiled
    return found


def _row_expressions(grant: GrantDef) -> Iterator[tuple[str, str]]:
    for right in ("rows", "edit", "delete", "advance", "transfer"):
        text = getattr(grant, right)
        if isinstance(text, str) and text not in ROW_WORDS:
            yield right, text


def _conversions(
    work: Compiling, names: Outlines, scopes: Scopes, form: Outline
) -> dict[str, Compiled]:
    found = {}
    for at, conversion in enumerate(form.definition.conversions):
        spot = form.spot / "conversions" / at
        if conversion.when is not None:
            compiled = work.compile(conversion.when, spot / "when", Slot.GATE)
            if compiled:
                found[f"{conversion.id}/when"] = compiled
        for index, step in enumerate(conversion.creates):
            target = names.of(step.form)
            known = scopes.forms[target.id] if target else {}
            for id_, text in step.set.items():
                here = spot / "creates" / index / "set" / id_
                if id_ in known:
                    compiled = work.fill(text, here, Slot.VALUE, known[id_])
                    if compiled:
                        found[f"{conversion.id}/{step_id(step)}/{id_}"] = compiled
    return found

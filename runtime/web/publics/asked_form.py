"""How does a form look that is cut down to what people outside are asked?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from engine.app import Form, Logic, Public
from engine.definition.form import SectionDef
from engine.field import Field
from engine.fields.lines import Lines
from engine.forms.layout import Shown
from runtime.limits import PUBLIC_ROWS
from runtime.use_cases.preview_record import Preview

SECTION = "asked"


class AskedForms:
    """Forms cut down for people outside, put together once per version of an app."""

    def __init__(self) -> None:
        # By identity: what was published anew is another object. It is kept beside what was made
        # of it, so that its identity is not given to anything else.
        self._known: dict[tuple[str, str], tuple[Public, Form, Form]] = {}

    def of(self, public: Public, form: Form) -> Form:
        """Return a form with the fields that are asked alone, in their order; nothing of the rest
        is in it, so nothing of the rest can reach a page."""
        known = self._known.get((public.app, public.id))
        if known is None or known[0] is not public or known[1] is not form:
            known = (public, form, _cut(public, form))
            self._known[public.app, public.id] = known
        return known[2]

    def cut(self, public: Public, preview: Preview) -> Preview:
        """Return what a page shows of a record that is not sent yet."""
        form = self.of(public, preview.form)
        shown = {id_: preview.layout.fields[id_] for id_ in form.fields}
        values = {id_: _seen(public, id_, preview) for id_ in form.fields}
        return replace(
            preview,
            form=form,
            record=replace(preview.record, values=values),
            layout=replace(
                preview.layout,
                sections={SECTION: True},
                fields=shown,
                rows=dict(_rows(preview, public)),
            ),
        )


def _seen(public: Public, id_: str, preview: Preview) -> Any:
    value = preview.record.values.get(id_)
    if id_ not in public.cells or not isinstance(value, tuple):
        return value
    wanted = {*public.cells[id_], "id"}
    return tuple({name: row[name] for name in row.keys() & wanted} for row in _mapped(value))


def _mapped(rows: tuple[Any, ...]) -> Iterator[Mapping[str, Any]]:
    return (row for row in rows if isinstance(row, Mapping))


def _rows(
    preview: Preview, public: Public
) -> Iterator[tuple[str, tuple[Mapping[str, Shown], ...]]]:
    for id_, cells in public.cells.items():
        rows = preview.layout.rows.get(id_, ())
        yield id_, tuple({cell: row[cell] for cell in cells} for row in rows)


def _narrowed(public: Public, field: Field) -> Field:
    """Return a sub-table with the columns that are asked alone."""
    if not isinstance(field, Lines):
        return field
    cells = public.cells[field.id]
    return msgspec.structs.replace(
        field,
        fields=tuple(cell for cell in field.fields if cell.id in cells),
        totals=tuple(id_ for id_ in field.totals if id_ in cells),
        max_rows=min(field.max_rows, PUBLIC_ROWS),
    )


def _cut(public: Public, form: Form) -> Form:
    helps = {one.field: one.help for one in public.definition.fields if one.help is not None}
    asked = (form.fields[id_] for id_ in public.asked if id_ in form.fields)
    fields = {one.id: _narrowed(public, one) for one in asked}
    for id_, said in helps.items():
        fields[id_] = msgspec.structs.replace(fields[id_], help=said)
    section = SectionDef(
        id=SECTION,
        label=public.definition.label,
        columns=1,
        fields=tuple(fields.values()),
    )
    checks = tuple(one for one in form.definition.checks if _about(form, one.id) <= fields.keys())
    definition = msgspec.structs.replace(
        form.definition, sections=(section,), tabs=(), checks=checks
    )
    logic = _logic(form.logic, fields.keys())
    lines = {
        id_: _logic(form.logic.lines[id_], public.cells[id_])
        for id_ in public.cells.keys() & form.logic.lines.keys()
    }
    return replace(form, definition=definition, fields=fields, logic=replace(logic, lines=lines))


def _about(form: Form, check: str) -> set[str]:
    compiled = form.logic.checks.get(check)
    return {path[0] for path in compiled.reads} if compiled else set()


def _logic(logic: Logic, asked: Collection[str]) -> Logic:
    kept: dict[str, Any] = {
        name: {id_: one for id_, one in getattr(logic, name).items() if id_ in asked}
        for name in ("visible", "required", "readonly", "defaults", "choices")
    }
    return replace(logic, **kept, formulas={}, formula_order=(), lines={}, gates={}, grants={})

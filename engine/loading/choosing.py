"""Which records may be chosen where a form refers to others?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.app import App, Form, Logic
from engine.expressions import Compiled, FeelErrors, Slot, compile_expression
from engine.field import Field
from engine.fields.lines import Lines
from engine.fields.reference import Reference
from engine.filters import BadFilter, where_to_feel


def with_choices(app: App) -> App:
    """Return the app with the conditions of its references compiled, where they are right."""
    forms = {id_: replace(form, logic=_logic(app, form)) for id_, form in app.forms.items()}
    return replace(app, forms=forms)


def _logic(app: App, form: Form) -> Logic:
    logic = _with_choices(app, form.fields, form.logic)
    lines = {
        id_: _with_choices(app, field.cells, logic.lines[id_])
        for id_, field in form.fields.items()
        if isinstance(field, Lines) and id_ in logic.lines
    }
    return replace(logic, lines={**logic.lines, **lines})


def _with_choices(app: App, fields: Mapping[str, Field], logic: Logic) -> Logic:
    choices = dict(_choices(app, fields))
    read = {(id_, *path) for id_, compiled in choices.items() for path in compiled.reads}
    return replace(logic, choices=choices, reads=logic.reads | read)


def _choices(app: App, fields: Mapping[str, Field]) -> Iterator[tuple[str, Compiled]]:
    for id_, field in fields.items():
        target = app.forms.get(field.to) if isinstance(field, Reference) else None
        if target is None or not isinstance(field, Reference) or not field.where:
            continue
        try:
            feel = where_to_feel(app, target, field.where)
            yield id_, compile_expression(feel, target.scope, Slot.ROWS)
        except (BadFilter, FeelErrors):
            continue  # said with the other problems

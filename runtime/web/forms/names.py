"""What do the forms of an app call their fields and the values in them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import App, Form
from engine.expressions.telling.names import Where, Words
from engine.expressions.values import Value
from engine.field import Field
from engine.sources import source_of
from engine.typed.anything import shown
from engine.wording import LOCALES, Message
from runtime.use_cases.name_values import target_of
from runtime.web.filters.words import SYSTEM_LABELS

RECORD = "record"
"""What the rows of a line field call the record that they belong to."""


@dataclass(frozen=True)
class FormNames:
    """The names of one form and what it refers to; of the rows of a line field if one is given."""

    apps: Mapping[str, App]
    form: Form
    lines: str | None = None

    def field(self, where: Where) -> Words | None:
        """Return the label of the last field of a path."""
        if where == ((RECORD,) if self.lines else ("id",)):
            return Message("本记录")
        form, field = self._found(where)
        if field is not None:
            return field.label
        return SYSTEM_LABELS.get(where[-1]) if form is not None else None

    def value(self, where: Where, value: Value) -> Words | None:
        """Return what people read for a value of the field at the end of a path."""
        form, field = self._found(where)
        if form is None:
            return None
        if field is None:
            return _of_system(form, where[-1], value)
        source = source_of(self.apps[form.app], form, field)
        return _of_field(getattr(source, "like", source), value)

    def _found(self, where: Where) -> tuple[Form | None, Field | None]:
        """Return the form and the field that a path ends in; no field for what the system keeps."""
        fields: Mapping[str, Field] = self.form.fields
        form: Form = self.form
        if self.lines:
            where, fields = self._in_row(where)
        for step in where[:-1]:
            field = fields.get(step)
            cells = getattr(field, "cells", None)
            if cells is not None:
                fields = cells
                continue
            target = self._target(form, field)
            if target is None:
                return None, None
            form, fields = target, target.fields
        return form, fields.get(where[-1]) if where else None

    def _in_row(self, where: Where) -> tuple[Where, Mapping[str, Field]]:
        if where[0] == RECORD:
            return where[1:], self.form.fields
        return where, self.form.fields[self.lines or ""].cells  # type: ignore[attr-defined]  # a line field

    def _target(self, form: Form, field: Field | None) -> Form | None:
        if field is None or not hasattr(field, "to"):
            return None
        app, to = target_of(form, field)
        return self.apps[app].forms.get(to) if app in self.apps else None


def _of_system(form: Form, id_: str, value: Value) -> Words | None:
    if id_ == "stage":
        stage = form.stage(str(value))
        return stage.label if stage else None
    if id_ == "pipeline":
        return next((each.label for each in form.pipelines if each.id == value), None)
    return None


def _of_field(field: Field, value: Any) -> Words | None:
    options = {each.id: each.label for each in getattr(field, "options", ())}
    if options:
        return options.get(str(value))
    if isinstance(value, bool) and field.type != "yes_no":
        return None
    if isinstance(value, str):
        return None
    return {locale: field.show(value, locale) or shown(value, locale) for locale in LOCALES}

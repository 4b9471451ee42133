"""Which field does a value that was fetched from elsewhere really belong to?"""

from __future__ import annotations

from engine.app import App, Form
from engine.field import Field

DEEPEST = 5
"""Fetched fields of fetched fields: no app needs more, and a circle ends here."""


def source_of(app: App, form: Form, field: Field) -> Field:
    """Return the field whose value a lookup shows; any other field is its own source."""
    for _ in range(DEEPEST):
        if field.type != "lookup":
            return field
        through = form.fields.get(str(getattr(field, "by", "")))
        target = app.forms.get(str(getattr(through, "to", "")))
        found = target.fields.get(str(getattr(field, "field", ""))) if target else None
        if target is None or found is None:
            return field
        form, field = target, found
    return field

"""Which field does a value that was fetched from elsewhere really belong to?"""

from __future__ import annotations

from typing import Any

from engine.app import App, Form
from engine.field import Field, NotAcceptable

DEEPEST = 5
"""Fetched fields of fetched fields: no app needs more, and a circle ends here."""


def field_at(app: App, form: Form, path: str) -> Field | None:
    """Return the field at the end of a path through references, as `site.region`, whose values
    stand there; None if there is none."""
    head, _, rest = path.partition(".")
    field = form.fields.get(head)
    if field is None or not rest:
        return source_of(app, form, field) if field else None
    there = app.forms.get(str(getattr(field, "to", "")))
    return field_at(app, there, rest) if there else None


def said_again(field: Field, data: Any, locale: str) -> str | None:
    """Return in words what was noted of a value as JSON; None if it is no value of the field."""
    like: Field = getattr(field, "like", field)
    try:
        return like.show(like.read(data), locale)
    except NotAcceptable:
        return None


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

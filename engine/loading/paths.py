"""Where does a field name point, or a reference and a field name joined by a dot?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.field import Field
from engine.loading.links import missing
from engine.loading.nouns import FIELD
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message


def field_at(names: Outlines, form: Outline, path: str) -> Field | None:
    """Return the field that a name, or a reference and a name, points to."""
    head, _, tail = path.partition(".")
    field = form.fields.get(head)
    if not tail or field is None:
        return field
    other = names.of(getattr(field, "to", None))
    return other.fields.get(tail) if other else None


def path_problems(names: Outlines, form: Outline, path: str, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that a field, or a field of a referenced form, is not there."""
    head, dot, tail = path.partition(".")
    if not dot:
        yield from missing(spot, FIELD, head, form.listed, "field")
        return
    field = form.fields.get(head)
    if field is None:
        yield from missing(spot, FIELD, head, form.fields, "field")
        return
    other = names.of(getattr(field, "to", None)) if field.type == "reference" else None
    if other is None:
        message = Message("“{field}”不是引用字段，后面不能接“.{rest}”", field=head, rest=tail)
        yield spot.problem("link.path", message)
        return
    yield from missing(spot, FIELD, tail, other.listed, "field")

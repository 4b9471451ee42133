"""With which condition can a new path begin, so that it means something and is reached?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.app import Form
from engine.expressions import Compiled, Slot, compile_expression
from engine.field import Field
from engine.loading.unreachable import never_first

LIMITS = (1_000_000, 100_000, 10_000, 1_000, 100, 10, 0)


def fresh_condition(form: Form, before: Sequence[Compiled]) -> str | None:
    """Return a simple condition on a field that still holds for something when those before it
    do not; None if there is none left."""
    said = {one.text for one in before}
    for text in _simple(form):
        if text in said:
            continue
        tried = compile_expression(text, form.scope, Slot.RULE)
        if len(before) not in never_first([*before, tried]):
            return text
    return None


def _simple(form: Form) -> Iterator[str]:
    """Yield conditions that people would think of first, the likeliest first."""
    fields = list(form.fields.values())
    yield from (f"{one.id} > {limit}" for one in _of(fields, "money") for limit in LIMITS[1:])
    for one in _of(fields, "select"):
        yield from (f'{one.id} = "{option.id}"' for option in getattr(one, "options", ()))
    yield from (f"{one.id} > {limit}" for one in _of(fields, "number") for limit in LIMITS)
    yield from (f"{one.id} = true" for one in _of(fields, "yes_no"))
    yield f"{form.definition.title} != null"


def _of(fields: Sequence[Field], type_: str) -> list[Field]:
    return [one for one in fields if one.type == type_]

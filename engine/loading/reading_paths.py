"""Which references must be followed before expressions can be evaluated?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.expressions import Compiled
from engine.field import Field, Storage
from engine.loading.outline import Outline

Dotted = tuple[str, ...]

_SYSTEM = ("owner", "department", "created_by", "updated_by")


def references_read(
    form: Outline | None,
    fields: Mapping[str, Field],
    compiled: Iterable[Compiled],
    others: Iterable[Dotted] = (),
) -> frozenset[Dotted]:
    """Return every path that crosses a reference, read by expressions or by the fields' rules."""
    paths = {path for one in compiled for path in one.reads} | set(others)
    paths |= set(_by_fields(fields))
    if form is not None:
        paths |= set(_by_fences(form))
    return frozenset(path for path in paths if len(path) > 1 and _is_reference(path[0], fields))


def _is_reference(name: str, fields: Mapping[str, Field]) -> bool:
    field = fields.get(name)
    return name in _SYSTEM if field is None else field.storage is Storage.LINK


def _by_fields(fields: Mapping[str, Field]) -> Iterator[Dotted]:
    for field in fields.values():
        yield from ((field.id, *name.split(".")) for name in field.follows())
        if field.type == "lookup":
            yield (str(getattr(field, "by", "")), str(getattr(field, "field", "")))


def _by_fences(form: Outline) -> Iterator[Dotted]:
    for stage, _ in form.placed_stages:
        for gate in (stage.gate, stage.entry):
            for item in gate.evidence:
                if item.within is not None:
                    yield tuple(item.within.of.split("."))

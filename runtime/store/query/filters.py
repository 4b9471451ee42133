"""Which records does a written condition mean, and may this person ask it?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, ColumnElement, bindparam, exists

from engine.access.sight import Sight
from engine.app import Form
from engine.expressions import Compiled
from engine.field import Field, Storage
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from runtime.store.feel import At, condition
from runtime.store.links import field_target, target_of
from runtime.store.query.fields import Fields
from runtime.store.tables import OTHER, PARENT

_RECORD = "record"


def filter_condition(fields: Fields, filter_: Compiled) -> ColumnElement[bool]:
    """Return the SQL of a condition; records of other forms that the person does not see do not
    answer it. Raises NotAllowed."""
    require_allowed(fields, filter_)
    fields.trees.append(filter_.tree)
    row = At(fields.store, fields.query.form, fields.main, seen=fields.seen)
    return condition(filter_.tree, row)


def only_condition(fields: Fields, name: str) -> ColumnElement[bool]:
    """Return the condition for the records that hold the id given as `only_parameter`. Raises
    NotAllowed and NotUnderstood."""
    asked = fields.usable(name)
    id_: BindParameter[str] = bindparam(only_parameter(name))
    if asked.storage is not Storage.LINKS:
        return asked.sql == id_
    links = fields.store.tables(fields.query.form).links[name]
    return exists().where(links.c[PARENT] == asked.sql, links.c[OTHER] == id_)


def only_parameter(name: str) -> str:
    """Return what the parameter is called."""
    return f"_only_{name}"


def require_allowed(fields: Fields, filter_: Compiled) -> None:
    """Raise NotAllowed if a condition reads what the person may not see, here or elsewhere."""
    query = fields.query
    for path in sorted(filter_.reads):
        _follow(fields, query.form, query.sight, path)


def _follow(fields: Fields, form: Form, sight: Sight, path: Sequence[str]) -> None:
    first, *rest = path
    fields.require(form, sight, first)
    field = form.fields.get(first)
    if isinstance(field, Lookup):
        _follow(fields, form, sight, (field.by, field.field, *rest))
    elif isinstance(field, Lines):
        _follow_lines(fields, form, sight, field, rest)
    elif rest:
        target = target_of(form, first)
        if target is not None and target.form is not None:
            _follow(fields, *fields.reached(first, target), rest)


def _follow_lines(
    fields: Fields, form: Form, sight: Sight, lines: Lines, rest: Sequence[str]
) -> None:
    if not rest:
        return
    first, *further = rest
    if first == _RECORD and further:
        _follow(fields, form, sight, further)
        return
    cell: Field | None = lines.cells.get(first)
    if isinstance(cell, Lookup):
        _follow_lines(fields, form, sight, lines, (cell.by, cell.field, *further))
    elif cell is not None and cell.storage is Storage.LINK and further:
        target = field_target(cell)
        if target is not None and target.form is not None:
            _follow(fields, *fields.reached(first, target), further)

"""What becomes of the rows of a line field, and what is wrong with them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.expressions import Env
from engine.forms.choosing import wrongly_chosen
from engine.forms.defaults import fill_defaults
from engine.forms.plan import LinesPart, plan_of
from engine.forms.rows import complain
from engine.forms.showing import hidden_in, is_empty, locked, need_message, needed
from engine.record import Values
from engine.wording import Message

Row = dict[str, Any]
Complaints = dict[str, tuple[Message, ...]]


@dataclass(frozen=True, kw_only=True)
class Around:
    """What the rows of a record stand in."""

    record: Mapping[str, Any]
    env: Env
    complaints: Complaints


def merged_rows(
    part: LinesPart, given: Any, stored: Any, seen: Any, around: Around
) -> tuple[Row, ...]:
    """Return the rows as expressions see them: what was given over what is stored, by row id.

    `seen` are the rows as the store sees them, with the records that their references point to.
    """
    before = {row["id"]: row for row in stored or () if row.get("id")}
    rows = []
    for place, sent in enumerate(given or ()):
        old = before.get(sent.get("id"))
        row: Row = {"id": None, **dict.fromkeys(part.rows.fields), **(old or {}), **sent}
        row.update(_followed(seen, place, len(given)))
        row["record"] = around.record
        if old is None:
            _fill(part, place, sent, row, around)
        for lookup in part.rows.lookups:
            row[lookup.id] = lookup.value_in(row)
        rows.append(row)
    return tuple(rows)


def _fill(part: LinesPart, place: int, sent: Row, row: Row, around: Around) -> None:
    for id_, message in fill_defaults(part.rows, sent, row, around.env).items():
        complain(part.field, place, part.field.cells[id_], message, around.complaints)


def _followed(seen: Any, place: int, count: int) -> Iterator[tuple[str, Any]]:
    """The records that a row's references point to, as the store added them to the row."""
    if isinstance(seen, tuple | list) and len(seen) == count:
        yield from ((name, value) for name, value in seen[place].items() if name.endswith("."))


def kept_rows(part: LinesPart, rows: tuple[Row, ...]) -> tuple[Row, ...] | None:
    """Return the rows with their cells alone, as they are stored."""
    names = ("id", *part.rows.fields)
    return tuple({name: row.get(name) for name in names} for row in rows) or None


def check_rows(
    part: LinesPart, rows: tuple[Row, ...], stored: Any, env: Env, complaints: Complaints
) -> None:
    """Note what is wrong with the number of rows and with each cell."""
    field = part.field
    wrong = field.rows_complaint(len(rows))
    if wrong:
        message = Message("“{field}”：{problem}", field=field.label, problem=wrong)
        complaints[field.id] = (*complaints.get(field.id, ()), message)
    before = {row["id"]: row for row in stored or () if row.get("id")}
    for place, row in enumerate(rows):
        hidden = hidden_in(part.rows, row, env)
        for cell, need in needed(part.rows, row, env):
            if cell.id not in hidden and is_empty(row.get(cell.id)):
                complain(field, place, cell, need_message(cell, need), complaints)
        old = before.get(row["id"]) or {}
        for cell in part.rows.contextual:
            value = row.get(cell.id)
            objection = value is not None and cell.objection(value, row, env, old.get(cell.id))
            if objection:
                complain(field, place, cell, objection, complaints)
        for cell, objection in wrongly_chosen(part.rows, row, old, env):
            complain(field, place, cell, objection, complaints)


def locked_cells(
    form: Form, given: Values, stored: Values, row: Mapping[str, Any], env: Env
) -> Complaints:
    """Complain about cells that were set by hand though their form locks them now.

    `row` is the record as expressions see it.
    """
    around = Around(record=row, env=env, complaints={})
    for part in plan_of(form).lines:
        if part.field.id in given and part.rows.readonly:
            _find_locked(part, given[part.field.id], stored.get(part.field.id), around)
    return around.complaints


def _find_locked(part: LinesPart, given: Any, stored: Any, around: Around) -> None:
    before = {old["id"]: old for old in stored or () if old.get("id")}
    for place, sent in enumerate(given or ()):
        old = before.get(sent.get("id")) or part.rows.fixed
        seen = {**dict.fromkeys(part.rows.fields), **old, **sent, "record": around.record}
        for id_ in locked(part.rows, seen, around.env) & sent.keys():
            if sent[id_] != old.get(id_):
                problem = Message("现在不能修改")
                complain(part.field, place, part.field.cells[id_], problem, around.complaints)

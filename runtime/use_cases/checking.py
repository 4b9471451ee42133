"""Is what was given acceptable for this actor and this record?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.access.sight import sight_of
from engine.app import Form
from engine.field import Field, Unique
from engine.fields.department import Department
from engine.fields.lines import Lines
from engine.fields.person import Person
from engine.fields.reference import Reference
from engine.fields.reference_list import ReferenceList
from engine.forms.derive import Derived, derive
from engine.forms.line_rows import locked_cells
from engine.forms.showing import locked_fields
from engine.outcomes import Submission
from engine.record import Record, Values
from engine.wording import Message, Said
from runtime.store.ids import new_id
from runtime.use_cases.reach import Work

FILES = frozenset({"file", "image", "signature"})

Complaints = Mapping[str, tuple[Message, ...]]


def not_writable(
    work: Work, submission: Submission, row: Mapping[str, Any], before: Values
) -> Complaints:
    """Complain about every field that was sent by hand but is not the actor's to set: by the
    actor's roles, or because the form works it out or locks it now."""
    roles_shut = work.sight.hidden | work.sight.readonly | work.sight.masked
    form_shut = locked_fields(work.form, row, work.env)
    complaints: dict[str, tuple[Message, ...]] = {}
    for id_, value in submission.values.items():
        label = work.form.fields[id_].label
        if id_ in roles_shut:
            complaints[id_] = (Message("您没有修改“{field}”的权限", field=label),)
        elif id_ in form_shut and value != before.get(id_):
            complaints[id_] = (Message("“{field}”现在不能修改", field=label),)
    return {**locked_cells(work.form, submission.values, before, row, work.env), **complaints}


def new_row(work: Work, record: Record) -> Mapping[str, Any]:
    """Return a record that is not saved yet as expressions see it: it has no id."""
    return {**work.row(record), "id": None}


def worked_out(work: Work, before: Record | None, wanted: Record, given: Values) -> Derived:
    """Let the engine merge, work out and check the values, then ask the store what only it knows:
    whether references point somewhere and unique values are free."""
    row = work.row(wanted) if before else new_row(work, wanted)
    derived = derive(work.form, before, given, row, work.env)
    complaints = dict(derived.complaints)
    changed = _changed(work.form, before, derived.values)
    for id_, message in (
        *_lost_references(work, changed, before.id if before else None),
        *_taken(work, wanted.id, changed, derived.values),
    ):
        complaints[id_] = (*complaints.get(id_, ()), message)
    return Derived(values=_with_row_ids(work, derived.values), complaints=complaints)


def _with_row_ids(work: Work, values: Values) -> Values:
    """Give every new row of lines an id that stays."""
    named = dict(values)
    for id_, field in work.form.fields.items():
        rows = values.get(id_)
        if isinstance(field, Lines) and isinstance(rows, tuple):
            named[id_] = tuple(_named(work, row) for row in rows)
    return named


def _named(work: Work, row: Any) -> Any:
    return row if row.get("id") else {**row, "id": new_id(work.now)}


def _changed(form: Form, before: Record | None, values: Values) -> Values:
    old = before.values if before else {}
    return {id_: value for id_, value in values.items() if value != old.get(id_)}


def _lost_references(
    work: Work, changed: Values, record: str | None
) -> Iterator[tuple[str, Message]]:
    for id_, field, value in _links(work.form, changed):
        if not _points_somewhere(work, field, value):
            yield id_, Message("“{field}”选的内容不存在，或您看不到它", field=field.label)
        elif field.type in FILES:
            yield from ((id_, message) for message in _bad_files(work, field, value, record))


def _links(form: Form, changed: Values) -> Iterator[tuple[str, Field, object]]:
    """Yield every value that changed with its field, the cells of lines one by one."""
    for id_, value in changed.items():
        field = form.fields.get(id_)
        if isinstance(field, Lines) and isinstance(value, tuple):
            rows = [row for row in value if isinstance(row, Mapping)]
            for at, row in enumerate(rows):
                for cell in field.fields:
                    if row.get(cell.id) is not None:
                        yield f"{id_}.{at}.{cell.id}", cell, row[cell.id]
        elif field is not None and value is not None:
            yield id_, field, value


def _points_somewhere(work: Work, field: object, value: object) -> bool:
    match field:
        case Reference() | ReferenceList():
            return not _unseen(work, field.to, _ids(value))
        case Person():
            return work.unit.people.all_known(_ids(value))
        case Department():
            return work.unit.people.department(str(value)) is not None
        case _:
            return True


def _bad_files(work: Work, field: Field, value: object, record: str | None) -> Iterator[Message]:
    ids = _ids(value)
    if not work.unit.files.usable(ids, work.act.actor.uploads_as, record):
        yield Message("“{field}”的文件不存在或已被使用，请重新上传", field=field.label)
        return
    for stored in work.unit.files.by_ids(ids).values():
        refusal = field.refusal_of(stored)
        if refusal is not None:
            yield refusal


def _ids(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _unseen(work: Work, to: str, ids: tuple[str, ...]) -> bool:
    app, _, name = to.rpartition(".")
    form = work.services.form(app or work.form.app, name)
    if form is None:
        return True
    seen = work.unit.query.visible(
        form, sight_of(form, work.act.actor), work.act.actor, work.env, ids
    )
    return len(seen) < len(set(ids))


def _taken(work: Work, id_: str, changed: Values, values: Values) -> Iterator[tuple[str, Message]]:
    for name, field in work.form.fields.items():
        if not field.unique or values.get(name) is None:
            continue
        within = field.unique.within if isinstance(field.unique, Unique) else ()
        if not {name, *within} & changed.keys():
            continue
        if work.unit.records.taken(work.form, field, values, id_) is not None:
            yield name, _taken_words(field)


def _taken_words(field: Field) -> Message:
    if isinstance(field.unique, Unique) and field.unique.message:
        return Said(field.unique.message)
    return Message("“{field}”与已有记录重复", field=field.label)

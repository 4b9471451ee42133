"""What are records called?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field
from engine.record import Record
from runtime.store.links import PERSON, target_of
from runtime.store.query.veil import starred

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def title_text(
    unit: Unit, form: Form, sight: Sight, records: Iterable[Record]
) -> Mapping[str, str]:
    """Return the shown text of each record's title field; a title that points to something else
    is what that is called, and a record without one has none."""
    name = form.definition.title
    field = form.fields.get(name)
    if field is None:
        return {}
    values = {record.id: record.values.get(name) for record in records}
    if name in sight.masked:
        return {id_: str(text) for id_, v in values.items() if (text := starred(field, v))}
    if field.id in (target := _targets(unit, form, field, values.values())):
        called = target[field.id]
        return {id_: called[str(value)] for id_, value in values.items() if str(value) in called}
    return {id_: field.show(value) for id_, value in values.items() if value is not None}


def _targets(
    unit: Unit, form: Form, field: Field, ids: Iterable[object]
) -> Mapping[str, Mapping[str, str]]:
    target = target_of(form, field.id)
    wanted = [id_ for id_ in ids if isinstance(id_, str)]
    if target is None:
        return {}
    if target.form is None:
        people = unit.people
        return {
            field.id: people.names(wanted) if target.kind == PERSON else people.departments.names()
        }
    other = unit.store.form(form.app, target.form)
    if other is None:
        return {}
    title = other.fields[other.definition.title]
    found = unit.records.many(other, wanted, deleted=True, sides=False)
    return {
        field.id: {id_: title.show(record.values.get(title.id)) for id_, record in found.items()}
    }

"""Who is meant, by the record as it is now?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.record import Record
from engine.rules.who import Who
from runtime.store import Unit
from runtime.use_cases.rules.acting import Doing


def people_of(doing: Doing, who: Who) -> tuple[str, ...]:
    """Return the active people whom a rule means, each once, in the order of its words."""
    unit = doing.work.unit
    named = tuple(dict.fromkeys(_named(unit, doing.record, who, doing.work.form.app)))
    known = unit.people.by_ids(named)
    return tuple(id_ for id_ in named if id_ in known and known[id_].active)


def _named(unit: Unit, record: Record, who: Who, app: str) -> Iterator[str]:
    for field in who.fields:
        yield from _held(record, field)
    for field in who.managers_of:
        for person in _held(record, field):
            yield from manager_of(unit, person)
    for field in who.heads_of:
        for department in _held(record, field):
            found = unit.people.department(department)
            if found is not None and found.head:
                yield found.head
    for role in who.roles:
        yield from (person.id for person in unit.people.with_role(app, role))


def _held(record: Record, field: str) -> tuple[str, ...]:
    value = record.values.get(field) if field in record.values else getattr(record, field, None)
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return (str(value),) if value else ()


def manager_of(unit: Unit, person: str) -> Iterator[str]:
    """Yield somebody's manager; without one, the head of the nearest department above that is
    somebody else."""
    found = unit.people.one(person)
    if found is None:
        return
    if found.manager:
        yield found.manager
        return
    above = found.department
    while above:
        department = unit.people.department(above)
        if department is None:
            return
        if department.head and department.head != person:
            yield department.head
            return
        above = department.parent

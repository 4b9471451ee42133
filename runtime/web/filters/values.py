"""What are the people, departments and records called that a filter holds?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from engine.app import Form
from engine.filters import Condition, Part, conditions_of
from runtime.services import Services
from runtime.use_cases.name_values import Names, name_values
from runtime.web.filters.fields import Fields
from runtime.web.filters.words import beyond
from runtime.web.visit import Visit

Wanted = dict[str, tuple[Form, list[dict[str, object]]]]


def names_in(
    services: Services, visit: Visit, fields: Fields, parts: Iterable[Part]
) -> Mapping[str, str]:
    """Return the names by id; what the person may not know is left out."""
    wanted: dict[str, list[dict[str, object]]] = defaultdict(list)
    forms = {"": fields.form}
    for part in parts:
        for condition in conditions_of(part):
            _look_at(fields, condition, forms, wanted)
    names: dict[str, str] = {}
    for place, rows in wanted.items():
        found = name_values(services, visit.act(), forms[place], rows)
        names |= _flat(found)
    return names


def _look_at(
    fields: Fields,
    condition: Condition,
    forms: dict[str, Form],
    wanted: dict[str, list[dict[str, object]]],
) -> None:
    field = fields.one(condition.field)
    if field is None or field.source is None:
        return
    first, _, rest = condition.field.partition(".")
    there = beyond(fields.apps, fields.form, first) if rest else fields.form
    place = first if rest and there else ""
    if there is not None:
        forms[place] = there
    # What stands behind a person is read like the same thing of a record.
    name = rest or first
    many = field.kind == "many"
    for value in condition.values:
        wanted[place].append({name: (value,) if many else value})


def _flat(names: Names) -> dict[str, str]:
    titles = {id_: title for (_, _, id_), title in names.records.items()}
    return {**names.people, **names.departments, **titles}

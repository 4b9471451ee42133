"""Which values does a filter offer, and what are the values called that it holds?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.app import Form
from engine.definition.page import FilterDef
from runtime.services import Services
from runtime.use_cases.filter_choices import (
    Choices,
    departments_to_choose,
    people_to_choose,
    records_to_choose,
)
from runtime.use_cases.name_values import name_values
from runtime.web.filter_words import kind_of, options_of
from runtime.web.visit import Visit

NAMED = frozenset({"person", "department", "reference"})


def names_in_filters(
    services: Services, visit: Visit, form: Form, filters: Iterable[FilterDef]
) -> Mapping[str, str]:
    """Return the names of the people, departments and records that filters hold."""
    rows = [
        {each.field: str(value)}
        for each in filters
        if kind_of(form, each.field) in NAMED
        for value in _values(each)
    ]
    if not rows:
        return {}
    names = name_values(services, visit.act(), form, rows)
    titles = {id_: title for (_, _, id_), title in names.records.items()}
    return {**names.people, **names.departments, **titles}


def choices_for(services: Services, visit: Visit, form: Form, id_: str) -> Choices:
    """Return what may be chosen for a field that has choices."""
    match kind_of(form, id_):
        case "person":
            return people_to_choose(services)
        case "department":
            return departments_to_choose(services)
        case "reference":
            return records_to_choose(services, visit.act(), form, id_)
        case "choice":
            return options_of(form, id_, visit.locale)
        case _:
            return ()


def _values(filter_: FilterDef) -> list[object]:
    value = filter_.value
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]

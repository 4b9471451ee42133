"""What may somebody choose where a form asks for a person, a department or a record?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.app import Form
from engine.definition.page import FilterDef
from engine.field import Field
from engine.filter import Where
from engine.outcomes import Denied
from engine.record import Record
from runtime.services import Services
from runtime.store.people import Person
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records

MOST = 12


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Records to choose from, and whether there are more."""

    records: tuple[Record, ...]
    more: bool


def offer_records(
    services: Services,
    act: Act,
    form: Form,
    words: str,
    asking: Field | None = None,
    matching: Mapping[str, str] | None = None,
) -> Offered:
    """Return records by their words or pinyin initials, narrowed as the asking field says.

    `matching` holds what the asking form has typed in the fields that the choice depends on.
    """
    where: Where = getattr(asking, "where", ())
    equal = _equal(asking, matching or {})
    wanted = Wanted(
        filters=equal if isinstance(where, str) else (*where, *equal),
        feel=where if isinstance(where, str) else None,
        search=words or None,
        limit=MOST,
        total=False,
    )
    page = list_records(services, act, form, wanted)
    if isinstance(page, BadQuestion | Denied):
        return Offered(records=(), more=False)
    return Offered(records=tuple(page.records), more=page.next is not None)


def _equal(asking: Field | None, matching: Mapping[str, str]) -> tuple[FilterDef, ...]:
    pairs: Mapping[str, str] = getattr(asking, "match", {})
    return tuple(
        FilterDef(field=theirs, value=matching[ours])
        for theirs, ours in pairs.items()
        if matching.get(ours)
    )


def offer_people(services: Services, words: str) -> tuple[tuple[Person, str], ...]:
    """Return colleagues with the name of their department."""
    with services.store.reading() as unit:
        people = unit.people.list(search=words, limit=MOST)
        names = unit.people.departments.names()
        return tuple((one, names.get(one.department or "", "")) for one in people)


def offer_departments(services: Services, words: str) -> tuple[tuple[str, str, str], ...]:
    """Return departments as id, name and the name of the department above."""
    with services.store.reading() as unit:
        tree = unit.people.departments.tree()
    names = {one.id: one.name for one in tree}
    fitting = [one for one in tree if words.casefold() in one.name.casefold()]
    return tuple((one.id, one.name, names.get(one.parent or "", "")) for one in fitting[:50])

"""Which records does an actor find by a few words, over all forms?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.access.sight import sight_of
from engine.app import Form
from engine.record import Record
from runtime.services import Services
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import begin

LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found in one form."""

    form: Form
    records: tuple[Record, ...]
    more: bool


def search_records(
    services: Services, act: Act, words: str, per_form: int = 5
) -> tuple[Found, ...]:
    """Return the first hits of each form that the actor sees, by full words, parts of words and
    pinyin initials."""
    wanted = words.strip()[:LONGEST]
    if not wanted:
        return ()
    found: list[Found] = []
    with services.store.reading() as unit:
        for app in list(services.apps.values()):
            for form in app.forms.values():
                if sight_of(form, act.actor).rows.none:
                    continue
                work = begin(services, unit, act, form)
                try:
                    query = query_of(work, Wanted(search=wanted, limit=per_form, total=False))
                    page = unit.query.page(query)
                except (BadFilter, NotAllowed):
                    continue
                if page.records:
                    found.append(Found(form=form, records=page.records, more=page.next is not None))
    return tuple(found)

"""Which records of a list were picked: some one by one, or all that it finds?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, request

from engine.app import Form
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.list_records import list_records
from runtime.web.lists.everything import ALL, counted, query_of
from runtime.web.lists.pages import state_of
from runtime.web.visit import Visit

NAMED = 3
"""Of many records, so many are named."""


@dataclass(frozen=True, kw_only=True)
class Picked:
    """What a sheet is asked for."""

    ids: list[str]
    """As many as one command may be about; of more than that, a few of them."""
    count: int
    query: str = ""
    """What asks for them all where there are more than one command may be about."""
    whole: bool = True
    """False where the list finds more than that."""


def picked(services: Services, visit: Visit, form: Form) -> Picked:
    """Return the records that a sheet is asked for."""
    if ALL not in request.args:
        ids = request.args.getlist("id")[:MOST_AT_ONCE]
        return Picked(ids=ids, count=len(ids))
    state = state_of(services, visit, form)
    wanted = replace(state.wanted((), MOST_AT_ONCE), after=None)
    found = list_records(services, visit.act(), form, wanted)
    if not isinstance(found, Page):
        abort(400)
    ids = [record.id for record in found.records]
    if found.next is None:
        return Picked(ids=ids, count=len(ids))
    count, whole = counted(found)
    return Picked(ids=ids[:NAMED], count=count, query=query_of(state), whole=whole)

"""Which records of a form are not finished, and what are the ids of those that are asked for?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.app import Form
from engine.definition.page import FilterDef
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records

PER_PAGE = 200


def going_on(form: Form) -> tuple[FilterDef, ...]:
    """Return the conditions of what is not finished; everything where there are no stages."""
    going = [stage.id for stage in form.stages.values() if not stage.outcome]
    return (FilterDef(field="stage", op="in", value=going),) if form.stages else ()


def ids_of(services: Services, act: Act, form: Form, wanted: Wanted) -> Iterator[str]:
    """Return the ids of all records that the actor sees of what is wanted, page by page: none is
    left out because one before it changes on the way."""
    after = None
    while True:
        asked = Wanted(
            filters=wanted.filters, feel=wanted.feel, limit=PER_PAGE, after=after, total=False
        )
        page = list_records(services, act, form, asked)
        if not isinstance(page, Page):
            return
        yield from [record.id for record in page.records]
        if page.next is None:
            return
        after = page.next

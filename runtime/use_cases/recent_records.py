"""On which of their records did somebody work last?"""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.page import FilterDef
from engine.record import Record
from runtime.services import Services
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import begin

Recent = tuple[Form, Record]


def recent_records(
    services: Services, act: Act, app: str | None = None, most: int = 8
) -> tuple[Recent, ...]:
    """Return the actor's own records, those with the latest activity first."""
    found: list[Recent] = []
    with services.store.reading() as unit:
        for loaded in list(services.apps.values()):
            if app is not None and loaded.id != app:
                continue
            for form in loaded.forms.values():
                sight = sight_of(form, act.actor)
                if sight.rows.none or {"owner", "updated_at"} & sight.hidden:
                    continue
                work = begin(services, unit, act, form)
                wanted = Wanted(
                    filters=(FilterDef(field="owner", op="mine"),),
                    columns=(form.definition.title, "updated_at", "owner"),
                    sort=("-updated_at",),
                    limit=most,
                    total=False,
                )
                try:
                    page = unit.query.page(query_of(work, wanted))
                except (BadFilter, NotAllowed):
                    continue
                found += [(form, record) for record in page.records]
    found.sort(key=lambda pair: pair[1].updated_at, reverse=True)
    return tuple(found[:most])

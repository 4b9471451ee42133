"""Which fields of a form can somebody ask for?"""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.app import Form
from runtime.services import Services
from runtime.store.query import Query
from runtime.store.query.seen import fields_seen
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Work, begin


def seen_fields(services: Services, act: Act, form: Form) -> tuple[str, ...]:
    """Return the fields that the person sees, masked ones too: a lookup is seen only where what
    it goes through and what it shows are."""
    with services.store.reading() as unit:
        return fields_of(begin(services, unit, act, form))


def fields_of(work: Work) -> tuple[str, ...]:
    """Return the same inside an act."""
    query = Query(
        form=work.form,
        sight=work.sight,
        actor=work.act.actor,
        env=work.env,
        sight_of=lambda other: sight_of(other, work.act.actor),
    )
    return fields_seen(work.unit, query)

"""What of a record that was just changed may the one who changed it see?"""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.app import Form
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store.query.through import looks_through
from runtime.store.query.veil import Veil
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin


def as_seen(services: Services, actor: Actor, form: Form, record: Record) -> Record:
    """Return the record without what is hidden from the actor, masked where it is masked."""
    if looks_through(form):
        return _through(services, actor, form, record)
    veil = Veil(form, sight_of(form, actor), lambda _: None, lambda other: sight_of(other, actor))
    return veil.drawn(record)


def _through(services: Services, actor: Actor, form: Form, record: Record) -> Record:
    with services.store.reading() as unit:
        work = begin(services, unit, Act(actor=actor, door="api"), form)
        return unit.query.drawn(form, work.sight, actor, work.env, record)

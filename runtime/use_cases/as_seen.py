"""What of a record that was just changed may the one who changed it see?"""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.app import Form
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store.query.veil import Veil


def as_seen(services: Services, actor: Actor, form: Form, record: Record) -> Record:
    """Return the record without what is hidden from the actor, masked where it is masked."""
    veil = Veil(
        form,
        sight_of(form, actor),
        lambda name: services.form(name.rpartition(".")[0] or form.app, name.rpartition(".")[2]),
        lambda other: sight_of(other, actor),
    )
    return veil.drawn(record)

"""Which evidence waits for somebody's verdict?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.stage import EvidenceDef
from engine.record import Record
from engine.stages.moves import next_stage
from runtime.services import Services
from runtime.store import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin


@dataclass(frozen=True, kw_only=True)
class ToReview:
    """Pieces of one item that were handed in for one record."""

    form: Form
    record: Record
    title: str
    item: EvidenceDef
    pieces: int
    since: datetime


def evidence_to_review(
    services: Services, act: Act, app: str | None = None
) -> tuple[ToReview, ...]:
    """Return what the actor is to judge, the longest waiting first: pieces of others, for items
    that the actor reviews, on records that the actor sees and that the item still keeps back."""
    with services.store.reading() as unit:
        found = [
            each
            for loaded in list(services.apps.values())
            if app is None or loaded.id == app
            for form in loaded.forms.values()
            for each in _of_form(services, unit, act, form)
        ]
    return tuple(sorted(found, key=lambda each: each.since))


def _of_form(services: Services, unit: Unit, act: Act, form: Form) -> Iterator[ToReview]:
    items = _reviewed_by(form, act)
    if not items or sight_of(form, act.actor).rows.none:
        return
    waiting = unit.evidence.waiting(form, items, act.actor.id)
    work = begin(services, unit, act, form)
    ids = [each.record for each in waiting]
    titles = unit.query.titles(form, work.sight, act.actor, work.env, ids)
    records = unit.records.many(form, titles, sides=False)
    for each in waiting:
        record = records.get(each.record)
        if record is not None and items[each.item] in _asked_now(form, record):
            yield ToReview(
                form=form,
                record=record,
                title=titles[record.id],
                item=items[each.item],
                pieces=each.pieces,
                since=each.since,
            )


def _reviewed_by(form: Form, act: Act) -> dict[str, EvidenceDef]:
    roles = act.actor.roles_in(form.app)
    return {
        item.id: item
        for stage in form.stages.values()
        for item in (*stage.gate.evidence, *stage.entry.evidence)
        if item.review in roles
    }


def _asked_now(form: Form, record: Record) -> tuple[EvidenceDef, ...]:
    """Return the items between a record and its next stage."""
    here, there = form.stage(record.stage), next_stage(form, record)
    return (
        *(here.gate.evidence if here and there else ()),
        *(there.entry.evidence if there else ()),
    )

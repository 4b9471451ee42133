"""Which records stay in their stage for longer than they should?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from designer.trying.story import Late
from engine.access.sight import SEES_ALL
from engine.app import Form
from engine.record import Record
from engine.stages.waiting import Mark, mark, working_time_in_stage
from runtime.scenarios.world import World
from runtime.store import Unit
from runtime.store.query import Query
from runtime.use_cases.act import Act
from runtime.use_cases.reach import begin

BATCH = 200
MOST = 50
"""So many are named after one move of the clock."""

Marks = Mapping[tuple[str, str], Mark]


def time_marks(world: World) -> Marks:
    """Return how each record stands that is in a stage with an expected time."""
    return {(form.id, record.id): found for form, record, found in _marked(world)}


def newly_late(world: World, before: Marks) -> tuple[Late, ...]:
    """Return what has become late since."""
    if not before:
        return ()
    found = [
        Late(form.id, record.id, _title(form, record), record.stage or "", now)
        for form, record, now in _marked(world)
        if now != "none" and before.get((form.id, record.id), "none") != now
    ]
    return tuple(found[:MOST])


def _marked(world: World) -> Iterator[tuple[Form, Record, Mark]]:
    with world.services.store.reading() as unit:
        for form in world.app.forms.values():
            if any(stage.expect for stage in form.stages.values()):
                yield from _of_form(world, unit, form)


def _of_form(world: World, unit: Unit, form: Form) -> Iterator[tuple[Form, Record, Mark]]:
    services = world.services
    actor = next(iter(world.people.values()))
    work = begin(services, unit, Act(actor=actor, door="system"), form)
    query = Query(form=form, sight=SEES_ALL, actor=actor, env=work.env)
    for batch in unit.query.batches(query, BATCH):
        for record in batch:
            stage = form.stage(record.stage)
            if stage is not None:
                spent = working_time_in_stage(
                    record.stage_entered_at, world.clock.now, services.calendar
                )
                yield form, record, mark(stage, spent)


def _title(form: Form, record: Record) -> str:
    field = form.fields[form.definition.title]
    value = record.values.get(field.id)
    return field.show(value) if value is not None else ""

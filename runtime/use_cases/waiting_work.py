"""Which of somebody's records have stood in their stage for too long?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.page import FilterDef
from engine.definition.stage import StageDef
from engine.record import Record
from engine.stages.waiting import Mark, mark, working_time_in_stage
from runtime.services import Services
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import begin

PER_FORM = 50


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """One record that should have moved on."""

    form: Form
    record: Record
    stage: StageDef
    days: int
    mark: Mark


def overdue_records(services: Services, act: Act, app: str | None = None) -> tuple[Overdue, ...]:
    """Return the actor's own records that are late in their stage, the latest first."""
    found = [
        each
        for loaded in list(services.apps.values())
        if app is None or loaded.id == app
        for form in loaded.forms.values()
        for each in _of_form(services, act, form)
    ]
    return tuple(sorted(found, key=lambda each: (each.mark != "red", -each.days)))


def _of_form(services: Services, act: Act, form: Form) -> Iterator[Overdue]:
    timed = [each.id for each in form.stages.values() if each.expect and not each.outcome]
    sight = sight_of(form, act.actor)
    if not timed or sight.rows.none or {"stage", "owner", "stage_entered_at"} & sight.hidden:
        return
    wanted = Wanted(
        filters=(
            FilterDef(field="owner", op="mine"),
            FilterDef(field="stage", op="in", value=timed),
        ),
        columns=(form.definition.title, "stage", "stage_entered_at", "owner"),
        sort=("stage_entered_at",),
        limit=PER_FORM,
        total=False,
    )
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        try:
            records = unit.query.page(query_of(work, wanted)).records
        except (BadFilter, NotAllowed):
            return
    for record in records:
        stage = form.stages[record.stage or ""]
        spent = working_time_in_stage(record.stage_entered_at, work.now, services.calendar)
        late = mark(stage, spent)
        if late != "none":
            yield Overdue(form=form, record=record, stage=stage, days=spent.days, mark=late)

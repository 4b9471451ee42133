"""What would a record be if it were saved as it is typed now?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.expressions import Env
from engine.forms.derive import derive
from engine.forms.layout import Layout, layout
from engine.outcomes import Denied, Missing, Submission
from engine.record import Record, Values
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.store.query.through import looks_through
from runtime.use_cases.act import Act
from runtime.use_cases.reach import Reached, Work, begin, reach

EMPTY = Submission(values={}, complaints={}, typed={})


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A record that is not saved: defaults and formulas worked out, and how its form behaves."""

    form: Form
    record: Record
    """With the values as they would be saved; what the actor may not see is for no page."""
    stored: Record | None
    """As the actor may see it; None for a new record."""
    before: Values
    """As they are stored, all of them; what the actor may not see is for no page."""
    given: frozenset[str]
    """The fields that were given rather than worked out."""
    row: Mapping[str, Any]
    facts: Mapping[str, Any]
    """The row as rules see it, with the records that references point to; for no page."""
    sight: Sight
    env: Env
    layout: Layout
    creatable: frozenset[tuple[str, str]]
    """Forms of which the actor may make new records, by app and form."""


def preview_new(
    services: Services, act: Act, form: Form, submission: Submission = EMPTY
) -> Preview | Denied:
    """Return what a new record would be."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if not work.sight.create:
            return Denied(Message("您没有新建“{form}”的权限", form=form.definition.label))
        return preview_in(work, None, None, submission.values)


def preview_change(
    services: Services, act: Act, form: Form, id_: str, submission: Submission = EMPTY
) -> Preview | Denied | Missing:
    """Return what a record would be after a change."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        if isinstance(reached, Missing):
            return reached
        if not (may_fill_in(work, reached)):
            return Denied(Message("您没有修改这条记录的权限"))
        seen = unit.query.one(form, work.sight, act.actor, work.env, id_)
        return preview_in(work, reached.record, seen, submission.values)


def may_fill_in(work: Work, reached: Reached) -> bool:
    """Tell whether the actor may edit the record, or at least advance it."""
    scopes = (work.sight.edit, work.sight.advance)
    return any(work.within(scope, reached.row) for scope in scopes)


def preview_in(work: Work, before: Record | None, seen: Record | None, given: Values) -> Preview:
    """Do the same inside a transaction that is open already."""
    wanted = replace(before, values={**before.values, **given}) if before else _blank(work, given)
    derived = derive(work.form, before, given, _row(work, wanted, before), work.env)
    record = replace(wanted, values=derived.values)
    row = _row(work, record, before)
    through = _through(work, record)
    return Preview(
        form=work.form,
        record=replace(record, values={**record.values, **through}),
        stored=seen,
        before=before.values if before else {},
        given=frozenset(given),
        row={**row, **through},
        facts=row,
        sight=work.sight,
        env=work.env,
        layout=layout(work.form, row, work.env, work.sight),
        creatable=_creatable(work),
    )


def _through(work: Work, record: Record) -> Values:
    """Return what lookups show the actor, those in the rows of lines as well."""
    if not looks_through(work.form):
        return {}
    asked = (work.form, work.sight, work.act.actor, work.env, record)
    lines, seen = work.unit.query.through(*asked), work.unit.query.drawn(*asked)
    return {
        id_: (seen if field.type == "lookup" else lines).values.get(id_)
        for id_, field in work.form.fields.items()
        if field.type in ("lookup", "lines")
    }


def _row(work: Work, record: Record, before: Record | None) -> Mapping[str, Any]:
    # A record that is not saved yet has no id for the rules to see.
    row = work.row(record)
    return row if before else {**row, "id": None}


def _creatable(work: Work) -> frozenset[tuple[str, str]]:
    return frozenset(
        (app.id, form.id)
        for app in list(work.services.apps.values())
        for form in app.forms.values()
        if sight_of(form, work.act.actor).create
    )


def _blank(work: Work, values: Values) -> Record:
    actor, now = work.act.actor, work.now
    return Record(
        app=work.form.app,
        form=work.form.id,
        id=new_id(now),
        version=1,
        owner=actor.id,
        department=actor.department,
        pipeline=None,
        stage=_first_stage(work.form),
        stage_entered_at=now,
        **_stamps(actor.id, now),
        values=values,
    )


def _first_stage(form: Form) -> str | None:
    if not form.pipelines:
        return None
    return next(stage.id for stage in form.pipelines[0].stages if not stage.aside)


def _stamps(actor: str, now: datetime) -> dict[str, Any]:
    return {
        "created_at": now,
        "created_by": actor,
        "updated_at": now,
        "updated_by": actor,
        "last_activity_at": now,
    }

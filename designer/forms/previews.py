"""What would somebody see who filled in a form as it is being designed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.access.sight import sight_of
from engine.app import App, Form
from engine.field import NotAcceptable
from engine.forms.derive import derive
from engine.forms.layout import layout
from engine.outcomes import Missing
from engine.record import Actor, Record, Values
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.use_cases.act import env_of
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.preview_record import Preview
from runtime.use_cases.read_record import view_record
from runtime.web.visit import Visit

MOST = 20
"""So many records are offered to look at the form with."""


def as_role(actor: Actor, app: str, role: str) -> Actor:
    """Return a person as if they had this one role in the app."""
    if not role:
        return actor
    return replace(actor, admin=False, roles={app: frozenset({role})}, entrusted={})


def preview_of(services: Services, visit: Visit, app: App, form: Form, values: Values) -> Preview:
    """Return a new record of the form with its defaults, or with values that another one has."""
    act = visit.act()
    now = services.now()
    sight, env = sight_of(form, act.actor), env_of(services, act, app.id, now)
    blank = _blank(form, act.actor, services, values)
    given = {id_: values.get(id_) for id_ in form.fields if id_ in values}
    derived = derive(form, None, given, _row(blank), env)
    record = replace(blank, values=derived.values)
    row = _row(record)
    return Preview(
        form=form,
        record=record,
        stored=None,
        before={},
        given=frozenset(given),
        row=row,
        facts=row,
        sight=sight,
        env=env,
        layout=layout(form, row, env, sight),
        creatable=frozenset(),
    )


def _row(record: Record) -> Mapping[str, Any]:
    return {**record.row(), "id": None}


def _blank(form: Form, actor: Actor, services: Services, values: Values) -> Record:
    now = services.now()
    empty = {id_: values.get(id_) for id_ in form.fields}
    return Record(
        app=form.app,
        form=form.id,
        id=new_id(now),
        version=1,
        owner=actor.id,
        department=actor.department,
        pipeline=None,
        stage=None,
        stage_entered_at=now,
        created_at=now,
        created_by=actor.id,
        updated_at=now,
        updated_by=actor.id,
        last_activity_at=now,
        values=empty,
    )


def values_of(services: Services, visit: Visit, form: Form, id_: str) -> Values:
    """Return what a stored record has for those fields of the drafted form that it knows."""
    installed = services.form(form.app, form.id)
    if installed is None or not id_:
        return {}
    record = view_record(services, visit.act(), installed, id_)
    if isinstance(record, Missing):
        return {}
    found: dict[str, Any] = {}
    for key, value in record.values.items():
        field, known = form.fields.get(key), installed.fields.get(key)
        if field is not None and known is not None and field.settable and field.type == known.type:
            try:
                found[key] = field.read(known.data(value))
            except NotAcceptable:
                continue
    return found


def records_offered(services: Services, visit: Visit, form: Form) -> list[tuple[str, str]]:
    """Return the id and the title of those records that were changed last."""
    installed = services.form(form.app, form.id)
    if installed is None:
        return []
    title = installed.definition.title
    wanted = Wanted(
        columns=(title,),
        sort=("-updated_at",),
        limit=MOST,
        total=False,
    )
    page = list_records(services, visit.act(), installed, wanted)
    records = getattr(page, "records", ())
    field = installed.fields[title]
    return [(record.id, field.show(record.values.get(title), visit.locale)) for record in records]

"""What of a workspace does a designer's sandbox get a copy of?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from designer.trying.story import Story
from engine.access.sight import sight_of
from engine.app import App, Form
from engine.field import Field, Storage
from engine.masking import STAR
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store import Store, Unit
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records

MOST = 200
"""So many records of each form, those that were changed last."""
SPEAKABLE = re.compile("[a-z][a-z0-9_.-]{0,47}")
"""The logins that steps can name."""
FILES = frozenset({"file", "image", "signature"})
"""What was uploaded stays where it is."""


def copy_people(outside: Unit, unit: Unit, app: str, password: str, now: datetime) -> None:
    """Copy who works here with the roles that they have in the app: nothing of what reaches them,
    and nobody can sign in."""
    departments = outside.people.departments.tree()
    for one in departments:
        unit.people.departments.add(
            one.name, now, id_=one.id, parent=one.parent, code=one.code, position=one.position
        )
    people = [person for person in outside.people.list() if person.active]
    for number, person in enumerate(people):
        login = person.login if SPEAKABLE.fullmatch(person.login) else f"person_{number}"
        more: dict[str, Any] = {"department": person.department, "password_hash": password}
        unit.people.add(login, person.name, now, id_=person.id, **more)
    known = {person.id for person in people}
    for person in people:
        if person.manager in known:
            unit.people.edit(person.id, manager=person.manager)
    for one in departments:
        if one.head in known:
            unit.people.departments.edit(one.id, head=one.head)
    for granted in outside.people.roles.list(app):
        unit.people.roles.give(granted)


def copy_calendar(outside: Unit, unit: Unit, story: Story) -> None:
    """Copy which days and hours the workspace works: deadlines are counted by them."""
    said = outside.calendar.all()
    unit.calendar.say(replace(one, changed_by=None) for one in said.days.values())
    if said.week:
        week = [said.week.get(weekday, ()) for weekday in range(7)]
        unit.calendar.say_week(week, story.start, None)


def copy_records(services: Services, actor: Actor, store: Store, app: App) -> int:
    """Copy the newest records that a designer sees, as they see them; return how many."""
    copied = 0
    with store.unit() as unit:
        for form in app.forms.values():
            installed = services.form(app.id, form.id)
            if installed is not None:
                copied += _copy(services, actor, unit, (installed, form))
    return copied


def _copy(services: Services, actor: Actor, unit: Unit, forms: tuple[Form, Form]) -> int:
    installed, form = forms
    wanted = Wanted(sort=("-updated_at",), limit=MOST, total=False)
    page = list_records(services, Act(actor=actor, door="system"), installed, wanted)
    if not isinstance(page, Page) or sight_of(installed, actor).rows.none:
        return 0
    for record in page.records:
        unit.records.add(form, _as_drafted(installed, form, record))
    return len(page.records)


def _as_drafted(installed: Form, form: Form, record: Record) -> Record:
    values = {
        id_: _kept(field, installed.fields.get(id_), record.values.get(id_))
        for id_, field in form.fields.items()
    }
    stage = record.stage if form.stage(record.stage) else next(iter(form.stages), None)
    pipelines = [one.id for one in form.pipelines]
    pipeline = record.pipeline if record.pipeline in pipelines else next(iter(pipelines), None)
    return replace(record, version=1, stage=stage, pipeline=pipeline, values=values)


def _kept(field: Field, before: Field | None, value: Any) -> Any:
    """Return a value if the field is still of its type; a masked one stays masked, or nothing
    where only a real one can be kept."""
    same = before is not None and before.type == field.type and field.type not in FILES
    starred = isinstance(value, str) and STAR in value
    if not same or (starred and field.storage not in (Storage.TEXT, Storage.LONG_TEXT)):
        return None
    return value

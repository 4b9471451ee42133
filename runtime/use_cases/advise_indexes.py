"""Which lists make the database read or sort more than it shows, and which index would help?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from engine.access.sight import SEES_ALL, Sight, sight_of
from engine.app import App, Form
from engine.definition.page import ViewDef
from engine.expressions import Env
from engine.indexing import columns_for
from engine.record import Actor
from engine.wording import Label, Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.query import Measure, NotAllowed, Query
from runtime.store.query.plans import Way, way_of
from runtime.store.tables import indexes_of
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import begin

NOBODY = "nobody"
"""Stands for any person: the database plans alike for all who have the same rights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One list as somebody looks at it."""

    view: Label | Message
    role: Label
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An index that some lists of a form lack."""

    app: App
    form: Form
    columns: tuple[str, ...]
    asked: tuple[Asked, ...]
    records: int

    @property
    def yaml(self) -> str:
        """What to write into the form's file, under `indexes:`."""
        return f"- {{fields: [{', '.join(self.columns)}]}}"


def advise_indexes(
    services: Services, apps: Iterable[App] | None = None, *, least: int = 0
) -> tuple[Advice, ...]:
    """Return what would help, form by form, for forms with at least so many records."""
    with services.store.reading() as unit:
        return tuple(
            advice
            for app in (apps if apps is not None else services.apps.values())
            for form in app.forms.values()
            for advice in _of_form(services, unit, app, form, least)
        )


def advise_form(services: Services, form: Form) -> tuple[Advice, ...]:
    """Return what would help the lists of one form, however few records there are."""
    with services.store.reading() as unit:
        return tuple(_of_form(services, unit, services.apps[form.app], form, 0))


def _of_form(services: Services, unit: Unit, app: App, form: Form, least: int) -> Iterator[Advice]:
    records = _records(services, unit, form)
    if records < least:
        return
    there = [index.columns for index in indexes_of(form)]
    found: dict[tuple[str, ...], list[Asked]] = {}
    for columns, asked in _lists(services, unit, app, form):
        known = any(index[: len(columns)] == columns for index in there)
        if columns and not known and (asked.way.reads_all or asked.way.sorts_all):
            found.setdefault(columns, []).append(asked)
    for columns, asked_so in found.items():
        yield Advice(app=app, form=form, columns=columns, asked=tuple(asked_so), records=records)


def _records(services: Services, unit: Unit, form: Form) -> int:
    now = services.now()
    env = Env(today=services.today(now), now=now)
    everything = Query(form=form, sight=SEES_ALL, actor=Actor(id=NOBODY, name=NOBODY), env=env)
    (group,) = unit.query.aggregate(everything, (), (Measure("count"),))
    return int(str(group["count"]))


def _lists(
    services: Services, unit: Unit, app: App, form: Form
) -> Iterator[tuple[tuple[str, ...], Asked]]:
    for role in app.definition.roles:
        actor = Actor(
            id=NOBODY, name=NOBODY, department=NOBODY, departments=(NOBODY,),
            roles={app.id: frozenset({role.id})},
        )  # fmt: skip
        sight = sight_of(form, actor)
        if sight.rows.none:
            continue
        for view in (None, *form.definition.list.views):
            if view is None or not view.roles or role.id in view.roles:
                yield from _list(services, unit, form, (actor, sight), view, role.label)


def _list(
    services: Services,
    unit: Unit,
    form: Form,
    who: tuple[Actor, Sight],
    view: ViewDef | None,
    role: Label,
) -> Iterator[tuple[tuple[str, ...], Asked]]:
    actor, sight = who
    work = begin(services, unit, Act(actor=actor, door="system"), form)
    wanted = Wanted(filters=view.where if view else (), sort=view.sort if view else ())
    try:
        query = query_of(work, wanted)
        way = way_of(unit, replace(query, columns=()))
    except (BadFilter, NotAllowed):
        # A view that this role may not use.
        return
    columns = columns_for(form, sight.rows, query.where, query.sort)
    label = view.label if view else Message("全部")
    yield columns, Asked(view=label, role=role, way=way)

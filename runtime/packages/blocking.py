"""How many records does a breaking change meet?"""

from __future__ import annotations

from dataclasses import replace

from engine.access.sight import SEES_ALL
from engine.app import App
from engine.packages.breaking import Breaking, breaking
from engine.record import Actor
from runtime.services import Services
from runtime.store import Unit
from runtime.store.query import NotAllowed
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import begin

NOBODY = "-"


def count_met(services: Services, app: str, found: Breaking) -> int | None:
    """Return how many records, people or approvals under way a change meets; None where that
    can't be counted."""
    with services.store.reading() as unit:
        if found.role is not None:
            holders = (unit.people.actor(person.id) for person in unit.people.list())
            return sum(found.role in who.roles.get(app, ()) for who in holders if who)
        if found.workflow is not None:
            running = unit.approvals.running(app)
            return sum(one.workflow == found.workflow for one in running)
        return _records(services, unit, app, found)


def breaking_for(services: Services, new: App) -> list[tuple[Breaking, int | None]]:
    """Return what another version of an installed app takes from those who work with it, each with
    how many that meets."""
    old = services.apps.get(new.id)
    found = breaking(old, new) if old is not None else ()
    return [(one, count_met(services, new.id, one)) for one in found]


def _records(services: Services, unit: Unit, app: str, found: Breaking) -> int | None:
    form = services.form(app, found.form or "")
    if form is None or found.where is None:
        return None
    nobody = Actor(id=NOBODY, name="", admin=True)
    act = Act(actor=nobody, door="system")
    work = replace(begin(services, unit, act, form), sight=SEES_ALL)
    feel = None if found.where == "true" else found.where
    try:
        return unit.query.page(query_of(work, Wanted(feel=feel, columns=(), limit=1))).total
    except (BadFilter, NotAllowed):
        return None

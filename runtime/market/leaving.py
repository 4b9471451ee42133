"""How is an app taken out in the background, and where does stand what is left of it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.record import Actor
from engine.wording import Label, Message
from runtime.packages.uninstall import (
    UNINSTALLED,
    By,
    Way,
    dependents,
    drop_data,
    export_data,
    keep_data,
)
from runtime.services import Services
from runtime.store import Event
from runtime.store.removal import Removal

JOB = "uninstall_app"
_MARK = "app:"
"""Before the app's name in what the work is given: work that names an app goes with it, but this
has to tell what became of it."""
MOST = 50


def start_leaving(services: Services, actor: Actor, app: str, way: Way) -> str:
    """Take an app out in the background, and return the job."""
    given = {"leaving": f"{_MARK}{app}", "way": way}
    with services.store.unit() as unit:
        waiting = unit.jobs.of_person(actor.id, (JOB,), states=("waiting", "running"))
        same = next((one for one in waiting if one.arguments["leaving"] == given["leaving"]), None)
        return same.id if same else unit.jobs.save(JOB, given, services.now(), person=actor.id)


def leave(
    services: Services, given: Mapping[str, Any], by: By, file: Callable[[], Path]
) -> Event | Message:
    """Take an app out as it was asked, once, and return what the log says of it; or say why it
    stays."""
    id_ = str(given["leaving"]).removeprefix(_MARK)
    done = _done(services, id_, by)
    if done is not None:
        return done
    app = services.apps.get(id_)
    if app is None:
        return Message("这个应用已经不在了")
    needed_by: list[Label] = [one.definition.label for one in dependents(services, id_)]
    if needed_by:
        return Message("这些应用需要它，请先卸载：{apps}", apps=needed_by)
    match given["way"]:
        case "keep":
            keep_data(services, id_, by)
        case "export":
            export_data(services, app, file(), by)
        case _:
            drop_data(services, id_, by)
    return _done(services, id_, by) or Message("这个应用已经不在了")


def gone_apps(services: Services) -> tuple[Event, ...]:
    """Return what the log says of the apps that were taken out, latest first."""
    with services.store.reading() as unit:
        return unit.events.of_kind(UNINSTALLED, limit=MOST)


def gone_app(services: Services, id_: str) -> Event | None:
    """Return what the log says of one that was taken out."""
    with services.store.reading() as unit:
        found = unit.events.one(id_)
    return found if found is not None and found.kind == UNINSTALLED else None


def records_of(services: Services, app: str) -> Mapping[str, int]:
    """Return how many records each form of an app has, by form."""
    with services.store.reading() as unit:
        return Removal(unit, app).records()


def _done(services: Services, app: str, by: By) -> Event | None:
    with services.store.reading() as unit:
        found = unit.events.of_app(app, (UNINSTALLED,), limit=1)
    return next((one for one in found if one.data.get("job") == by.job), None)

"""How does an app leave a workspace, and what is left of it?"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.app import App
from runtime.packages.parting import write_parting
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.removal import Gone, Removal

Way = Literal["keep", "export", "drop"]
UNINSTALLED = "uninstalled"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of an app that was taken out."""

    gone: Gone | None
    """What was removed; None: its data was kept."""
    log: int
    """So many entries of the log stay, with that of its going: what happened is never deleted."""


@dataclass(frozen=True, kw_only=True)
class By:
    """Who takes an app out, and by which work in the background."""

    person: str | None = None
    job: str | None = None


NOBODY = By()


def dependents(services: Services, app: str) -> tuple[App, ...]:
    """Return the apps that need an app to be there."""
    others = services.apps.values()
    return tuple(other for other in others if app in other.definition.requires)


def keep_data(services: Services, app: str, by: By = NOBODY) -> Report:
    """Take an app out; its data waits where it is until the app is installed again."""
    with services.store.unit() as unit:
        removal = Removal(unit, app)
        report = Report(gone=None, log=removal.remains() + 1)
        removal.keep()
        _note(services, unit, app, "keep", report, by)
    _withdraw(services, app)
    return report


def export_data(services: Services, app: App, to: Path, by: By = NOBODY) -> Report:
    """Write the app's data into a file, then remove it with the app. Raises FileExistsError."""
    with services.store.unit() as unit, to.open("xb") as file:
        try:
            write_parting(services, unit, app, file)
            # What is removed next must be safe first.
            file.flush()
            os.fsync(file.fileno())
            report = _drop(unit, app.id)
            _note(services, unit, app.id, "export", report, by, file=to.name)
        except BaseException:
            to.unlink()
            raise
    return _after(services, app.id, report)


def drop_data(services: Services, app: str, by: By = NOBODY) -> Report:
    """Remove an app and everything about it, except the log."""
    with services.store.unit() as unit:
        report = _drop(unit, app)
        _note(services, unit, app, "drop", report, by)
    return _after(services, app, report)


def _drop(unit: Unit, app: str) -> Report:
    removal = Removal(unit, app)
    log = removal.remains() + 1
    return Report(gone=removal.drop(), log=log)


def _note(
    services: Services, unit: Unit, app: str, way: Way, report: Report, by: By, **more: str
) -> None:
    now, known = services.now(), services.apps.get(app)
    data: dict[str, Any] = {"way": way, "log": report.log, "job": by.job, **more}
    if known is not None:
        data |= {"label": known.definition.label, "version": known.definition.version}
    if report.gone is not None:
        data |= _told(known, report.gone)
    event = Event(
        id=new_id(now), at=now, kind=UNINSTALLED, app=app, actor=by.person, door="form", data=data
    )
    unit.events.add(event)


def _told(app: App | None, gone: Gone) -> Mapping[str, Any]:
    labels = {id_: form.definition.label for id_, form in app.forms.items()} if app else {}
    records = [[labels.get(form, form), count] for form, count in gone.records.items()]
    return {"records": records, "rows": dict(gone.rows), "contents": len(gone.contents)}


def _after(services: Services, app: str, report: Report) -> Report:
    # Bytes go last: a crash before leaves some that nothing needs, never a file without them.
    for digest in report.gone.contents if report.gone else ():
        services.store.files.remove(digest)
    _withdraw(services, app)
    return report


def _withdraw(services: Services, app: str) -> None:
    services.apps.pop(app, None)
    services.store.withdraw(app)

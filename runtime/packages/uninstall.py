"""How does an app leave a workspace, and what is left of it?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.app import App
from runtime.packages.parting import write_parting
from runtime.services import Services
from runtime.store import Unit
from runtime.store.removal import Gone, Removal


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of an app that was taken out."""

    gone: Gone | None
    """What was removed; None: its data was kept."""
    log: int
    """So many entries of the log stay: what happened is never deleted."""


def dependents(services: Services, app: str) -> tuple[App, ...]:
    """Return the apps that need an app to be there."""
    others = services.apps.values()
    return tuple(other for other in others if app in other.definition.requires)


def keep_data(services: Services, app: str) -> Report:
    """Take an app out; its data waits where it is until the app is installed again."""
    with services.store.unit() as unit:
        removal = Removal(unit, app)
        removal.keep()
        log = removal.remains()
    _withdraw(services, app)
    return Report(gone=None, log=log)


def export_data(services: Services, app: App, to: Path) -> Report:
    """Write the app's data into a file, then remove it with the app. Raises FileExistsError."""
    with services.store.unit() as unit, to.open("xb") as file:
        try:
            write_parting(services, unit, app, file)
            report = _drop(unit, app.id)
        except BaseException:
            to.unlink()
            raise
    return _after(services, app.id, report)


def drop_data(services: Services, app: str) -> Report:
    """Remove an app and everything about it, except the log."""
    with services.store.unit() as unit:
        report = _drop(unit, app)
    return _after(services, app, report)


def _drop(unit: Unit, app: str) -> Report:
    removal = Removal(unit, app)
    log = removal.remains()
    return Report(gone=removal.drop(), log=log)


def _after(services: Services, app: str, report: Report) -> Report:
    # Bytes go last: a crash before leaves some that nothing needs, never a file without them.
    for digest in report.gone.contents if report.gone else ():
        services.store.files.remove(digest)
    _withdraw(services, app)
    return report


def _withdraw(services: Services, app: str) -> None:
    services.apps.pop(app, None)
    services.store.withdraw(app)

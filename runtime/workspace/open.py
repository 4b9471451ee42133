"""How is a workspace opened: which database, which apps, which clock?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from engine.app import App
from engine.loading.load import load_app
from runtime.services import Services
from runtime.settings import Settings
from runtime.store import Store
from runtime.work_calendar import WorkspaceCalendar


def system_clock() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


NOT_SERVED = ("data/", "scenarios/")
"""Files of an app that only its installation and its tests look at."""


def open_workspace(
    settings: Settings, clock: Callable[[], datetime] = system_clock, *, whole: bool = False
) -> Services:
    """Open the database of the settings, making it if it is new, and load its apps; `whole` with
    the demo data and scenarios that are not needed to serve them."""
    store = Store(settings.database_url, settings.files_folder)
    apps: dict[str, App] = {}
    with store.reading() as unit:
        packages = {one.app: unit.packages.files(one.app) for one in unit.packages.list()}
    for id_, files in packages.items():
        apps[id_] = load_app(files if whole else served_files(files), checked=True)
        store.serve(apps[id_])
    return Services(
        store=store,
        apps=apps,
        clock=clock,
        calendar=WorkspaceCalendar(store, settings.zone),
        settings=settings,
    )


def served_files(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files of an app without those that are not needed to serve it."""
    return {name: text for name, text in files.items() if not name.startswith(NOT_SERVED)}


def install_app(services: Services, files: Mapping[str, bytes]) -> App:
    """Check an app, bring the tables to its definitions and keep its files, as one transaction.

    Raises BrokenApp with every problem.
    """
    app = load_app(files)
    services.store.install(app, files, services.now())
    services.apps[app.id] = app
    return app

"""How does a process that stays alive notice that another one installed an app?"""

from __future__ import annotations

from collections.abc import Callable

from engine.loading.load import load_app
from runtime.services import Services
from runtime.store import Unit
from runtime.workspace.open import served_files


def keeps_fresh(services: Services) -> Callable[[], None]:
    """Return what brings the apps up to date, and costs one small question where they are."""
    with services.store.reading() as unit:
        known = _revisions(unit)

    def refresh() -> None:
        with services.store.reading() as unit:
            found = _revisions(unit)
            stale = {
                id_: served_files(unit.packages.files(id_))
                for id_, revision in found.items()
                if known.get(id_) != revision
            }
        for id_, files in stale.items():
            app = load_app(files, checked=True)
            services.store.serve(app)
            services.apps[id_] = app
        for id_ in known.keys() - found.keys():
            services.apps.pop(id_, None)
            services.store.withdraw(id_)
        known.clear()
        known.update(found)

    return refresh


def _revisions(unit: Unit) -> dict[str, int]:
    return {package.app: package.revision for package in unit.packages.list()}

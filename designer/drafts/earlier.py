"""What did an app hold as installed, or in an earlier version, to compare the draft with it?"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from engine.editing.draft import Draft, open_draft
from runtime.services import Services
from runtime.store import Store
from runtime.store.packages import Package

_INSTALLED: WeakKeyDictionary[Store, dict[str, tuple[Package | None, Draft]]] = WeakKeyDictionary()
"""By app: what is installed, and since when."""


def installed_draft(services: Services, app: str, like: Draft) -> Draft:
    """Return what is installed, to compare it with the draft, `like`. Files that are alike are not
    read again, and nothing is as long as nothing else is installed."""
    remembered = _INSTALLED.setdefault(services.store, {})
    with services.store.reading() as unit:
        package = unit.packages.one(app)
        known = remembered.get(app)
        if known is not None and known[0] == package:
            return known[1]
        files = unit.packages.files(app)
    remembered[app] = (package, open_draft(files, like.looked))
    return remembered[app][1]


def draft_of_version(services: Services, app: str, number: int, like: Draft) -> Draft | None:
    """Return a version as a draft, to look at it and compare it with the present one, `like`."""
    with services.store.reading() as unit:
        files = unit.app_versions.files(app, number)
    return open_draft(files, like.looked) if files is not None else None

"""Which apps are installed here, and what is there to do about them?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engine.app import App
from engine.packages.signing import fingerprint
from engine.wording import words
from runtime.market.catalogue import Offering, catalogue
from runtime.market.leaving import gone_apps
from runtime.packages.local_edits import count_local_edits
from runtime.services import Services
from runtime.store import Unit
from runtime.web.guard import administrator
from runtime.web.navigation import USUAL_TONE
from runtime.web.showing import show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the page about installed apps."""
    blueprint = Blueprint("apps_admin", __name__)

    @blueprint.get("/admin/apps")
    @administrator
    def show_apps(visit: Visit) -> ResponseReturnValue:
        offerings = catalogue(services).offerings
        with services.store.reading() as unit:
            samples = unit.samples.counts()
            apps = [
                {
                    **_shown(visit, app),
                    **_state(services, unit, app, offerings.get(app.id)),
                    "samples": samples.get(app.id, 0),
                }
                for app in services.apps.values()
            ]
        gone = [
            (one, words(one.data.get("label", one.app), visit.locale))
            for one in gone_apps(services)
            if one.app not in services.apps
        ]
        return show(services, visit, "admin/apps.html", active="apps_admin", apps=apps, gone=gone)

    return blueprint


def _state(services: Services, unit: Unit, app: App, found: Offering | None) -> Mapping[str, Any]:
    """Return where an app came from, what was changed in it and what newer there is."""
    origin = unit.origins.one(app.id)
    edits, pending = count_local_edits(unit, app)
    version = app.definition.version
    newer = found.latest.version if found and found.newer(version) else None
    return {
        "origin": origin,
        "fingerprint": fingerprint(origin.key) if origin and origin.key else "",
        "at": services.local(origin.at).date().isoformat() if origin else "",
        "edits": edits,
        "pending": pending,
        "newer": newer,
        "offered": found is not None,
        "waiting": unit.upgrades.version(app.id),
        "former": unit.upgrades.former_version(app.id),
    }


def _shown(visit: Visit, app: App) -> dict[str, object]:
    definition = app.definition
    return {
        "id": app.id,
        "label": words(definition.label, visit.locale),
        "description": words(definition.description, visit.locale),
        "icon": definition.icon,
        "tone": definition.colour or USUAL_TONE,
        "version": definition.version,
        "publisher": definition.publisher or "",
        "roles": [words(role.label, visit.locale) for role in definition.roles],
        "forms": [
            (
                words(form.definition.label, visit.locale),
                f"/a/{app.id}/{form.id}/",
                form.definition.icon,
            )
            for form in app.forms.values()
        ],
    }

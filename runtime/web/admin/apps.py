"""Which apps are installed here?"""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engine.app import App
from engine.wording import words
from runtime.services import Services
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
        apps = [_shown(visit, app) for app in services.apps.values()]
        return show(services, visit, "admin/apps.html", active="apps_admin", apps=apps)

    return blueprint


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

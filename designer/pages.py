"""Which pages does the designer of an app have?"""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from designer.beginning import pages as new_pages
from designer.drafts.editing import open_draft
from designer.forms import pages as form_pages
from designer.forms import preview_pages
from designer.frame import in_frame
from designer.structure import structure_of
from engine.wording import words
from runtime.services import Services
from runtime.web.guard import designer
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages on which an app is designed, for those who may."""
    blueprint = Blueprint("design", __name__, url_prefix="/design", template_folder="templates")
    blueprint.record_once(_offer)
    form_pages.add(blueprint, services)
    preview_pages.add(blueprint, services)
    new_pages.add(blueprint, services)

    @blueprint.get("/<app>/")
    @designer
    def show_app(visit: Visit, app: str) -> ResponseReturnValue:
        return _app_page(services, visit, app)

    return blueprint


def _offer(state: BlueprintSetupState) -> None:
    """Tell the frame of the pages where the designer of an app is."""

    def designer_url(app: str) -> str:
        return url_for("design.show_app", app=app)

    def designs_url() -> str:
        return url_for("design.show_apps")

    state.app.jinja_env.globals.update(designer_url=designer_url, designs_url=designs_url)


def _app_page(services: Services, visit: Visit, id_: str) -> ResponseReturnValue:
    draft = open_draft(services, id_)
    app = draft.app
    apps = {**services.apps, id_: app}
    return in_frame(
        services,
        visit,
        draft,
        "design/app.html",
        view="app",
        description=words(app.definition.description, visit.locale),
        definition=app.definition,
        decisions=list(app.decisions.values()),
        connectors=list(app.connectors.values()),
        comma="、" if visit.locale == "zh" else ", ",
        own_types=[words(one.label, visit.locale) for one in app.types.values()],
        structure=structure_of(apps, app, visit.locale),
    )

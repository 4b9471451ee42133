"""Where is it designed what people outside fill in, and looked at before it is published?"""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.flows.framing import draws_list, draws_one, list_page, page_of, scene_at
from designer.flows.values import Scene
from designer.frame import drafted
from designer.outside.view import file_of, list_values, public_url, public_values
from designer.views import VIEWS
from engine.app import Public
from engine.editing.draft import Draft
from runtime.services import Services
from runtime.web.answers import not_found
from runtime.web.guard import designer
from runtime.web.publics.looking import Looker
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages on which public forms are designed."""
    VIEWS.update(
        publics=draws_list("design/publics_part.html", list_values),
        public=draws_one(
            "design/public_part.html", lambda app, id_: app.publics.get(id_), public_values
        ),
    )
    blueprint = Blueprint("outsides", __name__, url_prefix="/design")
    looker = Looker()

    @blueprint.get("/<app>/<form>/public")
    @designer
    def show_publics(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        scene = scene_at(services, visit, app, form)
        return list_page(scene, visit, form, "publics", list_values)

    @blueprint.get("/<app>/public/<public>")
    @designer
    def show_public(visit: Visit, app: str, public: str) -> ResponseReturnValue:
        draft, found = _found(services, app, public)
        scene = Scene(services, draft, visit.locale, (file_of(public),))
        served = services.app(app)
        values = {
            **public_values(scene, found),
            "list_url": f"/design/{app}/{found.form}/public",
            "preview_url": f"{public_url(app, public)}/preview",
            "codes_url": f"/public/{app}" if served and public in served.publics else "",
        }
        return page_of(scene, visit, found.form, ("publics", "public", public), values)

    @blueprint.get("/<app>/public/<public>/preview")
    @designer
    def preview(visit: Visit, app: str, public: str) -> ResponseReturnValue:
        draft, found = _found(services, app, public)
        return looker.look(drafted(services, draft), visit, found)

    return blueprint


def _found(services: Services, app: str, public: str) -> tuple[Draft, Public]:
    draft = open_draft(services, app)
    return draft, draft.app.publics.get(public) or not_found()

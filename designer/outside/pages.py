"""Where is it designed what people outside fill in, and looked at before it is published?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.flows.edits import Target
from designer.flows.values import Scene
from designer.frame import drafted, in_frame
from designer.outside.view import file_of, list_values, public_url, public_values
from designer.views import VIEWS, Parts, Seen
from engine.app import Public
from engine.editing.draft import Draft
from runtime.services import Services
from runtime.web.answers import not_found
from runtime.web.guard import designer
from runtime.web.publics.looking import Looker
from runtime.web.showing import show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages on which public forms are designed."""
    VIEWS.update({"publics": list_parts, "public": public_parts})
    blueprint = Blueprint("outsides", __name__, url_prefix="/design")
    looker = Looker()

    @blueprint.get("/<app>/<form>/public")
    @designer
    def show_publics(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        draft = open_draft(services, app)
        if form not in draft.app.forms:
            not_found()
        scene = Scene(services, draft, visit.locale)
        return _page(scene, visit, form, ("publics", form), list_values(scene, form))

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
        return _page(scene, visit, found.form, ("public", public), values)

    @blueprint.get("/<app>/public/<public>/preview")
    @designer
    def preview(visit: Visit, app: str, public: str) -> ResponseReturnValue:
        draft, found = _found(services, app, public)
        return looker.look(drafted(services, draft), visit, found)

    return blueprint


def list_parts(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return the list of a form's public pages, after an edit."""
    if seen.subject not in seen.draft.app.forms:
        return {}
    scene = Scene(seen.services, seen.draft, seen.visit.locale, seen.chosen)
    return _part(seen, "design/publics_part.html", list_values(scene, seen.subject))


def public_parts(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return what a public form asks, after an edit."""
    public = seen.draft.app.publics.get(seen.subject)
    if public is None:
        return {"flow": show(seen.services, seen.visit, "design/flow_gone.html", nav=None)}
    scene = Scene(seen.services, seen.draft, seen.visit.locale, seen.chosen)
    return _part(seen, "design/public_part.html", public_values(scene, public))


def _part(seen: Seen, template: str, values: Mapping[str, Any]) -> Parts:
    said = {"app": seen.draft.app.id, **values}
    return {"flow": show(seen.services, seen.visit, template, nav=None, **said)}


def _found(services: Services, app: str, public: str) -> tuple[Draft, Public]:
    draft = open_draft(services, app)
    return draft, draft.app.publics.get(public) or not_found()


def _page(
    scene: Scene, visit: Visit, form: str, what: tuple[str, str], values: Mapping[str, Any]
) -> ResponseReturnValue:
    kind, subject = what
    more = {name: value for name, value in values.items() if name != "app"}
    return in_frame(
        scene.services,
        visit,
        scene.draft,
        f"design/{kind}.html",
        view=f"{kind}:{subject}",
        tab="publics",
        form=scene.draft.app.forms[form],
        chosen=scene.chosen,
        **more,
    )

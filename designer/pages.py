"""Which pages does the designer of an app have?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from designer import form_pages, new_pages, preview_pages
from designer.access_view import RIGHTS, rights_of
from designer.drafts.editing import open_draft
from designer.form_pages import painter_of
from designer.form_parts import Painter
from designer.frame import in_frame
from designer.list_view import declared_indexes, listing_of, proposals
from designer.speech import Speech
from designer.structure import structure_of
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.advise_indexes import advise_form
from runtime.web.guard import designer
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages on which an app is designed, for those who may."""
    blueprint = Blueprint("design", __name__, url_prefix="/design", template_folder="templates")
    blueprint.record_once(_offer)
    form_pages.add(blueprint, services)
    preview_pages.add(blueprint, services)
    new_pages.add(blueprint, services)
    _add_parts(blueprint, services)

    @blueprint.get("/<app>/")
    @designer
    def show_app(visit: Visit, app: str) -> ResponseReturnValue:
        return _app_page(services, visit, app)

    return blueprint


def _add_parts(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/<app>/<form>/access")
    @designer
    def show_access(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        painter = painter_of(services, visit, app, form)
        speech = painter.speech
        return _page(painter, speech, "access", rights=RIGHTS, roles=rights_of(speech))

    @blueprint.get("/<app>/<form>/lists")
    @designer
    def show_lists(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        painter = painter_of(services, visit, app, form)
        speech = painter.speech
        found = proposals(speech, advise_form(services, speech.form))
        indexes = {"declared": declared_indexes(speech), "proposals": found}
        return _page(painter, speech, "lists", listing=listing_of(speech), **indexes)


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
        structure=structure_of(apps, app, visit.locale),
    )


def _page(painter: Painter, speech: Speech, tab: str, **values: Any) -> ResponseReturnValue:
    return in_frame(
        painter.services,
        painter.visit,
        painter.draft,
        f"design/{tab}.html",
        view=f"{tab}:{painter.form.id}",
        tab=tab,
        form=painter.form,
        speech=speech,
        **values,
    )

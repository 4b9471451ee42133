"""What does the designer show of an app?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from designer.access_view import RIGHTS, rights_of
from designer.canvas import checks_of, chosen_of, parts_of
from designer.list_view import declared_indexes, listing_of, proposals
from designer.palette import palette
from designer.sample import empty_form
from designer.speech import Speech
from designer.stage_view import paths_of, turnings_of
from designer.structure import structure_of
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.advise_indexes import advise_form
from runtime.web.answers import asked_by_module, form_at, not_found, part
from runtime.web.drawing import Drawings
from runtime.web.form_view import Easel
from runtime.web.guard import designer
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages that show an app's structure to those who may design it."""
    blueprint = Blueprint("design", __name__, url_prefix="/design", template_folder="templates")
    blueprint.record_once(_offer)
    easel = Easel(services=services, drawings=Drawings())

    @blueprint.get("/<app>/")
    @designer
    def show_app(visit: Visit, app: str) -> ResponseReturnValue:
        return _app_page(services, visit, app)

    @blueprint.get("/<app>/<form>")
    @designer
    def show_form(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _form_page(services, easel, visit, _speech(services, visit, app, form))

    @blueprint.get("/<app>/<form>/stages")
    @designer
    def show_stages(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        speech = _speech(services, visit, app, form)
        values = {"paths": paths_of(speech), "turnings": turnings_of(speech)}
        return _page(services, visit, speech, "stages", **values)

    @blueprint.get("/<app>/<form>/access")
    @designer
    def show_access(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        speech = _speech(services, visit, app, form)
        return _page(services, visit, speech, "access", rights=RIGHTS, roles=rights_of(speech))

    @blueprint.get("/<app>/<form>/lists")
    @designer
    def show_lists(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        speech = _speech(services, visit, app, form)
        found = proposals(speech, advise_form(services, speech.form))
        indexes = {"declared": declared_indexes(speech), "proposals": found}
        return _page(services, visit, speech, "lists", listing=listing_of(speech), **indexes)

    return blueprint


def _offer(state: BlueprintSetupState) -> None:
    """Tell the frame of the pages where the designer of an app is."""

    def designer_url(app: str) -> str:
        return url_for("design.show_app", app=app)

    state.app.jinja_env.globals["designer_url"] = designer_url


def _speech(services: Services, visit: Visit, app: str, form: str) -> Speech:
    return Speech(services.apps, form_at(services, app, form), visit.locale)


def _app_page(services: Services, visit: Visit, id_: str) -> ResponseReturnValue:
    app = services.apps[id_]
    definition = app.definition
    return show(
        services,
        visit,
        "design/app.html",
        app=id_,
        active="design",
        label=words(definition.label, visit.locale),
        description=words(definition.description, visit.locale),
        definition=definition,
        decisions=list(app.decisions.values()),
        structure=structure_of(services.apps, app, visit.locale),
    )


def _form_page(
    services: Services, easel: Easel, visit: Visit, speech: Speech
) -> ResponseReturnValue:
    wanted = request.args.get("field", "")
    chosen = chosen_of(speech, wanted) if wanted else None
    if wanted and chosen is None:
        not_found()
    values: dict[str, Any] = {"chosen": chosen, "checks": checks_of(speech)}
    if asked_by_module():
        values |= {"app": speech.form.app, "form": speech.form, "speech": speech, "nav": None}
        return part(show(services, visit, "design/properties.html", **values))
    preview = empty_form(services, visit.act(), speech.form)
    parts = parts_of(speech, easel.view(visit, preview))
    return _page(
        services, visit, speech, "form", parts=parts, palette=palette(visit.locale), **values
    )


def _page(
    services: Services, visit: Visit, speech: Speech, tab: str, **values: Any
) -> ResponseReturnValue:
    form = speech.form
    app_url = url_for("design.show_app", app=form.app)
    label = speech.words(form.definition.label)
    return show(
        services,
        visit,
        f"design/{tab}.html",
        app=form.app,
        active="design",
        form=form,
        speech=speech,
        label=label,
        tab=tab,
        tabs=_tabs(speech),
        app_url=app_url,
        app_label=speech.words(speech.app.definition.label),
        **values,
    )


def _tabs(speech: Speech) -> list[tuple[str, str, str]]:
    say = sayer(speech.locale)
    named = {
        "form": say("表单"),
        "stages": say("阶段"),
        "access": say("权限"),
        "lists": say("列表页"),
    }
    return [
        (id_, text, url_for(f"design.show_{id_}", app=speech.form.app, form=speech.form.id))
        for id_, text in named.items()
    ]

"""Which addresses make up the API?"""

from __future__ import annotations

from flask import Blueprint, Response

from engine.wording import words
from runtime.services import Services
from runtime.web.api.answers import answer
from runtime.web.api.approvals import add_approvals
from runtime.web.api.caller import Caller
from runtime.web.api.documents import add_documents
from runtime.web.api.exports import add_exports
from runtime.web.api.files import add_files
from runtime.web.api.imports import add_imports
from runtime.web.api.moves import add_moves
from runtime.web.api.openapi import openapi
from runtime.web.api.others import add_others
from runtime.web.api.pools import add_pools
from runtime.web.api.records import add_records
from runtime.web.api.routes import Routes
from runtime.web.api.ruled import add_ruled
from runtime.web.api.totals import add_totals
from runtime.web.api.why import add_why
from runtime.web.guard import open_to_all
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the API as a blueprint."""
    api = Blueprint("api", __name__)

    @api.get("/api/v1/openapi.json")
    @open_to_all
    def description(visit: Visit) -> Response:
        return answer(openapi(services.apps.values(), visit.locale))

    routes = Routes(services, api)
    routes.add("GET", "/api/v1/apps", apps)
    for add in (
        add_records,
        add_totals,
        add_moves,
        add_others,
        add_files,
        add_documents,
        add_exports,
        add_imports,
        add_why,
        add_approvals,
        add_pools,
        add_ruled,
    ):
        add(routes)
    return api


def apps(caller: Caller) -> Response:
    """Answer with the apps in which the caller has a role, and their forms."""
    locale = caller.actor.locale
    listed = [
        {
            "id": app.id,
            "version": app.definition.version,
            "label": words(app.definition.label, locale),
            "forms": [
                {"id": form.id, "label": words(form.definition.label, locale)}
                for form in app.forms.values()
            ],
        }
        for app in caller.services.apps.values()
        if caller.actor.admin or caller.actor.roles_in(app.id)
    ]
    return answer({"apps": listed})

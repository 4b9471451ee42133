"""Which addresses make up the API?"""

from __future__ import annotations

from flask import Blueprint, Response, request

from engine.wording import words
from runtime.services import Services
from runtime.web.api.answers import answer
from runtime.web.api.caller import Caller, called, spoken
from runtime.web.api.files import file_routes
from runtime.web.api.moves import move_routes, other_routes
from runtime.web.api.openapi import openapi
from runtime.web.api.records import record_routes
from runtime.web.guard import open_to_all, program
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the API as a blueprint."""
    api = Blueprint("api", __name__)

    @api.get("/api/v1/openapi.json")
    @open_to_all
    def description(visit: Visit) -> Response:
        return answer(openapi(services.apps.values(), spoken(request)))

    @api.get("/api/v1/apps")
    @program
    @called(services)
    def apps(caller: Caller) -> Response:
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
            for app in services.apps.values()
            if caller.actor.admin or caller.actor.roles_in(app.id)
        ]
        return answer({"apps": listed})

    record_routes(services, api)
    move_routes(services, api)
    other_routes(services, api)
    file_routes(services, api)
    return api

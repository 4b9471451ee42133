"""How does a view answer a person who opened a page, and a module that asked for a part?"""

from __future__ import annotations

from typing import Any, NoReturn

from flask import jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound

from engine.app import Form
from runtime.services import Services
from runtime.web.guard import wants_a_part

UNPROCESSABLE = 422
CONFLICT = 409


def asked_by_module() -> bool:
    """Tell whether a module of a page asks, and wants a part of a page or data."""
    return wants_a_part(request)


def in_panel() -> bool:
    """Tell whether a form is shown in a panel over a page, and not as the page itself."""
    return asked_by_module() and (request.method == "GET" or bool(request.form.get("_panel")))


def moved_on(location: str, **more: Any) -> ResponseReturnValue:
    """Answer that it is done, and where to go now."""
    if asked_by_module():
        return jsonify({"location": location, **more})
    return redirect(location, 303)


def part(html: str, status: int = 200) -> ResponseReturnValue:
    """Answer with a part of a page; the module knows it by its mark."""
    response = make_response(html, status)
    response.headers["X-Fragment"] = "1"
    return response


def form_at(services: Services, app: str, form: str) -> Form:
    """Return a form by its place in the address. Raises NotFound."""
    found = services.form(app, form)
    if found is None:
        raise NotFound
    return found


def not_found() -> NoReturn:
    """There is no such record, or the visitor may not know of it."""
    raise NotFound


def forbidden() -> NoReturn:
    """The visitor has no right to do that."""
    raise Forbidden

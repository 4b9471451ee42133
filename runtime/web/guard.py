"""Which guard stands before which page?"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, Request, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from engine.access.designing import may_design
from runtime.services import Services
from runtime.web.arriving import arrive
from runtime.web.csrf import check_csrf
from runtime.web.visit import Visit

View = TypeVar("View", bound=Callable[..., Any])

SignInFirst = Callable[[Services, Visit], ResponseReturnValue]


class Guard(Enum):
    """Who is let in."""

    EVERYBODY = "everybody"
    PERSON = "person"
    ADMINISTRATOR = "administrator"
    DESIGNER = "designer"
    """Administrators, and who may design the app that the address names."""
    PROGRAM = "program"
    """Bears a token that the view itself checks; cookies count for nothing there."""


class Unguarded(Exception):
    """A view that does not say who may open it."""


def _declare(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.guard = guard  # type: ignore[attr-defined]  # the mark that admit_all looks for
        return view

    return mark


open_to_all = _declare(Guard.EVERYBODY)
signed_in = _declare(Guard.PERSON)
administrator = _declare(Guard.ADMINISTRATOR)
designer = _declare(Guard.DESIGNER)
program = _declare(Guard.PROGRAM)


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """Return what a view declares."""
    return getattr(view, "guard", None)


def admit_all(app: Flask, services: Services, sign_in_first: SignInFirst) -> None:
    """Put every view behind its guard. Raises Unguarded if one has none."""
    for endpoint, view in app.view_functions.items():
        guard = guard_of(view)
        if guard is None:
            raise Unguarded(endpoint)
        if guard is not Guard.PROGRAM:
            app.view_functions[endpoint] = _admitted(services, view, guard, sign_in_first)


def _admitted(
    services: Services, view: Callable[..., Any], guard: Guard, sign_in_first: SignInFirst
) -> Callable[..., ResponseReturnValue]:
    @functools.wraps(view)
    def go(**names: Any) -> ResponseReturnValue:
        visit = arrive(services, request)
        if guard is not Guard.EVERYBODY and visit.actor is None:
            return _turned_away(services, visit, sign_in_first)
        if guard is Guard.ADMINISTRATOR and not visit.person.admin:
            raise Forbidden
        if guard is Guard.DESIGNER:
            _only_designers(services, visit, names["app"])
        check_csrf(visit, request)
        shown: ResponseReturnValue = view(visit, **names)
        return shown

    return go


def _only_designers(services: Services, visit: Visit, id_: str) -> None:
    app = services.apps.get(id_)
    if app is None:
        raise NotFound
    if not may_design(app, visit.person):
        raise Forbidden


def _turned_away(
    services: Services, visit: Visit, sign_in_first: SignInFirst
) -> ResponseReturnValue:
    if wants_a_part(request) or request.method != "GET":
        return sign_in_first(services, visit)
    there = request.full_path.rstrip("?")
    back: AnyResponse = redirect(url_for("sign_in.ask", next=there), 303)
    return back


def wants_a_part(asked: Request) -> bool:
    """Tell whether a module of a page asks, not a person who opens one."""
    return bool(asked.headers.get("X-Panel") or asked.headers.get("HX-Request"))

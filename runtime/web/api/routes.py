"""How does an address of the API come to its view?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from runtime.services import Services
from runtime.web.api.answers import missing
from runtime.web.api.bodies import read_body
from runtime.web.api.caller import caller_of
from runtime.web.guard import program

View = Callable[..., Response]


@dataclass(frozen=True)
class Routes:
    """Adds addresses; each checks the token first, then finds the form, then reads the body."""

    services: Services
    blueprint: Blueprint

    def add(self, method: str, path: str, view: View) -> None:
        """Add an address; the view takes the caller and the parts of the path."""

        def called(**parts: Any) -> Response:
            caller = caller_of(self.services, request)
            if isinstance(caller, Response):
                return caller
            return view(caller, **parts)

        name = view.__name__
        self.blueprint.add_url_rule(path, name, program(called), methods=[method])

    def add_for_form(
        self, method: str, path: str, view: View, body: type[msgspec.Struct] | None = None
    ) -> None:
        """Add an address of a form; the view takes the caller, the form, the body if one is
        named, and the other parts of the path."""

        def found(caller: Any, app: str, form: str, **parts: Any) -> Response:
            definition = self.services.form(app, form)
            if definition is None:
                return missing(caller.say)
            if body is None:
                return view(caller, definition, **parts)
            sent = read_body(request, body, caller.say)
            if isinstance(sent, Response):
                return sent
            return view(caller, definition, sent, **parts)

        found.__name__ = view.__name__
        self.add(method, path, found)

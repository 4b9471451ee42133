"""Where is a record submitted, decided about, taken back and urged?"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Blueprint
from flask.typing import ResponseReturnValue

from engine.app import Workflow
from runtime.services import Services
from runtime.use_cases.approvals.decide_approval import Verb
from runtime.web.answers import form_at, not_found
from runtime.web.approvals.counter import Counter, Place
from runtime.web.forms.view import Easel
from runtime.web.guard import signed_in
from runtime.web.visit import Visit

VERBS = (
    "agree, refuse, return, transfer, add_signer, ask_opinion, opine, handle, acknowledge, "
    "take_back, resubmit"
)
Opening = Callable[[Visit, str, str, str], Counter]


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the sheets of approvals."""
    blueprint = Blueprint("approvals", __name__)

    def counter(visit: Visit, app: str, form: str, id_: str) -> Counter:
        place = Place(form=form_at(services, app, form), id=id_)
        return Counter(services=services, easel=easel, visit=visit, place=place)

    _add_tasks(blueprint, counter)
    _add_submitting(blueprint, services, counter)
    return blueprint


def _add_tasks(blueprint: Blueprint, counter: Opening) -> None:
    @blueprint.get(f"/a/<app>/<form>/<id>/approvals/<task>/<any({VERBS}):verb>")
    @signed_in
    def ask_task(visit: Visit, app: str, form: str, id: str, **at: str) -> ResponseReturnValue:
        return counter(visit, app, form, id).ask(at["task"], cast(Verb, at["verb"]))

    @blueprint.post(f"/a/<app>/<form>/<id>/approvals/<task>/<any({VERBS}):verb>")
    @signed_in
    def do_task(visit: Visit, app: str, form: str, id: str, **at: str) -> ResponseReturnValue:
        return counter(visit, app, form, id).decide(at["task"], cast(Verb, at["verb"]))

    @blueprint.get("/a/<app>/<form>/<id>/approval/<approval>/<any(withdraw, urge):verb>")
    @signed_in
    def ask_own(visit: Visit, app: str, form: str, id: str, **at: str) -> ResponseReturnValue:
        return counter(visit, app, form, id).ask_of(at["approval"], at["verb"])

    @blueprint.post("/a/<app>/<form>/<id>/approval/<approval>/<any(withdraw, urge):verb>")
    @signed_in
    def do_own(visit: Visit, app: str, form: str, id: str, **at: str) -> ResponseReturnValue:
        return counter(visit, app, form, id).do_of(at["approval"], at["verb"])


def _add_submitting(blueprint: Blueprint, services: Services, counter: Opening) -> None:
    @blueprint.get("/a/<app>/<form>/<id>/submit/<workflow>")
    @signed_in
    def ask_submit(
        visit: Visit, app: str, form: str, id: str, workflow: str
    ) -> ResponseReturnValue:
        found = workflow_or_404(services, app, form, workflow)
        return counter(visit, app, form, id).ask_submit(found)

    @blueprint.post("/a/<app>/<form>/<id>/submit/<workflow>")
    @signed_in
    def submit(visit: Visit, app: str, form: str, id: str, workflow: str) -> ResponseReturnValue:
        found = workflow_or_404(services, app, form, workflow)
        return counter(visit, app, form, id).submit(found)


def workflow_or_404(services: Services, app: str, form: str, id_: str) -> Workflow:
    """Return a workflow of a form. Raises NotFound."""
    found = services.apps[app].workflows.get(id_) if app in services.apps else None
    if found is None or found.form != form:
        not_found()
    return found

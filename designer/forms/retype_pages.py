"""How does a designer give a field another type, and see first what becomes of its values?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import Edited, Overtaken, open_held
from designer.drafts.retyping import (
    NO_WAY,
    Impossible,
    Subject,
    Tried,
    change_type,
    field_at,
    offered_for,
    place_of,
    try_type,
)
from designer.forms.palette import kind_of
from designer.frame import in_frame
from designer.plain_words import refusals
from engine.editing.apply import Refused
from engine.wording import Message, words
from runtime.services import Services
from runtime.web.answers import CONFLICT, UNPROCESSABLE, not_found
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import note
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the page on which a field gets another type."""
    blueprint = Blueprint("retype", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.get("/<app>/<form>/retype/<field>")
    @designer
    def look(visit: Visit, app: str, form: str, field: str) -> ResponseReturnValue:
        return _page(services, visit, Subject(app, form, field))

    @blueprint.post("/<app>/<form>/retype/<field>")
    @designer
    def change(visit: Visit, app: str, form: str, field: str) -> ResponseReturnValue:
        return _change(services, visit, Subject(app, form, field))

    return blueprint


def _change(services: Services, visit: Visit, subject: Subject) -> ResponseReturnValue:
    tried = _tried(services, visit, subject)
    if not isinstance(tried, Tried):
        return _page(services, visit, subject, status=UNPROCESSABLE)
    rev = request.form.get("at", type=int) or 0
    done = change_type(services, visit.person, subject.app, rev, tried)
    match done:
        case Edited():
            said = Message("类型已在草稿里换好，发布时内容一起换；撤销可以找回")
            note(_say(visit, said))
            here = url_for("design.show_form", app=subject.app, form=subject.form)
            return redirect(f"{here}?field={subject.field}", 303)
        case Overtaken():
            error = _say(visit, Message("这期间又有人改过这个字段，请重新看一遍"))
            return _page(services, visit, subject, error, CONFLICT)
        case Refused(problems=problems):
            error = " ".join(refusals(problems, visit.locale))
            return _page(services, visit, subject, error, UNPROCESSABLE)


def _tried(services: Services, visit: Visit, subject: Subject) -> Tried | Impossible | None:
    wanted = request.values.get("to", "")
    return try_type(services, visit.person, subject, wanted, visit.locale) if wanted else None


def _page(
    services: Services, visit: Visit, subject: Subject, error: str = "", status: int = 200
) -> ResponseReturnValue:
    held = open_held(services, subject.app)
    at = place_of(held.draft, subject.form, subject.field)
    form = held.draft.app.forms.get(subject.form)
    if at is None or form is None:
        return not_found()
    field = field_at(form, subject.field)
    assert field is not None
    types = held.draft.app.types
    named = form.own_types.get(subject.field, field.type)
    offered = [
        kind_of(one, visit.locale, types) for one in offered_for(named, subject.field, types)
    ]
    tried = _tried(services, visit, subject)
    html = in_frame(
        services, visit, held.draft, "design/retype.html", form=form, tab="form",
        view=f"retype:{form.id}", chosen=at, of=words(field.label, visit.locale),
        now=kind_of(named, visit.locale, types), offered=offered, error=error,
        wanted=request.values.get("to", ""), at=held.head.rev, subject=subject,
        no_way=None if offered else _say(visit, NO_WAY), **_outcome(visit, tried),
    )  # fmt: skip
    return html, status


def _outcome(visit: Visit, tried: Tried | Impossible | None) -> dict[str, Any]:
    why = [_say(visit, one) for one in tried.why] if isinstance(tried, Impossible) else []
    return {"tried": tried if isinstance(tried, Tried) else None, "why": why}


def _say(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)

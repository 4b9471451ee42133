"""How does an edit come from the browser, and what goes back?"""

from __future__ import annotations

from typing import Any

import msgspec
from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from msgspec import structs
from werkzeug.exceptions import BadRequest

from designer.drafts.editing import (
    Edited,
    NothingThere,
    Overtaken,
    edit_draft,
    open_held,
    redo,
    remove_along,
    undo,
)
from designer.drafts.removing import missed
from designer.drafts.state import note_look, state_of
from designer.plain_words import refusals
from designer.twins import Twin, twin_of
from designer.views import Seen, parts_of
from engine.editing.apply import Refused
from engine.editing.draft import Draft
from engine.editing.edits import AnyEdit, Target
from engine.wording import Message
from runtime.services import Services
from runtime.web.answers import CONFLICT, UNPROCESSABLE
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.visit import Visit

NO_COPY = Message("这一项不能复制")
NOTHING_THERE = Message("没有可以撤销或重做的修改")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser sends."""

    rev: int
    view: str = ""
    chosen: Target | None = None
    edits: tuple[AnyEdit, ...] = ()
    targets: tuple[Target, ...] = ()
    """What is to be removed with all that refers to it, or to be copied."""


def pages(services: Services) -> Blueprint:
    """Return the addresses that edits are sent to."""
    blueprint = Blueprint("edits", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.post("/<app>/edits")
    @designer
    def edit(visit: Visit, app: str) -> ResponseReturnValue:
        asked = _asked()
        done = edit_draft(services, visit.person, app, asked.rev, asked.edits)
        return _answer(services, visit, app, asked, done)

    @blueprint.post("/<app>/edits/undo")
    @designer
    def take_back(visit: Visit, app: str) -> ResponseReturnValue:
        return _answer(services, visit, app, _asked(), undo(services, visit.person, app))

    @blueprint.post("/<app>/edits/redo")
    @designer
    def make_again(visit: Visit, app: str) -> ResponseReturnValue:
        return _answer(services, visit, app, _asked(), redo(services, visit.person, app))

    @blueprint.post("/<app>/edits/look")
    @designer
    def look(visit: Visit, app: str) -> ResponseReturnValue:
        """Tell what others changed since, and that the person is there."""
        asked = _asked()
        note_look(services, visit.person, app, asked.view)
        return _news(services, visit, app, asked)

    _add_things(blueprint, services)
    return blueprint


def _add_things(blueprint: Blueprint, services: Services) -> None:
    """Add what is done to a thing as a whole: removing it with all it takes along, copying it."""

    @blueprint.post("/<app>/edits/fallout")
    @designer
    def ask_first(visit: Visit, app: str) -> ResponseReturnValue:
        """Tell what would go along if something were removed."""
        found = missed(services, visit.person, app, _asked().targets, visit.locale)
        return jsonify(vars(found))

    @blueprint.post("/<app>/edits/remove")
    @designer
    def remove(visit: Visit, app: str) -> ResponseReturnValue:
        asked = _asked()
        done = remove_along(services, visit.person, app, asked.rev, asked.targets)
        return _answer(services, visit, app, asked, done)

    @blueprint.post("/<app>/edits/copy")
    @designer
    def copy(visit: Visit, app: str) -> ResponseReturnValue:
        """Put a copy of something behind what is chosen, or behind itself."""
        asked = _asked()
        twin = _twin(services, visit, app, asked)
        if twin is None:
            return jsonify({"refused": [_said(visit, NO_COPY)]}), UNPROCESSABLE
        done = edit_draft(services, visit.person, app, asked.rev, twin.edits)
        return _answer(services, visit, app, structs.replace(asked, chosen=twin.chosen), done)


def _asked() -> Asked:
    try:
        return msgspec.json.decode(request.get_data(), type=Asked)
    except msgspec.DecodeError as error:
        raise BadRequest from error


def _answer(
    services: Services, visit: Visit, app: str, asked: Asked,
    done: Edited | Refused | Overtaken | NothingThere,
) -> ResponseReturnValue:  # fmt: skip
    match done:
        case Edited(draft=draft, touched=touched):
            theirs = _since(services, app, asked.rev)
            return jsonify(_drawn(services, visit, draft, asked, (*touched, *theirs)))
        case Refused(problems=problems):
            texts = refusals(problems, visit.locale, open_held(services, app).draft.app)
            return jsonify({"refused": texts}), UNPROCESSABLE
        case Overtaken():
            theirs = _since(services, app, asked.rev)
            drawn = _drawn(services, visit, open_held(services, app).draft, asked, theirs)
            return jsonify({**drawn, "overtaken": _overtaken(services, visit, done)}), CONFLICT
        case NothingThere():
            return jsonify({"refused": [_said(visit, NOTHING_THERE)]}), UNPROCESSABLE


def _twin(services: Services, visit: Visit, app: str, asked: Asked) -> Twin | None:
    draft = open_held(services, app).draft
    target = asked.targets[0] if asked.targets else ()
    form = services.form(app, str(target[0] if target else "").rpartition("/")[2][:-5])

    def say(message: Message, **blanks: str) -> str:
        return Message(message.text, **blanks).fill(translate(visit.locale), visit.locale)

    beside = asked.chosen or target
    return twin_of(draft, target, beside, say, form.fields if form else ()) if target else None


def _said(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)


def _news(services: Services, visit: Visit, app: str, asked: Asked) -> ResponseReturnValue:
    held = open_held(services, app)
    if held.head.rev == asked.rev:
        return jsonify({"rev": asked.rev})
    touched = _since(services, app, asked.rev)
    return jsonify(_drawn(services, visit, held.draft, asked, touched))


def _since(services: Services, app: str, rev: int) -> tuple[Target, ...]:
    with services.store.reading() as unit:
        steps = unit.drafts.since(app, rev)
    return tuple(tuple(target) for step in steps for target in step.touched)


def _drawn(
    services: Services, visit: Visit, draft: Draft, asked: Asked, touched: tuple[Target, ...]
) -> dict[str, Any]:
    state = state_of(services, visit.person, draft.app.id)
    chosen = asked.chosen if asked.chosen and draft.exists(asked.chosen) else None
    seen = Seen(services, visit, draft, state, asked.view, chosen)
    parts = parts_of(seen, tuple(dict.fromkeys(touched)))
    return {
        "rev": state.rev,
        "undo": state.can_undo,
        "redo": state.can_redo,
        "changes": state.changes,
        "chosen": chosen,
        "touched": touched,
        "parts": {id_: html for id_, html in parts.items() if html is not None},
        "gone": [id_ for id_, html in parts.items() if html is None],
    }


def _overtaken(services: Services, visit: Visit, done: Overtaken) -> str:
    with services.store.reading() as unit:
        name = unit.people.names([done.by]).get(done.by, done.by)
    message = Message("{name}刚刚改过这里，已显示最新内容，请看过再改", name=name)
    return message.fill(translate(visit.locale), visit.locale)

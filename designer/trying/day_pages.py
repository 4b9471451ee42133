"""Where does a designer live through some days with a draft, and record what should happen?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import Edited, Overtaken, open_held
from designer.frame import in_frame
from designer.plain_words import refusals
from designer.trying.acting import (
    NotPlayed,
    act_out,
    expect,
    expect_told,
    look_as,
    start_anew,
    take_back,
    to_next_event,
)
from designer.trying.asked import BY_ID
from designer.trying.beginning import begin_trial
from designer.trying.day_view import day_values, first_place
from designer.trying.expecting import asked_expectation, call_by_id
from designer.trying.scratch import Scratch, folder_of, scratch_of, story_of, throw_away
from designer.trying.story import Kind, Told
from designer.trying.walking import walk
from designer.trying.written import save_story
from engine.definition.scenario import StepDef
from engine.editing.apply import Refused
from engine.wording import Message
from runtime.services import Services
from runtime.web.answers import not_found
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import note
from runtime.web.visit import Visit

KINDS: tuple[Kind, ...] = ("demo", "blank", "real")
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}
"""By how much the clock can be moved."""
WALK = "trying.go_inside"


def add(blueprint: Blueprint, services: Services) -> None:
    """Add the pages of the sandbox."""

    @blueprint.get("/<app>/try/day")
    @designer
    def show_day(visit: Visit, app: str) -> ResponseReturnValue:
        return _page(services, visit, app)

    @blueprint.post("/<app>/try/day/begin")
    @designer
    def begin(visit: Visit, app: str) -> ResponseReturnValue:
        kind = request.form.get("kind", "")
        if kind not in KINDS:
            not_found()
        begin_trial(services, visit.person, app, kind)
        return _on(app)

    @blueprint.post("/<app>/try/day/close")
    @designer
    def close(visit: Visit, app: str) -> ResponseReturnValue:
        throw_away(folder_of(services, visit.person.id, app))
        return _on(app)

    @blueprint.post("/<app>/try/day/<deed>")
    @designer
    def do(visit: Visit, app: str, deed: str) -> ResponseReturnValue:
        play = _DEEDS.get(deed)
        if play is None:
            not_found()
        with scratch_of(services, visit.person.id, app) as scratch:
            if scratch is None:
                return _on(app)
            call_by_id(scratch, request.form.get("form", ""), request.form.get("record", ""), BY_ID)
            play(services, visit, scratch)
        return _on(app)

    _add_inside(blueprint, services)


def _add_inside(blueprint: Blueprint, services: Services) -> None:
    @blueprint.before_request
    def keep_what_is_sent() -> None:
        """Keep the bytes, which the pages inside read as well."""
        if request.endpoint == WALK:
            request.get_data()

    @blueprint.route("/<app>/try/in/", defaults={"there": ""}, methods=["GET", "POST"])
    @blueprint.route("/<app>/try/in/<path:there>", methods=["GET", "POST"])
    @designer
    def go_inside(visit: Visit, app: str, there: str) -> ResponseReturnValue:
        with scratch_of(services, visit.person.id, app) as scratch:
            if scratch is None:
                not_found()
            came = walk(visit, scratch, request, f"/{there}")
        if isinstance(came, Message):
            return came.fill(translate(visit.locale), visit.locale), 409
        return came


def _page(services: Services, visit: Visit, app: str) -> str:
    held = open_held(services, app)
    story = story_of(services, visit.person.id, app)
    values: dict[str, Any] = {"story": story, "here": "day"}
    if story is not None and story.ready:
        with scratch_of(services, visit.person.id, app) as scratch:
            if scratch is not None:
                values |= day_values(visit, scratch, _at(visit, scratch, request.args.get("at")))
    stale = story is not None and story.rev != held.head.rev
    return in_frame(
        services, visit, held.draft, "design/try_day.html", view="try", stale=stale, **values
    )


def _at(visit: Visit, scratch: Scratch, wanted: str | None) -> str:
    """Return where in the sandbox somebody is."""
    if wanted and wanted.startswith("/") and scratch.pages.where(wanted):
        return wanted
    return first_place(visit, scratch)


def _on(app: str) -> ResponseReturnValue:
    """Return to where somebody was."""
    at = request.form.get("at")
    return redirect(url_for("trying.show_day", app=app, **({"at": at} if at else {})), 303)  # type: ignore[arg-type]  # names of the query


def _say(visit: Visit, message: Message, tone: str = "green") -> None:
    note(message.fill(translate(visit.locale), visit.locale), tone)


def _answer(visit: Visit, told: Told | NotPlayed) -> None:
    if isinstance(told, NotPlayed):
        _say(visit, told.message, "red")
    elif told.came:
        _say(visit, Message("没有做成：{why}", why=list(told.came)), "amber")
    elif told.differs:
        _say(visit, Message("现在还不是这样：{why}", why=list(told.differs)), "amber")


def _clock(services: Services, visit: Visit, scratch: Scratch) -> None:
    by = request.form.get("by", "")
    span = to_next_event(scratch) if by == "next" else SPANS.get(by)
    if span is None:
        _say(visit, Message("一个月之内不会自动发生什么"), "grey")
        return
    _answer(visit, act_out(scratch, StepDef(elapse=span)))


def _look(services: Services, visit: Visit, scratch: Scratch) -> None:
    look_as(scratch, request.form.get("who", ""))


def _expect(services: Services, visit: Visit, scratch: Scratch) -> None:
    if request.form.get("what") == "told":
        number = request.form.get("step", -1, type=int)
        if not 0 <= number < len(scratch.story.told):
            not_found()
        texts = tuple(request.form.getlist("text"))
        expect_told(scratch, number, request.form.get("who", ""), texts)
        return
    then = asked_expectation(scratch, request.form)
    if then is None:
        not_found()
    _answer(visit, expect(scratch, scratch.story.who, request.form["record"], then))


def _save(services: Services, visit: Visit, scratch: Scratch) -> None:
    if not scratch.story.speakable:
        _say(visit, Message("真实记录的副本不能录成场景，请用样例数据"), "red")
        return
    done = save_story(services, visit.person, scratch, request.form.get("sentence", ""))
    match done:
        case Edited():
            _say(visit, Message("场景已存进草稿，可以撤销"))
        case Refused(problems=problems):
            note(" ".join(refusals(problems, visit.locale)), "red")
        case Overtaken():
            _say(visit, Message("这期间又有人改过草稿，请再存一次"), "red")


def _reset(services: Services, visit: Visit, scratch: Scratch) -> None:
    start_anew(scratch)


def _undo(services: Services, visit: Visit, scratch: Scratch) -> None:
    if scratch.story.told:
        take_back(scratch)


_DEEDS = {
    "clock": _clock,
    "look": _look,
    "expect": _expect,
    "save": _save,
    "reset": _reset,
    "undo": _undo,
}

"""Where does somebody find what they have to do, and say that it is done?"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Invalid, Missing
from engine.wording import words
from runtime.services import Services
from runtime.store.tasks import Task
from runtime.use_cases.inbox import KINDS, Box, Looking, own_line
from runtime.use_cases.to_dos import Ended, Finished, finish_to_do, finished_here
from runtime.web.answers import UNPROCESSABLE, moved_on, not_found
from runtime.web.guard import signed_in
from runtime.web.inbox.doing import Doing, href_of
from runtime.web.inbox.view import Boxes
from runtime.web.language import translate
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

LONGEST = 100


def pages(services: Services) -> Blueprint:
    """Return the inbox and the sheets on which to-dos are finished."""
    blueprint = Blueprint("inbox", __name__)
    _add_boxes(blueprint, services)
    _add_finishing(blueprint, services)
    return blueprint


def _add_boxes(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/todo")
    @signed_in
    def show_inbox(visit: Visit) -> ResponseReturnValue:
        boxes = Boxes(services=services, visit=visit)
        mine = request.args.get("box") == "mine"
        values = boxes.mine(request.args) if mine else boxes.page(_looking())
        return show(services, visit, "inbox/inbox.html", **values)

    @blueprint.get("/todo/<id>")
    @signed_in
    def show_task(visit: Visit, id: str) -> ResponseReturnValue:
        line = own_line(services, visit.act(), id)
        if isinstance(line, Missing):
            not_found()
        if not finished_here(line.task):
            there = href_of(line)
            return redirect("/todo?box=approve" if there == f"/todo/{id}" else there, 303)
        return _sheet(services, visit, id)


def _add_finishing(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/todo/<id>/finish")
    @signed_in
    def finish(visit: Visit, id: str) -> ResponseReturnValue:
        said = request.form.get("note", "")
        outcome = finish_to_do(services, visit.act(), id, said)
        if isinstance(outcome, Missing):
            not_found()
        if isinstance(outcome, Invalid):
            into = translate(visit.locale)
            complaints = [one.fill(into, visit.locale) for one in complaints_of(outcome)]
            return _sheet(services, visit, id, complaints), UNPROCESSABLE
        _tell(visit, outcome)
        return moved_on(_back(outcome.task))


def _looking() -> Looking:
    asked = request.args
    box = asked.get("box", "todo")
    app, _, form = asked.get("form", "").partition(".")
    skip = asked.get("skip", "")
    return Looking(
        box=cast(Box, box if box in KINDS else "todo"),
        app=app or None,
        form=form or None,
        text=asked.get("q", "").strip()[:LONGEST],
        late=bool(asked.get("late")),
        skip=int(skip) if skip.isdecimal() and len(skip) <= 6 else 0,
    )


def _sheet(services: Services, visit: Visit, id_: str, complaints: list[str] | None = None) -> str:
    line = own_line(services, visit.act(), id_)
    if isinstance(line, Missing):
        not_found()
    task, form = line.task, line.form
    return show(
        services,
        visit,
        "inbox/finish.html",
        active="todo",
        app=task.app,
        task=task,
        title=task.title.fill(translate(visit.locale), visit.locale),
        mark=Doing(services=services, visit=visit).mark(line),
        about=line.about,
        label=words(form.definition.label, visit.locale) if form else "",
        record_href=f"/a/{task.app}/{task.form}/{task.record}",
        note=request.form.get("note", ""),
        back=request.values.get("back") or request.form.get("_back", ""),
        complaints=complaints or [],
    )


def _tell(visit: Visit, outcome: Finished | Ended) -> None:
    say = sayer(visit.locale)
    if isinstance(outcome, Finished):
        note(say("已完成"))
    else:
        note(say("这件事已不用再做"), "amber")


def _back(task: Task) -> str:
    came_from = request.form.get("_back", "")
    here = f"/a/{task.app}/{task.form}/{task.record}"
    return here if task.record and came_from == "record" else "/todo"

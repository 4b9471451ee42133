"""How does somebody see the records of a form by stage, and move them?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from engine.access.sight import sight_of
from engine.definition.stage import PipelineDef
from engine.wording import words
from runtime.services import Services
from runtime.web.filters.bar import chips_of
from runtime.web.guard import signed_in
from runtime.web.lists.board_view import Board
from runtime.web.lists.pages import form_or_404, place_of, state_of
from runtime.web.lists.tabs import tabs_of
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the boards of all forms that have stages."""
    blueprint = Blueprint("boards", __name__)

    @blueprint.get("/a/<app>/<form>/board")
    @signed_in
    def show_board(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        board = _board(services, visit, app, form)
        return show(services, visit, "board/board.html", **_values(board))

    @blueprint.get("/a/<app>/<form>/board/<stage>")
    @signed_in
    def show_more(visit: Visit, app: str, form: str, stage: str) -> ResponseReturnValue:
        board = _board(services, visit, app, form)
        found = board.form.stage(stage)
        if found is None:
            abort(404)
        lane = board.lane(found, request.args.get("after"), {})
        label = words(board.form.definition.label, visit.locale)
        return show(services, visit, "board/more.html", lane=lane, label=label)

    return blueprint


def _board(services: Services, visit: Visit, app: str, form: str) -> Board:
    found = form_or_404(services, app, form)
    if not found.pipelines:
        abort(404)
    sight = sight_of(found, visit.person)
    if sight.rows.none:
        abort(403)
    chosen = request.args.get("pipeline")
    pipeline = next((each for each in found.pipelines if each.id == chosen), found.pipelines[0])
    state = state_of(services, visit, found)
    return Board(
        services=services, visit=visit, form=found, sight=sight, pipeline=pipeline, state=state
    )


def _values(board: Board) -> dict[str, Any]:
    visit, form, state = board.visit, board.form, board.state
    values = place_of(board.services, visit, form, board.sight)
    base = values["urls"]["list"]
    return {
        **values,
        "crumbs": [*values["crumbs"][:-1], (values["label"], base), (_word(visit), None)],
        "state": state,
        "views": tabs_of(board.services, visit, form),
        "lanes": board.lanes(),
        "chips": chips_of(board.services, visit, form, state),
        "pipelines": [_named(each, visit) for each in form.pipelines],
        "pipeline": _named(board.pipeline, visit),
        "problem": board.problem(),
    }


def _word(visit: Visit) -> str:
    say = sayer(visit.locale)
    return say("看板")


def _named(pipeline: PipelineDef, visit: Visit) -> dict[str, str]:
    return {"id": pipeline.id, "label": words(pipeline.label, visit.locale)}

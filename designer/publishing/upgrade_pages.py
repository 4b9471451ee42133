"""How do designers decide what both a new version and they themselves changed?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_held
from designer.drafts.telling import ToldFile, shortened, tell, value_told
from designer.frame import in_frame
from designer.plain_words import refusals
from designer.publishing.rehearsals import (
    rehearsal_of,
    rehearsed_choices,
    say_all,
    start_rehearsal,
)
from engine.editing.differences import Difference, differences
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.merge import Merged, Stuck
from engine.editing.naming import crumbs
from engine.editing.three_way import MISSING, Conflict, Side
from engine.loading.files import NOT_SERVED
from engine.loading.folder import kind_of
from engine.wording import Message
from runtime.packages.blocking import breaking_for
from runtime.packages.rollback import RolledBack, roll_back, way_back
from runtime.services import Services
from runtime.web.answers import CONFLICT, UNPROCESSABLE
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import note, show
from runtime.web.visit import Visit
from runtime.workspace.meeting import Sides, conflicts_in
from runtime.workspace.upgrade import (
    NotMerged,
    Undecided,
    Upgraded,
    decline_upgrade,
    finish_upgrade,
    waiting_sides,
)

ASKED = {
    "changed": Message("两边都改了"),
    "added": Message("两边都新增了"),
    "removed_here": Message("这里删掉了，新版本改了它"),
    "removed_there": Message("这里改了，新版本删掉了它"),
    "needed": Message("一边删掉了，另一边还在用"),
}
SPOKEN = {"zh": Message("中文说法"), "en": Message("英文说法")}
GONE, THERE = Message("没有它"), Message("保留它")


@dataclass(frozen=True)
class Choice:
    """One thing to be decided, as it is read."""

    name: str
    """What it is called in the form that is sent."""
    asked: str
    file: str
    where: str
    what: str
    before: str
    mine: str
    theirs: str
    chosen: str


def pages(services: Services) -> Blueprint:
    """Return the page of what has to be decided before a new version is installed."""
    blueprint = Blueprint("upgrades", __name__, url_prefix="/design", template_folder="templates")

    @blueprint.get("/<app>/conflicts")
    @designer
    def show_conflicts(visit: Visit, app: str) -> ResponseReturnValue:
        return _page(services, visit, app)

    @blueprint.post("/<app>/conflicts")
    @designer
    def decide(visit: Visit, app: str) -> ResponseReturnValue:
        return _decide(services, visit, app)

    @blueprint.post("/<app>/conflicts/all")
    @designer
    def choose_all(visit: Visit, app: str) -> ResponseReturnValue:
        return _page(services, visit, app)

    @blueprint.post("/<app>/conflicts/decline")
    @designer
    def decline(visit: Visit, app: str) -> ResponseReturnValue:
        if decline_upgrade(services, app, visit.person.id):
            note(_say(visit, Message("没有升级，应用还是原来的版本")))
        return redirect(url_for("upgrades.show_conflicts", app=app), 303)

    _add_rehearsal(blueprint, services)
    _add_way_back(blueprint, services)
    return blueprint


def _add_rehearsal(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/<app>/conflicts/rehearse")
    @designer
    def rehearse(visit: Visit, app: str) -> ResponseReturnValue:
        start_rehearsal(services, visit.person, app, _choices())
        return _page(services, visit, app)

    @blueprint.get("/<app>/conflicts/rehearsal")
    @designer
    def show_rehearsal(visit: Visit, app: str) -> ResponseReturnValue:
        job = rehearsal_of(services, app)
        return show(
            services, visit, "design/rehearsal.html", app=app, job=job, said=say_all(visit, job)
        )


def _add_way_back(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/<app>/conflicts/back")
    @designer
    def go_back(visit: Visit, app: str) -> ResponseReturnValue:
        done = roll_back(services, app, visit.person.id)
        if isinstance(done, RolledBack):
            version = done.app.definition.version
            note(_say(visit, Message("已退回 {version}，记录都在", version=version)))
            return redirect(url_for("versions.show_versions", app=app), 303)
        errors = [_say(visit, one.message) for one in done or ()]
        return _page(services, visit, app, errors, CONFLICT)


def _decide(services: Services, visit: Visit, app: str) -> ResponseReturnValue:
    done = finish_upgrade(services, app, _choices(), visit.person.id)
    match done:
        case Upgraded(app=new):
            said = Message("已升级到 {version}，本地的修改都在", version=new.definition.version)
            note(_say(visit, said))
            return redirect(url_for("versions.look_over", app=app), 303)
        case Undecided():
            error = Message("还有没选的，或者这期间又有人改过，请逐项看一遍")
            return _page(services, visit, app, [_say(visit, error)], CONFLICT)
        case NotMerged(problems=problems):
            told = refusals(problems, visit.locale, services.apps[app])
            return _page(services, visit, app, told, UNPROCESSABLE)
        case None:
            return redirect(url_for("upgrades.show_conflicts", app=app), 303)


def _page(
    services: Services, visit: Visit, app: str, errors: list[str] | None = None, status: int = 200
) -> ResponseReturnValue:
    held = open_held(services, app)
    found = waiting_sides(services, app)
    choices: list[Choice] = []
    problems: list[str] = []
    online: Merged | Stuck | None = None
    if found is not None:
        online, draft = found[1].met(_choices())
        decided = {**rehearsed_choices(services, app), **_choices()}
        choices = [
            _told(found[1], one, decided.get(one.target), visit.locale)
            for one in conflicts_in(draft, online)
        ]
        stuck = [
            one for each in (draft, online) if isinstance(each, Stuck) for one in each.problems
        ]
        problems = refusals(stuck, visit.locale)
    job = rehearsal_of(services, app)
    html = in_frame(
        services, visit, held.draft, "design/conflicts.html",
        view="conflicts", waiting=found[0] if found else None, choices=choices,
        errors=[*(errors or []), *(one for one in problems if one not in (errors or []))],
        found=_changes(found[1], visit.locale) if found else (),
        broken=breaking_for(services, online.draft.app) if isinstance(online, Merged) else (),
        way=way_back(services, app), job=job, said=say_all(visit, job),
    )  # fmt: skip
    return html, status


def _changes(sides: Sides, locale: str) -> list[ToldFile]:
    """Return in business words what the new version changes in the former one."""
    return tell(sides.base, sides.new, differences(sides.base, sides.new), locale)


def _choices() -> dict[Target, Side]:
    """Return what was chosen: each thing by the name that it has in the form."""
    found: dict[Target, Side] = {}
    for name, value in request.form.items():
        if name.startswith("[") and value in ("mine", "theirs"):
            found[tuple(json.loads(name))] = "theirs" if value == "theirs" else "mine"
    return found


def _told(sides: Sides, one: Conflict, decided: Side | None, locale: str) -> Choice:
    mine = sides.draft or sides.online
    there = next((each for each in (mine, sides.base, sides.new) if each.exists(one.target)), mine)
    path = str(one.target[0])
    data = there.documents[path][0].data if path in there.documents else {}
    file, *above = crumbs(there.app, data, one.target, locale)
    *where, what = above or [file]
    name = json.dumps(one.target, ensure_ascii=False)
    return Choice(
        name=name,
        asked=ASKED[one.kind].fill(translate(locale), locale),
        file=file,
        where=" › ".join(where),
        what=_say_in(locale, SPOKEN[what]) if what in SPOKEN else what,
        before=_value(sides.base, one, one.base, locale),
        mine=_value(mine, one, one.mine, locale),
        theirs=_value(sides.new, one, one.theirs, locale),
        chosen=request.form.get("all") or decided or "",
    )


def _value(side: Draft, one: Conflict, value: Any, locale: str) -> str:
    if value is MISSING:
        return GONE.fill(translate(locale), locale)
    if one.kind == "needed" or kind_of(str(one.target[0])) in NOT_SERVED:
        return THERE.fill(translate(locale), locale)
    told = value_told(side.app, Difference("changed", one.target, None, value), value, locale)
    return shortened("", told)[1]


def _say(visit: Visit, message: Message) -> str:
    return _say_in(visit.locale, message)


def _say_in(locale: str, message: Message) -> str:
    return message.fill(translate(locale), locale)

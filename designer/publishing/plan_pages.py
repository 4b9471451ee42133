"""How does a designer set, move and call off the moment at which a draft is published?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.publishing import MovedOn
from designer.drafts.scheduling import (
    Past,
    Scheduled,
    call_off,
    edited_since,
    latest_plan,
    move_plan,
    schedule,
)
from designer.plain_words import refusals
from engine.editing.apply import Refused
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.name_values import name_people
from runtime.web.answers import CONFLICT, UNPROCESSABLE
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import note
from runtime.web.visit import Visit

MOMENT = "%Y-%m-%dT%H:%M"
LONGEST_NOTE = 500

Show = Callable[[Visit, str, str, int], ResponseReturnValue]
"""Draws the page of publishing with an error and a status."""


def add(blueprint: Blueprint, services: Services, overview: Show) -> None:
    """Give the pages of publishing what sets its moment."""

    @blueprint.post("/<app>/publish/later")
    @designer
    def later(visit: Visit, app: str) -> ResponseReturnValue:
        due = _moment(services)
        said = request.form.get("note", "").strip()[:LONGEST_NOTE]
        rev = request.form.get("at", type=int) or 0
        done = schedule(services, visit.person, app, due, said, rev) if due else Past()
        if isinstance(done, Scheduled):
            return _gone_on(services, visit, app, done)
        status = CONFLICT if isinstance(done, MovedOn) else UNPROCESSABLE
        return overview(visit, app, _trouble(visit, done), status)

    @blueprint.post("/<app>/publish/move")
    @designer
    def move(visit: Visit, app: str) -> ResponseReturnValue:
        due = _moment(services)
        done = move_plan(services, visit.person, app, due) if due else Past()
        if isinstance(done, Scheduled):
            return _gone_on(services, visit, app, done)
        error = Message("没有等着发布的排期") if done is None else _PAST
        return overview(visit, app, _words(visit, error), UNPROCESSABLE)

    @blueprint.post("/<app>/publish/stop")
    @designer
    def stop(visit: Visit, app: str) -> ResponseReturnValue:
        if call_off(services, visit.person, app):
            note(_words(visit, Message("已取消定时发布；草稿还在")))
        return redirect(url_for("versions.look_over", app=app), 303)


_PAST = Message("请选一个还没到的时间")
_MOVED_ON = Message("这期间又有人改过草稿，请重新看一遍再发布")


def plan_values(services: Services, visit: Visit, app: str) -> dict[str, Any]:
    """Return what the pages show of the plan made last."""
    plan = latest_plan(services, app)
    zone = ZoneInfo(services.settings.zone)
    morning = services.local(services.now()) + timedelta(days=1)
    return {
        "plan": plan,
        "more": edited_since(services, plan) if plan and plan.state == "waiting" else 0,
        "who": name_people(services, [plan.person]).get(plan.person, "") if plan else "",
        "zone": "UTC" if zone.key == "UTC" else get_timezone_name(zone, locale=visit.locale),
        "tomorrow": morning.replace(hour=8, minute=0),
        "when": lambda at: at.astimezone(zone).strftime(MOMENT),
        "later": request.form.get("when", ""),
    }


def _gone_on(services: Services, visit: Visit, app: str, done: Scheduled) -> ResponseReturnValue:
    at = services.local(done.plan.due).strftime("%Y-%m-%d %H:%M")
    note(_words(visit, Message("已排定：{at} 发布", at=at)))
    return redirect(url_for("versions.look_over", app=app), 303)


def _trouble(visit: Visit, done: Refused | MovedOn | Past) -> str:
    if isinstance(done, Refused):
        return " ".join(refusals(done.problems, visit.locale))
    return _words(visit, _PAST if isinstance(done, Past) else _MOVED_ON)


def _moment(services: Services) -> datetime | None:
    try:
        zone = ZoneInfo(services.settings.zone)
        return datetime.strptime(request.form.get("when", ""), MOMENT).replace(tzinfo=zone)
    except ValueError:
        return None


def _words(visit: Visit, message: Message) -> str:
    return message.fill(translate(visit.locale), visit.locale)

"""Where does one see what the rules of an app did, and would have done?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Denied, Missing
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.rules.backtest import DAYS, BackTest
from runtime.use_cases.rules.run_log import (
    OneRun,
    RunLog,
    Wanted,
    one_run,
    retry_run,
    run_log,
    try_rule,
)
from runtime.web.answers import forbidden, not_found
from runtime.web.guard import signed_in
from runtime.web.rules.view import Telling, rules_of
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

SPANS = (7, 30, 90)
STATES = ("done", "waiting", "failed", "stopped")
MOST_SHOWN = 200


def pages(services: Services) -> Blueprint:
    """Return the list of rules with what they did, one firing, and the back-test."""
    blueprint = Blueprint("rules", __name__)

    @blueprint.get("/rules/<app>")
    @signed_in
    def show_rules(visit: Visit, app: str) -> ResponseReturnValue:
        state = request.args.get("state")
        wanted = Wanted(
            rule=request.args.get("rule") or None,
            state=state if state in STATES else None,
            before=request.args.get("before") or None,
        )
        return _list(services, visit, _reached(run_log(services, visit.act(), app, wanted)), wanted)

    @blueprint.get("/rules/<app>/runs/<run>")
    @signed_in
    def show_run(visit: Visit, app: str, run: str) -> ResponseReturnValue:
        return _one(services, visit, _reached(one_run(services, visit.act(), app, run)))

    @blueprint.post("/rules/<app>/runs/<run>/retry")
    @signed_in
    def retry(visit: Visit, app: str, run: str) -> ResponseReturnValue:
        ended = _reached(retry_run(services, visit.act(), app, run))
        say = sayer(visit.locale)
        if ended.state == "done":
            note(say("已从失败的动作继续，全部完成"))
        elif ended.state == "waiting":
            note(say("已再次发出，等待对方回答"))
        else:
            note(say("再次执行仍未成功"), "red")
        return redirect(f"/rules/{app}/runs/{run}")

    @blueprint.get("/rules/<app>/<rule>/test")
    @signed_in
    def test_rule(visit: Visit, app: str, rule: str) -> ResponseReturnValue:
        given = request.args.get("days", "")
        days = int(given) if given.isdigit() and int(given) in SPANS else DAYS
        tried = _reached(try_rule(services, visit.act(), app, rule, days))
        return _tried(services, visit, tried, days)

    return blueprint


def _reached(found: Any) -> Any:
    if isinstance(found, Denied):
        forbidden()
    if isinstance(found, Missing):
        not_found()
    return found


def _list(services: Services, visit: Visit, log: RunLog, wanted: Wanted) -> str:
    telling = Telling(services, log.app, visit.locale, log.people)
    chosen = log.app.rules.get(wanted.rule or "")
    return show(
        services,
        visit,
        "rules/list.html",
        app=log.app.id,
        active="rules",
        app_label=words(log.app.definition.label, visit.locale),
        rules=rules_of(telling, log, visit.locale),
        chosen=words(chosen.definition.label, visit.locale) if chosen else "",
        lines=[telling.line(run) for run in log.runs],
        routed=[
            (f"/routing/{log.app.id}/{form.id}", words(form.definition.label, visit.locale))
            for form in log.app.forms.values()
            if form.definition.routing or form.definition.pool
        ],
        states=[(one, telling.state(one).text) for one in STATES],
        wanted=wanted,
        log=request.args.get("tab") == "runs" or wanted != Wanted(),
        next=log.runs[-1].id if log.more else None,
    )


def _one(services: Services, visit: Visit, one: OneRun) -> str:
    telling = Telling(services, one.app, visit.locale, one.people)
    return show(
        services,
        visit,
        "rules/run.html",
        app=one.app.id,
        active="rules",
        line=telling.line(one.run),
        run=one.run,
        facts=telling.facts(one),
        steps=list(telling.steps(one)),
        condition=one.rule.definition.only_if if one.rule else None,
        cause=one.run.cause,
    )


def _tried(services: Services, visit: Visit, tried: BackTest, days: int) -> str:
    rule = tried.rule
    local = services.local
    return show(
        services,
        visit,
        "rules/test.html",
        app=rule.app,
        active="rules",
        label=words(rule.definition.label, visit.locale),
        rule=rule,
        tried=tried,
        days=days,
        spans=SPANS,
        hits=[
            (
                f"{local(hit.at):%Y-%m-%d %H:%M}",
                hit.title,
                f"/a/{rule.app}/{rule.form}/{hit.record}",
            )
            for hit in tried.hits[:MOST_SHOWN]
        ],
        more=len(tried.hits) - MOST_SHOWN,
    )

"""Where does an administrator set up other systems, and the secrets of programs that tell us?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.app import Connector, Rule
from engine.wording import Message
from runtime.effects.connecting import (
    Tried,
    ask_again,
    calls_of,
    connected,
    connectors_known,
    leave_it,
    set_up,
    try_out,
)
from runtime.services import Services
from runtime.use_cases.connectors.going_on import connector_of
from runtime.use_cases.connectors.hearing import rule_told
from runtime.use_cases.connectors.hooks import hooks_known
from runtime.use_cases.connectors.signing import OVERLAP, make_secret
from runtime.web.admin.connector_view import example, shown_calls, shown_hooks
from runtime.web.answers import not_found
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages about connectors, and about rules that hear other programs."""
    blueprint = Blueprint("connectors_admin", __name__)
    _add_lists(blueprint, services)
    _add_settings(blueprint, services)
    _add_calls(blueprint, services)
    _add_hooks(blueprint, services)
    return blueprint


def _add_lists(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/admin/connectors")
    @administrator
    def show_connectors(visit: Visit) -> ResponseReturnValue:
        return show(
            services,
            visit,
            "connectors/connectors.html",
            active="connectors",
            known=connectors_known(services),
            hooks=shown_hooks(services, hooks_known(services), visit.locale),
        )


def _add_settings(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/admin/connectors/<app>/<connector>")
    @administrator
    def show_connector(visit: Visit, app: str, connector: str) -> ResponseReturnValue:
        return _one(services, visit, _known(services, app, connector))

    @blueprint.post("/admin/connectors/<app>/<connector>")
    @administrator
    def keep_connector(visit: Visit, app: str, connector: str) -> ResponseReturnValue:
        found = _known(services, app, connector)
        typed = request.form.to_dict()
        wrong = set_up(services, visit.act(), found, typed)
        if wrong:
            return _one(services, visit, found, wrong=wrong, typed=typed), 422
        note(sayer(visit.locale)("连接器设置已保存"))
        return redirect(f"/admin/connectors/{app}/{connector}", 303)

    @blueprint.post("/admin/connectors/<app>/<connector>/try")
    @administrator
    def try_connector(visit: Visit, app: str, connector: str) -> ResponseReturnValue:
        found = _known(services, app, connector)
        return _one(services, visit, found, tried=try_out(services, found))


def _add_calls(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/admin/connectors/<app>/<connector>/calls/<call>/again")
    @administrator
    def ask_once_more(visit: Visit, app: str, connector: str, call: str) -> ResponseReturnValue:
        if not ask_again(services, visit.act(), _known(services, app, connector), call):
            not_found()
        note(sayer(visit.locale)("已安排，稍后刷新看结果"))
        return redirect(f"/admin/connectors/{app}/{connector}", 303)

    @blueprint.post("/admin/connectors/<app>/<connector>/calls/<call>/leave")
    @administrator
    def leave_call(visit: Visit, app: str, connector: str, call: str) -> ResponseReturnValue:
        if not leave_it(services, visit.act(), _known(services, app, connector), call):
            not_found()
        note(sayer(visit.locale)("已记下，不再发送"))
        return redirect(f"/admin/connectors/{app}/{connector}", 303)


def _add_hooks(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/admin/hooks/<app>/<hook>")
    @administrator
    def show_hook(visit: Visit, app: str, hook: str) -> ResponseReturnValue:
        return _hook(services, visit, _told(services, app, hook))

    @blueprint.post("/admin/hooks/<app>/<hook>")
    @administrator
    def renew_hook(visit: Visit, app: str, hook: str) -> ResponseReturnValue:
        rule = _told(services, app, hook)
        # It is shown in this answer and never again, so that there is nothing to come back to.
        return _hook(services, visit, rule, make_secret(services, visit.act(), rule))


def _known(services: Services, app: str, connector: str) -> Connector:
    return connector_of(services, app, connector) or not_found()


def _told(services: Services, app: str, hook: str) -> Rule:
    return rule_told(services, app, hook) or not_found()


def _one(
    services: Services,
    visit: Visit,
    connector: Connector,
    *,
    wrong: Mapping[str, Message] | None = None,
    typed: Mapping[str, str] | None = None,
    tried: Tried | None = None,
) -> str:
    state = connected(services, connector)
    return show(
        services,
        visit,
        "connectors/connector.html",
        active="connectors",
        back="/admin/connectors",
        state=state,
        connector=connector,
        url=(typed or {}).get("url", state.url or ""),
        wrong=wrong or {},
        tried=tried,
        calls=shown_calls(services, connector, calls_of(services, connector), visit.locale),
    )


def _hook(services: Services, visit: Visit, rule: Rule, secret: str | None = None) -> str:
    found = hooks_known(services)[rule.app, rule.id]
    return show(
        services,
        visit,
        "connectors/hook.html",
        active="connectors",
        back="/admin/connectors",
        hook=shown_hooks(services, {(rule.app, rule.id): found}, visit.locale)[0],
        rule=rule,
        secret=secret,
        hours=int(OVERLAP.total_seconds() // 3600),
        example=example(services, rule),
    )

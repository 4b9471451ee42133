"""Where does an administrator set up by which channels people are told?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.wording import Message
from runtime.effects.channels import channels
from runtime.effects.setting_up import channels_set_up, set_up, try_out
from runtime.services import Services
from runtime.use_cases.delivery_log import ask_to_check, delivery_rates, known_addresses
from runtime.web.admin.delivery_view import shown_rates
from runtime.web.answers import not_found
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages about channels."""
    blueprint = Blueprint("channels_admin", __name__)
    _add_settings(blueprint, services)
    _add_trials(blueprint, services)
    return blueprint


def _add_settings(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/admin/channels")
    @administrator
    def show_channels(visit: Visit) -> ResponseReturnValue:
        return show(
            services,
            visit,
            "channels/channels.html",
            active="channels",
            kinds=channels(),
            kept=channels_set_up(services),
            rates=shown_rates(delivery_rates(services)),
            public_url=services.settings.public_url,
        )

    @blueprint.get("/admin/channels/<channel>")
    @administrator
    def show_channel(visit: Visit, channel: str) -> ResponseReturnValue:
        if channel not in channels():
            not_found()
        return _settings(services, visit, channel)

    @blueprint.post("/admin/channels/<channel>")
    @administrator
    def keep_channel(visit: Visit, channel: str) -> ResponseReturnValue:
        if channel not in channels():
            not_found()
        active = request.form.get("active") == "1"
        typed = request.form.to_dict()
        wrong = set_up(services, visit.act(), channel, typed, active=active)
        if wrong:
            return _settings(services, visit, channel, wrong, typed), 422
        note(sayer(visit.locale)("渠道设置已保存"))
        return redirect(f"/admin/channels/{channel}", 303)


def _add_trials(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/admin/channels/<channel>/try")
    @administrator
    def try_channel(visit: Visit, channel: str) -> ResponseReturnValue:
        if channel not in channels():
            not_found()
        wrong = try_out(services, visit.act(), channel)
        say = sayer(visit.locale)
        if wrong:
            note(say(wrong.text, **wrong.args), "red")
        else:
            note(say("测试消息已发给您，请查收"))
        return redirect(f"/admin/channels/{channel}", 303)

    @blueprint.post("/admin/channels/<channel>/check")
    @administrator
    def check_people(visit: Visit, channel: str) -> ResponseReturnValue:
        if channel not in channels() or not channels()[channel].looks_up:
            not_found()
        ask_to_check(services, channel)
        note(sayer(visit.locale)("正在逐人核对，稍后刷新看结果"))
        return redirect(f"/admin/channels/{channel}", 303)


def _settings(
    services: Services,
    visit: Visit,
    id_: str,
    wrong: Mapping[str, Message] | None = None,
    typed: Mapping[str, str] | None = None,
) -> str:
    kind, kept = channels()[id_], channels_set_up(services)[id_]
    people = known_addresses(services, id_) if kind.looks_up else ()
    addresses = Counter(each.address for each, _ in people)
    return show(
        services,
        visit,
        "channels/channel.html",
        active="channels",
        back="/admin/channels",
        phone_title=sayer(visit.locale)(kind.label.text),
        id=id_,
        kind=kind,
        kept=kept,
        values=typed or kept.values,
        on=typed.get("active") == "1" if typed else kept.active,
        wrong=wrong or {},
        listens=kept.listens,
        public_url=services.settings.public_url,
        people=people,
        shared={address for address, n in addresses.items() if address and n > 1},
    )

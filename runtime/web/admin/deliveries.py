"""Where does an administrator see what became of each message?"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from runtime.effects.channels import channels
from runtime.services import Services
from runtime.use_cases.delivery_log import delivery_log, one_delivery, send_again
from runtime.web.admin.delivery_view import STATES, shown_delivery
from runtime.web.answers import not_found
from runtime.web.guard import administrator
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages about deliveries."""
    blueprint = Blueprint("deliveries_admin", __name__)

    @blueprint.get("/admin/deliveries")
    @administrator
    def show_deliveries(visit: Visit) -> ResponseReturnValue:
        return _log(services, visit)

    @blueprint.get("/admin/deliveries/<delivery>")
    @administrator
    def show_delivery(visit: Visit, delivery: str) -> ResponseReturnValue:
        found = one_delivery(services, delivery)
        if isinstance(found, Missing):
            not_found()
        logged, attempts = found
        return show(
            services,
            visit,
            "channels/delivery.html",
            active="channels",
            back="/admin/deliveries",
            phone_title=sayer(visit.locale)("发送详情"),
            each=shown_delivery(services, logged, visit.locale),
            attempts=attempts,
            local=services.local,
        )

    @blueprint.post("/admin/deliveries/<delivery>/again")
    @administrator
    def try_again(visit: Visit, delivery: str) -> ResponseReturnValue:
        if not send_again(services, delivery):
            not_found()
        note(sayer(visit.locale)("已安排重新发送"))
        return redirect(f"/admin/deliveries/{delivery}", 303)

    return blueprint


def _log(services: Services, visit: Visit) -> str:
    channel, state = request.args.get("channel"), request.args.get("state")
    channel = channel if channel in channels() else None
    state = state if state in STATES else None
    before = request.args.get("before")
    found, more = delivery_log(services, channel=channel, state=state, before=before)
    return show(
        services,
        visit,
        "channels/deliveries.html",
        active="channels",
        back="/admin/channels",
        phone_title=sayer(visit.locale)("发送记录"),
        deliveries=[shown_delivery(services, each, visit.locale) for each in found],
        channels={id_: kind.label for id_, kind in channels().items()},
        channel=channel,
        state=state,
        states=STATES,
        before=found[-1].delivery.id if more else None,
    )

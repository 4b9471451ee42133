"""Where does somebody read what they were told, and say how they want to be told?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Missing
from engine.wording import Message
from runtime.effects.channels import channel_label
from runtime.services import Services
from runtime.store.channels import NoticeWish
from runtime.use_cases.notice_kinds import KINDS
from runtime.use_cases.notify import DIGEST_AT
from runtime.use_cases.own_notices import (
    count_unread,
    mark_read,
    own_notices,
    own_wish,
    wish_to_be_told,
)
from runtime.web.answers import not_found
from runtime.web.guard import signed_in, wants_a_part
from runtime.web.inbox.notice_view import shown_notice
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the pages of one's own messages."""
    blueprint = Blueprint("notices", __name__)
    _add_reading(blueprint, services)
    _add_wishes(blueprint, services)
    return blueprint


def _add_reading(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/notices")
    @signed_in
    def show_notices(visit: Visit) -> ResponseReturnValue:
        return _list(services, visit)

    @blueprint.get("/notices/count")
    @signed_in
    def count(visit: Visit) -> ResponseReturnValue:
        return {"unread": count_unread(services, visit.person.id)}

    @blueprint.post("/notices/read")
    @signed_in
    def read_all(visit: Visit) -> ResponseReturnValue:
        mark_read(services, visit.act())
        note(sayer(visit.locale)("全部标为已读"))
        return redirect("/notices", 303)

    @blueprint.post("/notices/<id>/read")
    @signed_in
    def read_one(visit: Visit, id: str) -> ResponseReturnValue:
        left = mark_read(services, visit.act(), id)
        if isinstance(left, Missing):
            not_found()
        return {"unread": left} if wants_a_part(request) else redirect("/notices", 303)


def _list(services: Services, visit: Visit) -> str:
    unread = request.args.get("show") == "unread"
    kind = request.args.get("kind")
    found, more = own_notices(
        services, visit.act(), unread=unread, kind=kind, before=request.args.get("before")
    )
    return show(
        services,
        visit,
        "notices/notices.html",
        notices=[shown_notice(services, each, visit.locale) for each in found],
        unread=count_unread(services, visit.person.id),
        only_unread=unread,
        kind=kind if kind in KINDS else None,
        kinds=KINDS,
        before=found[-1].id if more else None,
    )


def _add_wishes(blueprint: Blueprint, services: Services) -> None:
    @blueprint.get("/me/notices")
    @signed_in
    def show_wishes(visit: Visit) -> ResponseReturnValue:
        wish, channels = own_wish(services, visit.act())
        return _wishes(services, visit, wish, channels)

    @blueprint.post("/me/notices")
    @signed_in
    def keep_wishes(visit: Visit) -> ResponseReturnValue:
        _, channels = own_wish(services, visit.act())
        wanted = _wanted(visit, channels)
        wrong = wish_to_be_told(services, visit.act(), wanted)
        if wrong:
            return _wishes(services, visit, wanted, channels, wrong), 422
        note(sayer(visit.locale)("通知设置已保存"))
        return redirect("/me/notices", 303)


def _wanted(visit: Visit, channels: tuple[str, ...]) -> NoticeWish:
    form = request.form
    ways: dict[str, dict[str, Any]] = {
        kind: {channel: form.get(f"{kind}.{channel}", "now") for channel in channels}
        for kind in KINDS
    }
    times = {name: form.get(name, "").strip() for name in ("quiet_from", "quiet_to", "digest_at")}
    return NoticeWish(person=visit.person.id, ways=ways, **times)


def _wishes(
    services: Services,
    visit: Visit,
    wish: NoticeWish,
    channels: tuple[str, ...],
    wrong: Message | None = None,
) -> str:
    return show(
        services,
        visit,
        "notices/wishes.html",
        active="me",
        back="/me",
        phone_title=sayer(visit.locale)("通知设置"),
        wish=wish,
        kinds=KINDS,
        channels={id_: channel_label(id_) for id_ in channels},
        digest_at=wish.digest_at or DIGEST_AT,
        wrong=wrong,
    )

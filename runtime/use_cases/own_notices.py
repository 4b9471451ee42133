"""What was somebody told, and how do they want to be told?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from engine.outcomes import Missing
from engine.wording import Message
from runtime.services import Services
from runtime.store.channels import NoticeWish, Way
from runtime.store.notices import Notice
from runtime.use_cases.act import Act
from runtime.use_cases.notice_kinds import KINDS

PAGE = 30
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def own_notices(
    services: Services,
    act: Act,
    *,
    unread: bool = False,
    kind: str | None = None,
    before: str | None = None,
) -> tuple[tuple[Notice, ...], bool]:
    """Return what somebody was told, latest first, and whether there is more of it."""
    with services.store.reading() as unit:
        found = unit.notices.of_person(
            act.actor.id,
            unread=unread,
            kinds=(kind,) if kind and kind in KINDS else (),
            before=before,
            limit=PAGE + 1,
        )
    return found[:PAGE], len(found) > PAGE


def count_unread(services: Services, person: str) -> int:
    """Return how much somebody was told and has not read."""
    with services.store.reading() as unit:
        return unit.notices.unread(person)


def mark_read(services: Services, act: Act, id_: str | None = None) -> int | Missing:
    """Mark one message, or all, as read, and return how many are left."""
    person = act.actor.id
    with services.store.unit() as unit:
        if id_ is not None:
            found = unit.notices.one(id_)
            if found is None or found.person != person:
                return Missing()
        unit.notices.read(person, services.now(), id_)
        return unit.notices.unread(person)


def own_wish(services: Services, act: Act) -> tuple[NoticeWish, tuple[str, ...]]:
    """Return how somebody wants to be told, and the channels that there are to choose from."""
    with services.store.reading() as unit:
        channels = unit.notices.channels
        return channels.wishes((act.actor.id,))[act.actor.id], channels.active()


def wish_to_be_told(services: Services, act: Act, wanted: NoticeWish) -> Message | None:
    """Remember how somebody wants to be told, or say why not. Wishes for channels that are off
    at the moment are kept."""
    times = (wanted.quiet_from, wanted.quiet_to, wanted.digest_at)
    if any(clock and not CLOCK.fullmatch(clock) for clock in times):
        return Message("时间请写成 22:00 的样子")
    if bool(wanted.quiet_from) != bool(wanted.quiet_to):
        return Message("免打扰时段的开始和结束要一起填")
    person = act.actor.id
    with services.store.unit() as unit:
        before = unit.notices.channels.wishes((person,))[person]
        ways = {kind: {**before.ways.get(kind, {}), **_known(wanted.ways, kind)} for kind in KINDS}
        unit.notices.channels.wish(
            NoticeWish(
                person=person,
                ways=ways,
                quiet_from=wanted.quiet_from or None,
                quiet_to=wanted.quiet_to or None,
                digest_at=wanted.digest_at or None,
            )
        )
    return None


def _known(ways: Mapping[str, Mapping[str, Way]], kind: str) -> dict[str, Way]:
    given = ways.get(kind, {})
    return {channel: way for channel, way in given.items() if way in get_args(Way)}

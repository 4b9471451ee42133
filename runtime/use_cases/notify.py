"""How are people told of something, by all the ways they want?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.channels import NoticeWish
from runtime.store.deliveries import Delivery
from runtime.store.ids import new_id
from runtime.store.notices import Notice
from runtime.use_cases.notice_kinds import known_kind

DELIVER = "deliver_notice"
DIGEST = "deliver_digest"
UPDATE = "update_card"
DIGEST_AT = "09:00"


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What people are told, and what it is about."""

    text: Message
    """`Said(label)` for a text of the app's author."""
    kind: str
    """One of `notice_kinds.KINDS`, by which people choose how they want to be told."""
    app: str | None = None
    form: str | None = None
    record: str | None = None
    task: str | None = None


def notify(
    services: Services,
    unit: Unit,
    people: Iterable[str],
    notice: NoticeText,
    *,
    key: str,
    urgent: bool = False,
) -> None:
    """Tell people something, in the transaction of what causes it: on the page at once, and
    through every channel that the workspace has and the person wants. The same key twice tells
    nobody twice; people who are not active are not told. What is urgent waits for nothing."""
    wanted = tuple(dict.fromkeys(people))
    known = unit.people.by_ids(wanted)
    told = [id_ for id_ in wanted if id_ in known and known[id_].active]
    if not told:
        return
    now = services.now()
    channels = unit.notices.channels.active()
    wishes = unit.notices.channels.wishes(told)
    for person in told:
        new = Notice(id=new_id(now), person=person, key=key, urgent=urgent, at=now, **vars(notice))
        if unit.notices.add(new):
            for channel in channels:
                _send(services, unit, new, channel, wishes[person])


def _send(services: Services, unit: Unit, notice: Notice, channel: str, wish: NoticeWish) -> None:
    way = "now" if notice.urgent else wish.way(known_kind(notice.kind), channel)
    if way == "off":
        return
    local = services.local(notice.at)
    digest = way == "digest"
    due = None
    if digest:
        due = next_time(local, wish.digest_at or DIGEST_AT)
    elif not notice.urgent:
        due = end_of_quiet(local, wish)
    on_its_way = Delivery(
        id=new_id(notice.at),
        notice=notice.id,
        person=notice.person,
        channel=channel,
        digest=digest,
        due=due,
        made_at=notice.at,
    )
    unit.notices.deliveries.add(on_its_way)
    _save_job(unit, on_its_way)


def _save_job(unit: Unit, new: Delivery) -> None:
    if not new.digest:
        key = f"{DELIVER}:{new.id}"
        unit.jobs.save(DELIVER, {"delivery": new.id}, new.made_at, key=key, due=new.due)
        return
    assert new.due is not None
    # One job tells all that is collected until then.
    arguments = {"person": new.person, "channel": new.channel, "due": new.due.isoformat()}
    key = ":".join((DIGEST, *arguments.values()))
    unit.jobs.save(DIGEST, arguments, new.made_at, key=key, due=new.due)


def end_task(services: Services, unit: Unit, task: str) -> None:
    """Settle all messages about a task that has ended, in the transaction that ends it: they
    count as read, their links open nothing any more, and cards are changed where they lie."""
    now = services.now()
    unit.notices.read_of_task(task, now)
    unit.notices.links.close(task, now)
    for each in unit.notices.deliveries.changeable(task):
        unit.jobs.save(UPDATE, {"delivery": each.id}, now, key=f"{UPDATE}:{each.id}")


def next_time(local: datetime, clock: str) -> datetime:
    """Return the next moment after a local one at which clocks there show a time, as 09:00."""
    at = datetime.combine(local.date(), time.fromisoformat(clock), local.tzinfo)
    return at if at > local else at + timedelta(days=1)


def end_of_quiet(local: datetime, wish: NoticeWish) -> datetime | None:
    """Return when somebody's quiet hours end; None if they are not in them."""
    if not wish.quiet_from or not wish.quiet_to or wish.quiet_from == wish.quiet_to:
        return None
    ends = next_time(local, wish.quiet_to)
    begins = next_time(local, wish.quiet_from)
    # In quiet hours, their end comes before they begin anew.
    return ends if ends < begins else None

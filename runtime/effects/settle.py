"""How does somebody learn from the card itself that there is nothing left to do?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Letter, Parcel, Set, Update
from runtime.effects.channels import channels
from runtime.effects.opening import doors_of, opened
from runtime.effects.writing import Pen
from runtime.services import Services
from runtime.store.channel_addresses import ChannelAddress
from runtime.store.deliveries import Delivery
from runtime.store.notices import Notice
from runtime.store.people import Person
from runtime.store.tasks import Task

AGAIN = 120.0
"""Seconds until the next try."""
LONGEST = timedelta(days=7)
"""How long after it was sent it is still worth changing."""
DONE, VOID = Message("已处理"), Message("已由他人处理或撤回，无需再处理")


@dataclass(frozen=True, kw_only=True)
class Lying:
    """A card that was sent, with all that is needed to change it."""

    delivery: Delivery
    notice: Notice
    task: Task
    person: Person
    set: Set
    channel: Channel
    address: ChannelAddress


def settle(services: Services, id_: str) -> float | None:
    """Change a card whose matter is settled; where the provider takes no change any more, as days
    later, tell it in a message of its own. Returns in how many seconds to try again."""
    lying = _lying(services, id_)
    if lying is None or lying.channel.update is None or lying.address.address is None:
        return None
    doors, letter = doors_of(services.settings), _letter(services, lying)
    outcome = lying.channel.update(
        Update(
            doors=doors,
            set=lying.set,
            address=lying.address.address,
            reference=lying.delivery.reference or "",
            letter=letter,
        )
    )
    if isinstance(outcome, Failed) and not outcome.again:
        outcome = lying.channel.send(
            Parcel(
                doors=doors,
                set=lying.set,
                person=lying.person,
                address=lying.address.address,
                letter=letter,
                now=services.now(),
            )
        )
    if isinstance(outcome, Failed) and outcome.again:
        return AGAIN if services.now() - lying.delivery.made_at < LONGEST else None
    return None


def _lying(services: Services, id_: str) -> Lying | None:
    with services.store.reading() as unit:
        delivery = unit.notices.deliveries.one(id_)
        notice = unit.notices.one(delivery.notice) if delivery else None
        task = unit.tasks.one(notice.task) if notice and notice.task else None
        person = unit.people.one(delivery.person) if delivery else None
        kept = unit.notices.channels.one(delivery.channel) if delivery else None
        address = (
            unit.notices.addresses.one(delivery.channel, delivery.person) if delivery else None
        )
    if not (delivery and notice and task and person and kept and kept.active and address):
        return None
    found = opened(services.settings, kept)
    if found is None or kept.id not in channels():
        return None
    return Lying(
        delivery=delivery,
        notice=notice,
        task=task,
        person=person,
        set=found,
        channel=channels()[kept.id],
        address=address,
    )


def _letter(services: Services, lying: Lying) -> Letter:
    pen = Pen(services, lying.person)
    said = pen.say(DONE if lying.task.state == "done" else VOID)
    title = pen.say(Message("{said}：{title}", said=said, title=pen.title(lying.notice)))
    return Letter(
        title=title,
        headline=title,
        text=pen.say(lying.notice.text),
        link=pen.link((lying.notice,)),
        link_text=pen.say(Message("查看详情")),
        key=f"{lying.delivery.id}-settled",
    )

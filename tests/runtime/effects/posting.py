"""What does a test say about messages that go out?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from engine.wording import Message
from runtime.effects.opening import sealed
from runtime.jobs.workshop import Workshop
from runtime.store.channels import Channel
from runtime.store.deliveries import Attempt, Delivery
from runtime.use_cases.notify import NoticeText, notify
from tests.desk import Desk

PUBLIC = "https://desk.example.com"


def connected(desk: Desk, *ports: int) -> Desk:
    """Return the desk as its operator opened it to some ports of loopback."""
    inside = tuple(("127.0.0.1", port) for port in ports)
    settings = replace(desk.services.settings, inside=inside, public_url=PUBLIC)
    services = replace(desk.services, settings=settings)
    return Desk(services, desk.clock, desk.people)


def set_up(desk: Desk, channel: str, values: Mapping[str, str], **secrets: str) -> None:
    services = desk.services
    with services.store.unit() as unit:
        unit.notices.channels.keep(
            Channel(
                id=channel,
                active=True,
                settings=values,
                secrets=sealed(services.settings, channel, secrets),
                changed_at=desk.clock(),
                changed_by=desk.people["admin"].id,
            )
        )


def reachable(desk: Desk, login: str, **known: str) -> None:
    with desk.services.store.unit() as unit:
        unit.people.edit(desk.people[login].id, **known)


def tell(
    desk: Desk, login: str, key: str = "k", kind: str = "todo", text: Message | None = None
) -> None:
    said = text or Message("{who} 请您处理“{what}”", who="本田", what="空调")
    about = NoticeText(text=said, kind=kind, app="desk", form="ticket", record="r1")
    with desk.services.store.unit() as unit:
        notify(desk.services, unit, [desk.people[login].id], about, key=key)


def do_all(desk: Desk, at: datetime | None = None) -> int:
    return Workshop(services=desk.services).run_due(at)


def deliveries(desk: Desk, login: str) -> tuple[Delivery, ...]:
    with desk.services.store.reading() as unit:
        notices = unit.notices.of_person(desk.people[login].id)
        return unit.notices.deliveries.of_notices(each.id for each in reversed(notices))


def attempts(desk: Desk, delivery: Delivery) -> tuple[Attempt, ...]:
    with desk.services.store.reading() as unit:
        return unit.notices.deliveries.attempts(delivery.id)


def told(desk: Desk, login: str) -> list[str]:
    with desk.services.store.reading() as unit:
        return [str(each.text) for each in unit.notices.of_person(desk.people[login].id)]

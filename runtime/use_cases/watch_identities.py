"""Whose number points to no account of their own at a provider, and who sees to it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.channel_addresses import ChannelAddress
from runtime.store.tasks import Task
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.watch_channel import watchers

NAMED = 5
"""People that the task names; the page of the channel names all."""
KEY = "identity"


def strangers(unit: Unit, channel: str) -> tuple[ChannelAddress, ...]:
    """Return what a provider said of the active people whom it does not know by their number, or
    knows as somebody whom others are, too."""
    active = {one.id for one in unit.people.list()}
    known = [one for one in unit.notices.addresses.of_channel(channel) if one.person in active]
    shared = _shared(known)
    return tuple(
        one for one in known if (one.phone and one.address is None) or one.address in shared
    )


def _shared(known: Iterable[ChannelAddress]) -> frozenset[str]:
    people: dict[str, set[str]] = {}
    for one in known:
        if one.address is not None:
            people.setdefault(one.address, set()).add(one.person)
    return frozenset(address for address, whose in people.items() if len(whose) > 1)


def watch_identities(services: Services, channel: str, label: Message) -> int:
    """Give who set up a channel the task to put right whose number points to nobody, or to the same
    account as another's; the same people are one task. What is right again ends it. Return how
    many people that are."""
    with services.store.unit() as unit:
        found = strangers(unit, channel)
        people = sorted({one.person for one in found})
        key = f"{KEY}:{channel}:{_digest(people)}"
        _end_others(services, unit, channel, key if people else "")
        if people:
            _open(services, unit, key, _title(unit, people, label), channel)
        return len(people)


def _title(unit: Unit, people: list[str], label: Message) -> Message:
    names: Mapping[str, str] = unit.people.names(people)
    return Message(
        "{n} 位同事的手机号与{channel}账号对不上，请核对：{names}",
        n=len(people),
        channel=label,
        names=[names.get(one, "") for one in people[:NAMED]],
    )


def _open(services: Services, unit: Unit, key: str, title: Message, channel: str) -> None:
    for person in watchers(unit, channel):
        own = f"{key}:{person}"
        new = Task(
            key=own,
            kind="todo",
            person=person,
            title=title,
            note=channel,
            opened_at=services.now(),
        )
        task = unit.tasks.open(new)
        text = NoticeText(text=title, kind="system", task=task)
        notify(services, unit, (person,), text, key=own)


def _end_others(services: Services, unit: Unit, channel: str, but: str) -> None:
    old = unit.tasks.open_with(f"{KEY}:{channel}:")
    ids = tuple(task.id for task in old if not but or not task.key.startswith(but))
    unit.tasks.void(ids, "settled", services.now())


def _digest(people: Iterable[str]) -> str:
    return sha256("\0".join(people).encode()).hexdigest()[:16]

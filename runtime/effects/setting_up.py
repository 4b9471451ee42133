"""How does an administrator set up a channel, and try it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.wording import Message
from runtime.effects.addressing import address_for
from runtime.effects.channel import Letter, Outcome, Parcel, Set, Setting
from runtime.effects.channels import channels
from runtime.effects.listening import listens
from runtime.effects.opening import doors_of, opened, sealed
from runtime.effects.telling import trouble
from runtime.language import translate
from runtime.services import Services
from runtime.store.channels import Channel
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.delivery_log import CHECK

LONGEST = 2000


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """A channel as the pages show it: which secrets are there, never what they are."""

    id: str
    active: bool
    values: Mapping[str, str]
    secrets: frozenset[str]
    failures: int = 0
    broken: bool = False
    """Its secrets can't be opened any more; they have to be typed anew."""
    listens: bool = False
    """Whether presses of buttons in its messages reach us."""


def channels_set_up(services: Services) -> Mapping[str, SetUp]:
    """Return every channel that there could be, as it is set up."""
    with services.store.reading() as unit:
        kept = unit.notices.channels.all()
    return {id_: _shown(services, id_, kept.get(id_)) for id_ in channels()}


def _shown(services: Services, id_: str, kept: Channel | None) -> SetUp:
    secret = {each.id for each in channels()[id_].settings if each.kind == "secret"}
    if kept is None:
        values = {each.id: each.default for each in channels()[id_].settings}
        return SetUp(id=id_, active=False, values=values, secrets=frozenset())
    found = opened(services.settings, kept)
    there = {name for name in secret if found and found[name]}
    return SetUp(
        id=id_,
        active=kept.active,
        values=kept.settings,
        secrets=frozenset(there),
        failures=kept.failures,
        broken=found is None,
        listens=found is not None and listens(services.settings, found),
    )


def set_up(
    services: Services, act: Act, id_: str, typed: Mapping[str, str], *, active: bool
) -> Mapping[str, Message]:
    """Set up a channel, or return what is wrong by setting. A secret that is left empty stays as
    it is."""
    with services.store.reading() as unit:
        kept = unit.notices.channels.one(id_)
    before = opened(services.settings, kept) if kept else None
    values, secrets = _read(id_, typed, before)
    wrong = _complaints(channels()[id_].settings, {**values, **secrets}, active)
    if wrong:
        return wrong
    now = services.now()
    with services.store.unit() as unit:
        unit.notices.channels.keep(
            Channel(
                id=id_,
                active=active,
                settings=values,
                secrets=sealed(services.settings, id_, secrets),
                changed_at=now,
                changed_by=act.actor.id,
            )
        )
        unit.notices.addresses.forget(id_)
        if active and channels()[id_].looks_up:
            since = now.isoformat()
            arguments = {"channel": id_, "since": since}
            unit.jobs.save(CHECK, arguments, now, key=f"{CHECK}:{id_}:{since}")
        unit.events.add(
            Event(
                id=new_id(now),
                at=now,
                kind="channel_set_up",
                actor=act.actor.id,
                door=act.door,
                data={"channel": id_, "active": active},
            )
        )
    return {}


def _read(
    id_: str, typed: Mapping[str, str], before: Set | None
) -> tuple[dict[str, str], dict[str, str]]:
    values: dict[str, str] = {}
    secrets: dict[str, str] = {}
    for each in channels()[id_].settings:
        text = typed.get(each.id, "").strip()[:LONGEST]
        if each.kind != "secret":
            values[each.id] = text
        elif kept := text or (before[each.id] if before else ""):
            secrets[each.id] = kept
    return values, secrets


def _complaints(
    settings: tuple[Setting, ...], values: Mapping[str, str], active: bool
) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    for each in settings:
        text = values.get(each.id, "")
        if not text:
            if each.required and active:
                wrong[each.id] = Message("开通前请填写")
        elif each.kind == "whole" and not (text.isascii() and text.isdecimal()):
            wrong[each.id] = Message("请填写数字")
        elif each.kind == "choice" and text not in dict(each.choices):
            wrong[each.id] = Message("请从选项里选")
    return wrong


def try_out(services: Services, act: Act, id_: str) -> Message | None:
    """Send oneself a message through a channel as it is kept, or return why it did not go."""
    with services.store.reading() as unit:
        kept = unit.notices.channels.one(id_)
        person = unit.people.one(act.actor.id)
    found = opened(services.settings, kept) if kept else None
    if found is None or person is None:
        return Message("请先保存设置")
    doors, channel = doors_of(services.settings), channels()[id_]
    address = address_for(services, doors, found, person)
    if not isinstance(address, str):
        return trouble(address)
    now = services.now()
    into = translate(person.locale)
    letter = Letter(
        title=Message("测试消息").fill(into, person.locale),
        headline=Message("测试消息").fill(into, person.locale),
        text=Message("收到这条消息，说明这个渠道可以用了").fill(into, person.locale),
        link=services.settings.public_url,
        link_text=Message("打开").fill(into, person.locale),
        key=new_id(now),
    )
    outcome: Outcome = channel.send(
        Parcel(doors=doors, set=found, person=person, address=address, letter=letter, now=now)
    )
    return trouble(outcome)

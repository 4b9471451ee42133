"""People who decide right in a chat: the office with one of the three chat programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from runtime.app import build_app
from runtime.store.approvals import Approval
from runtime.store.channel_addresses import ChannelAddress
from tests.runtime.approvals.office import WITH_APPROVALS, Office, open_office
from tests.runtime.effects.posting import connected, do_all, reachable, set_up
from tests.services.fakes import pressing
from tests.services.fakes.pressing import Told
from tests.services.fakes.providers import Dingtalk, Feishu, Provider, Wecom, provider

BOSS, PHONE = "chief_north", "+8613800000002"
REVIEW = "workflows/review.yaml"
WHO = "    who: [{person: chief_north}]\n"
FREELY = WITH_APPROVALS[REVIEW].decode().replace(WHO, f"{WHO}    opinion: []\n")
"""The same approval, where a refusal needs no words."""


@dataclass
class Chat:
    """A chat program by which the boss is asked to decide."""

    office: Office
    provider: Any
    channel: str
    press: Callable[[dict[str, Any], str, str], Told]
    ask: Callable[[], Told | None]

    @cached_property
    def app(self) -> Flask:
        return build_app(self.office.services)

    def client(self) -> FlaskClient:
        return self.app.test_client()

    def asked(self) -> tuple[Approval, dict[str, Any]]:
        """Submit something and return the card that the boss got."""
        approval = self.office.submitted(cost="10")
        do_all(self.office, self.office.clock.moment)
        card = self.provider.taken[-1]
        assert "li" in str(card)
        return approval, card

    def settle(self) -> list[dict[str, Any]]:
        do_all(self.office, self.office.clock.moment + timedelta(minutes=1))
        return list(self.provider.updates)


def chat_with(office: Office, found: Provider) -> Chat:
    clock = office.clock
    match found:
        case Wecom():
            known = {"corp": found.CORP, "agent": str(found.AGENT)}
            secrets = {"token": pressing.WECOM_TOKEN, "aes_key": pressing.AES_KEY}
            return _chat(
                office,
                found,
                ("wecom", known, secrets),
                lambda card, who, verb: _wecom_pressed(found, card, who, verb, clock()),
                lambda: pressing.wecom_asks(found.CORP, clock()),
            )
        case Feishu():
            secrets = {"token": pressing.FEISHU_TOKEN, "encrypt_key": pressing.ENCRYPT_KEY}
            question = {"type": "url_verification", "token": pressing.FEISHU_TOKEN}
            return _chat(
                office,
                found,
                ("feishu", {"app": found.APP}, secrets),
                lambda card, who, verb: pressing.feishu_press(card, who, verb, clock(), found.APP),
                lambda: pressing.feishu_told({**question, "challenge": "1616140"}, clock()).but(
                    headers={}
                ),
            )
        case Dingtalk():
            known = {"key": found.KEY, "agent": "2", "card": "card-template.schema"}
            return _chat(
                office,
                found,
                ("dingtalk", known, {"card_secret": pressing.CARD_SECRET}),
                lambda card, who, verb: pressing.dingtalk_press(card, who, verb, clock()),
                lambda: None,
            )
    raise AssertionError(found)


def _wecom_pressed(chat: Wecom, card: dict[str, Any], who: str, verb: str, now: datetime) -> Told:
    # Each press is told with a code of its own.
    chat.codes.add(f"pressed-{card['template_card']['task_id']}")
    return pressing.wecom_press(card, who, verb, now, chat.CORP)


def _chat(
    office: Office,
    found: Any,
    known: tuple[str, dict[str, str], dict[str, str]],
    press: Callable[[dict[str, Any], str, str], Told],
    ask: Callable[[], Told | None],
) -> Chat:
    made = replace(office, services=connected(office, found.port).services)
    channel, values, secrets = known
    set_up(made, channel, {**values, "host": found.url}, secret=found.SECRET, **secrets)
    reachable(made, BOSS, phone=PHONE)
    return Chat(made, found, channel, press, ask)


def afresh(chat: Chat) -> Chat:
    reachable(chat.office, BOSS, phone=PHONE, active=True)  # type: ignore[arg-type]  # a flag
    with chat.office.services.store.unit() as unit:
        unit.notices.addresses.forget(chat.channel)
        unit.failed_tries.forget(chat.office.clock() + timedelta(days=1))
    chat.provider.updates.clear()
    return chat


@contextmanager
def opened(
    folder: Path, kind: type[Provider], more: dict[str, str] | None = None
) -> Iterator[Chat]:
    with provider(kind) as found, open_office(folder, more=more) as office:
        yield chat_with(office, found)


def note(chat: Chat, login: str, address: str, phone: str) -> None:
    with chat.office.services.store.unit() as unit:
        unit.notices.addresses.keep(
            ChannelAddress(
                person=chat.office.people[login].id,
                channel=chat.channel,
                address=address,
                phone=phone,
                checked_at=chat.office.clock(),
            )
        )

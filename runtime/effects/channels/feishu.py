"""How does a message reach people as a card in Feishu?"""

from __future__ import annotations

from typing import Any

import msgspec

from engine.wording import Message
from runtime.effects.channel import (
    Channel,
    Doors,
    Failed,
    Letter,
    Outcome,
    Parcel,
    Sent,
    Set,
    Setting,
    Update,
)
from runtime.effects.chats import OWN_HOST, Dialect, Entry, Said, ask, ask_with_pass
from runtime.effects.ears.feishu import EAR
from runtime.effects.net.http import Request
from runtime.store.people import Person

HOST = "https://open.feishu.cn"
DIALECT = Dialect(
    code="code",
    detail="msg",
    fine=frozenset({"0"}),
    again=frozenset({"99991400", "230020", "1500", "99991663", "99991661"}),
)
STALE = frozenset({"99991663", "99991661", "99991668"})
NOBODY = frozenset({"230001", "230013", "99992351"})


def address(doors: Doors, kept: Set, person: Person) -> str | Failed:
    """Return the id of the member who has this phone number."""
    if not person.phone:
        return Failed(code="no_address", detail="", again=False)
    number = person.phone.removeprefix("+86")
    path = "contact/v3/users/batch_get_id?user_id_type=open_id"
    said = _call(doors, kept, Request(url=path, json={"mobiles": [number]}))
    if isinstance(said, Failed):
        return said
    found = (said.body.get("data") or {}).get("user_list") or [{}]
    # Feishu calls it a success when it knows nobody.
    known = found[0].get("user_id")
    return str(known) if known else Failed(code="unknown_phone", detail="", again=False)


def send(parcel: Parcel) -> Outcome:
    """Send a card."""
    content = {
        "receive_id": parcel.address,
        "msg_type": "interactive",
        "content": msgspec.json.encode(card(parcel.letter)).decode(),
        "uuid": parcel.letter.key,
    }
    path = "im/v1/messages?receive_id_type=open_id"
    said = _call(parcel.doors, parcel.set, Request(url=path, json=content))
    if isinstance(said, Failed):
        return said
    reference = (said.body.get("data") or {}).get("message_id")
    return Sent(reference=str(reference) if reference else None, milliseconds=said.milliseconds)


def update(change: Update) -> Outcome:
    """Put another card in the place of one that was sent."""
    content = {"content": msgspec.json.encode(card(change.letter)).decode()}
    path = f"im/v1/messages/{change.reference}"
    said = _call(change.doors, change.set, Request(method="PATCH", url=path, json=content))
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


def card(letter: Letter) -> dict[str, Any]:
    """Return the letter as a card that can be changed later."""
    direct = [
        {
            "tag": "button",
            "type": "primary" if number == 0 else "danger",
            "text": _plain(each.text),
            "value": {"verb": each.verb, "delivery": letter.key},
        }
        for number, each in enumerate(letter.buttons)
    ]
    links = [
        (letter.act_text, letter.act, "default" if direct else "primary"),
        (letter.link_text, letter.link, "default"),
    ]
    buttons = [
        {"tag": "button", "type": kind, "url": url, "text": _plain(text)}
        for text, url, kind in links
        if url
    ]
    elements: list[dict[str, Any]] = [{"tag": "div", "text": _plain(letter.whole)}]
    if direct or buttons:
        elements.append({"tag": "action", "actions": [*direct, *buttons]})
    return {
        "config": {"update_multi": True},
        "header": {"template": "blue", "title": _plain(letter.title)},
        "elements": elements,
    }


def _plain(text: str) -> dict[str, str]:
    return {"tag": "plain_text", "content": text}


def _call(doors: Doors, kept: Set, wanted: Request) -> Said | Failed:
    base = f"{kept['host'] or HOST}/open-apis"

    def fetch() -> tuple[str, float] | Failed:
        wanted = {"app_id": kept["app"], "app_secret": kept["secret"]}
        url = f"{base}/auth/v3/tenant_access_token/internal"
        said = ask(doors, DIALECT, Request(url=url, json=wanted))
        if isinstance(said, Failed):
            return said
        return str(said.body.get("tenant_access_token", "")), float(said.body.get("expire", 0))

    def do(held: str) -> Said | Failed:
        headers = {"Authorization": f"Bearer {held}"}
        url = f"{base}/{wanted.url}"
        return ask(
            doors,
            DIALECT,
            Request(method=wanted.method, url=url, json=wanted.json, headers=headers),
        )

    key = ("feishu", base, kept["app"], kept["secret"])
    return ask_with_pass(doors, Entry(key=key, fetch=fetch, stale=STALE), do)


CHANNEL = Channel(
    label=Message("飞书"),
    symbol="messages",
    help=Message("用飞书企业自建应用发卡片消息，按手机号找到每个人的账号。"),
    settings=(
        Setting(id="app", label=Message("应用 App ID")),
        Setting(id="secret", label=Message("应用 App Secret"), kind="secret"),
        OWN_HOST,
        Setting(
            id="token",
            label=Message("Verification Token"),
            kind="secret",
            required=False,
            help=Message("在应用的“事件与回调”里查看，与 Encrypt Key 都填写后可在卡片上直接审批"),
        ),
        Setting(id="encrypt_key", label=Message("Encrypt Key"), kind="secret", required=False),
    ),
    address=address,
    looks_up=True,
    unknown=NOBODY,
    send=send,
    update=update,
    ear=EAR,
)

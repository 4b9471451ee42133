"""How does a message reach people as a card in WeCom?"""

from __future__ import annotations

from typing import Any

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
from runtime.effects.chats import OWN_HOST, Account, Dialect, Said, call
from runtime.effects.ears.wecom import EAR
from runtime.store.people import Person

HOST = "https://qyapi.weixin.qq.com"
DIALECT = Dialect(
    code="errcode",
    detail="errmsg",
    fine=frozenset({"0"}),
    again=frozenset({"-1", "45009", "45033", "40014", "42001"}),
)
STALE = frozenset({"40014", "42001", "41001"})
"""The pass is wrong, too old or missing."""
NOBODY = frozenset({"46004", "60111", "40003", "81013"})
SILENT = 14_400
"""Seconds in which WeCom shows the same message only once."""
TITLE, TEXT = 26, 112
"""Characters of which WeCom shows that many at most; longer ones it refuses or cuts."""


def address(doors: Doors, kept: Set, person: Person) -> str | Failed:
    """Return the id of the member who has this phone number."""
    if not person.phone:
        return Failed(code="no_address", detail="", again=False)
    number = person.phone.removeprefix("+86")
    said = _call(doors, kept, "user/getuserid", {"mobile": number})
    if isinstance(said, Said):
        return str(said.body.get("userid", ""))
    if said.code in NOBODY:
        return Failed(code="unknown_phone", detail=said.detail, again=False)
    return said


def send(parcel: Parcel) -> Outcome:
    """Send a card: with buttons where one may decide, else as a notice."""
    letter = parcel.letter
    content = {
        "touser": parcel.address,
        "agentid": _agent(parcel.set),
        "enable_duplicate_check": 1,
        "duplicate_check_interval": SILENT,
        **(card(letter) if letter.link or letter.act else _text(letter)),
    }
    said = _call(parcel.doors, parcel.set, "message/send", content)
    if isinstance(said, Failed):
        return said
    if said.body.get("invaliduser"):
        # WeCom calls this a success: nobody got it.
        return Failed(
            code="81013",
            detail=f"invaliduser {said.body['invaliduser']}",
            again=False,
            milliseconds=said.milliseconds,
        )
    # Only a card with buttons has one, and only with one it can be changed.
    reference = said.body.get("response_code")
    return Sent(reference=str(reference) if reference else None, milliseconds=said.milliseconds)


def update(change: Update) -> Outcome:
    """Put another card in the place of one with buttons; tell it anew when it is too late."""
    content = {
        "userids": [change.address],
        "agentid": _agent(change.set),
        "response_code": change.reference,
        "template_card": _notice_card(change.letter),
    }
    said = _call(change.doors, change.set, "message/update_template_card", content)
    if isinstance(said, Failed):
        return said
    return Sent(milliseconds=said.milliseconds)


def card(letter: Letter) -> dict[str, Any]:
    """Return a card with buttons, or one that only goes on."""
    if letter.act is None:
        return {"msgtype": "template_card", "template_card": _notice_card(letter)}
    links = [(letter.act_text, letter.act, 2 if letter.buttons else 1)]
    if letter.link:
        links.append((letter.link_text, letter.link, 2))
    direct = [
        {"type": 0, "text": each.text, "style": 1 if number == 0 else 3, "key": each.verb}
        for number, each in enumerate(letter.buttons)
    ]
    shown = {
        "card_type": "button_interaction",
        **_main(letter),
        "task_id": letter.key,
        "button_list": [
            *direct,
            *({"type": 1, "text": text, "style": style, "url": url} for text, url, style in links),
        ],
    }
    return {"msgtype": "template_card", "template_card": shown}


def _notice_card(letter: Letter) -> dict[str, Any]:
    shown: dict[str, Any] = {"card_type": "text_notice", **_main(letter)}
    if letter.link:
        shown["card_action"] = {"type": 1, "url": letter.link}
        shown["jump_list"] = [{"type": 1, "title": letter.link_text, "url": letter.link}]
    return shown


def _main(letter: Letter) -> dict[str, Any]:
    return {
        "main_title": {"title": letter.title[:TITLE]},
        "sub_title_text": letter.whole[:TEXT],
    }


def _text(letter: Letter) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": f"{letter.title}\n{letter.whole}"}}


def _agent(kept: Set) -> int:
    return int(kept["agent"]) if kept["agent"].isdecimal() else 0


def _call(doors: Doors, kept: Set, path: str, content: dict[str, Any]) -> Said | Failed:
    account = Account(
        dialect=DIALECT,
        base=f"{kept['host'] or HOST}/cgi-bin",
        wanted={"corpid": kept["corp"], "corpsecret": kept["secret"]},
        stale=STALE,
    )
    return call(doors, account, path, content)


CHANNEL = Channel(
    label=Message("企业微信"),
    symbol="messages",
    help=Message("用企业微信自建应用发卡片消息，按手机号找到每个人的账号。"),
    settings=(
        Setting(id="corp", label=Message("企业 ID")),
        Setting(id="agent", label=Message("应用 AgentId"), kind="whole"),
        Setting(id="secret", label=Message("应用 Secret"), kind="secret"),
        OWN_HOST,
        Setting(
            id="token",
            label=Message("回调 Token"),
            kind="secret",
            required=False,
            help=Message("在应用的“接收消息”里设置，填写后可在卡片上直接审批"),
        ),
        Setting(id="aes_key", label=Message("回调 EncodingAESKey"), kind="secret", required=False),
    ),
    address=address,
    looks_up=True,
    unknown=NOBODY,
    send=send,
    update=update,
    ear=EAR,
)

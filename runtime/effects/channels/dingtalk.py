"""How does a message reach people as a work notice in DingTalk?"""

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
)
from runtime.effects.chats import OWN_HOST, Account, Dialect, Said, call
from runtime.store.people import Person

HOST = "https://oapi.dingtalk.com"
DIALECT = Dialect(
    code="errcode",
    detail="errmsg",
    fine=frozenset({"0"}),
    again=frozenset({"-1", "88", "90018", "90002", "15", "40014", "42001"}),
)
STALE = frozenset({"40014", "42001", "40001"})
NOBODY = frozenset({"60121", "33012", "60011"})


def address(doors: Doors, kept: Set, person: Person) -> str | Failed:
    """Return the id of the member who has this phone number."""
    if not person.phone:
        return Failed(code="no_address", detail="", again=False)
    number = person.phone.removeprefix("+86")
    said = _call(doors, kept, "topapi/v2/user/getbymobile", {"mobile": number})
    if isinstance(said, Said):
        return str((said.body.get("result") or {}).get("userid", ""))
    if said.code in NOBODY:
        return Failed(code="unknown_phone", detail=said.detail, again=False)
    return said


def send(parcel: Parcel) -> Outcome:
    """Send a work notice: a card with buttons where there is something to open."""
    content = {
        "agent_id": parcel.set["agent"],
        "userid_list": parcel.address,
        "msg": message(parcel.letter),
    }
    path = "topapi/message/corpconversation/asyncsend_v2"
    said = _call(parcel.doors, parcel.set, path, content)
    if isinstance(said, Failed):
        return said
    return Sent(milliseconds=said.milliseconds)


def message(letter: Letter) -> dict[str, Any]:
    """Return the letter as DingTalk wants it; a line breaks where two spaces end it."""
    words = "\n\n".join(letter.whole.splitlines())
    text = f"### {letter.title}\n\n{words}"
    links = [(letter.act_text, letter.act), (letter.link_text, letter.link)]
    buttons = [{"title": name, "action_url": url} for name, url in links if url]
    if not buttons:
        return {"msgtype": "markdown", "markdown": {"title": letter.title, "text": text}}
    card = {
        "title": letter.title,
        "markdown": text,
        "btn_orientation": "1",
        "btn_json_list": buttons,
    }
    return {"msgtype": "action_card", "action_card": card}


def _call(doors: Doors, kept: Set, path: str, content: dict[str, Any]) -> Said | Failed:
    account = Account(
        dialect=DIALECT,
        base=kept["host"] or HOST,
        wanted={"appkey": kept["key"], "appsecret": kept["secret"]},
        stale=STALE,
        lasts=7200,
    )
    return call(doors, account, path, content)


CHANNEL = Channel(
    label=Message("钉钉"),
    symbol="messages",
    help=Message("用钉钉企业内部应用发工作通知，按手机号找到每个人的账号。"),
    settings=(
        Setting(id="key", label=Message("应用 AppKey")),
        Setting(id="secret", label=Message("应用 AppSecret"), kind="secret"),
        Setting(id="agent", label=Message("应用 AgentId"), kind="whole"),
        OWN_HOST,
    ),
    address=address,
    looks_up=True,
    unknown=NOBODY,
    send=send,
)

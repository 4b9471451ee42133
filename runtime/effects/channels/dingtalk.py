"""How does a message reach people as a work notice in DingTalk?"""

from __future__ import annotations

from typing import Any

from engine.wording import Message
from runtime.effects import dingtalk_cards
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
from runtime.effects.ears.dingtalk import EAR
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
    """Send a work notice, with buttons where there is something to open; or a card that can be
    decided on and changed in place, where a template for it was set up."""
    if parcel.letter.act and EAR.open(parcel.set):
        return dingtalk_cards.send(parcel, account(parcel.set))
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


def update(change: Update) -> Outcome:
    """Say in a card that its matter is settled."""
    return dingtalk_cards.update(change, account(change.set))


def account(kept: Set) -> Account:
    """Return the account of the app."""
    return Account(
        dialect=DIALECT,
        base=kept["host"] or HOST,
        wanted={"appkey": kept["key"], "appsecret": kept["secret"]},
        stale=STALE,
        lasts=7200,
    )


def _call(doors: Doors, kept: Set, path: str, content: dict[str, Any]) -> Said | Failed:
    return call(doors, account(kept), path, content)


CHANNEL = Channel(
    label=Message("钉钉"),
    symbol="messages",
    help=Message("用钉钉企业内部应用发工作通知，按手机号找到每个人的账号。"),
    settings=(
        Setting(id="key", label=Message("应用 AppKey")),
        Setting(id="secret", label=Message("应用 AppSecret"), kind="secret"),
        Setting(id="agent", label=Message("应用 AgentId"), kind="whole"),
        OWN_HOST,
        Setting(
            id="card",
            label=Message("互动卡片模板 ID"),
            required=False,
            help=Message("填写后可在卡片上直接审批，卡片随后原地更新；不填则发普通工作通知"),
        ),
        Setting(
            id="robot",
            label=Message("机器人 RobotCode"),
            required=False,
            help=Message("投放互动卡片的机器人，不填则与 AppKey 相同"),
        ),
        Setting(
            id="card_secret",
            label=Message("卡片回调密钥"),
            kind="secret",
            required=False,
            help=Message("自行设定的一串字符，钉钉用它给卡片回调签名"),
        ),
    ),
    address=address,
    looks_up=True,
    unknown=NOBODY,
    send=send,
    update=update,
    ear=EAR,
)

"""How does a message reach people as a text message of Aliyun?"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import msgspec

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent, Setting
from runtime.effects.chats import Dialect, ask
from runtime.effects.net.http import Request
from runtime.effects.signing import AliyunCall, aliyun_headers
from runtime.effects.text_messages import HOST, SIGN, TEMPLATE, address, words

OFFICIAL = "https://dysmsapi.aliyuncs.com"
DIALECT = Dialect(
    code="Code",
    detail="Message",
    fine=frozenset({"OK"}),
    again=frozenset(
        {"isp.SYSTEM_ERROR", "Throttling.User", "ServiceUnavailable", "isv.BUSINESS_LIMIT_CONTROL"}
    ),
)


def send(parcel: Parcel) -> Outcome:
    """Send it by the template that was approved."""
    kept, base = parcel.set, parcel.set["host"] or OFFICIAL
    blank = kept["variable"] or "content"
    call = AliyunCall(
        host=urlsplit(base).netloc,
        action="SendSms",
        version="2017-05-25",
        params={
            "PhoneNumbers": parcel.address.removeprefix("+86"),
            "SignName": kept["sign"],
            "TemplateCode": kept["template"],
            "TemplateParam": msgspec.json.encode({blank: words(parcel.letter)}).decode(),
            "OutId": parcel.letter.key,
        },
    )
    nonce = secrets.token_hex(16)
    headers = aliyun_headers(call, kept["key"], kept["secret"], nonce, parcel.now)
    wanted = Request(url=f"{base}/?{call.query}", body=b"", headers=headers)
    said = ask(parcel.doors, DIALECT, wanted)
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


CHANNEL = Channel(
    label=Message("阿里云短信"),
    symbol="device-mobile",
    settings=(
        Setting(id="key", label=Message("密钥 AccessKey ID")),
        Setting(id="secret", label=Message("密钥 AccessKey Secret"), kind="secret"),
        SIGN,
        TEMPLATE,
        Setting(id="variable", label=Message("模板变量名"), required=False, default="content"),
        HOST,
    ),
    address=address,
    send=send,
)

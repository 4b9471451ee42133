"""How does a message reach people as a text message of Tencent Cloud?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from engine.wording import Message
from runtime.effects.channel import Channel, Failed, Outcome, Parcel, Sent, Setting
from runtime.effects.net.http import Answer, NoAnswer, Request
from runtime.effects.signing import TencentCall, tencent_headers
from runtime.effects.text_messages import HOST, SIGN, TEMPLATE, address, words

OFFICIAL = "https://sms.tencentcloudapi.com"
AGAIN = ("InternalError", "RequestLimitExceeded", "RequestTimeout")
"""How the codes begin that mean that one may come again."""


def send(parcel: Parcel) -> Outcome:
    """Send it by the template that was approved."""
    kept, base = parcel.set, parcel.set["host"] or OFFICIAL
    body = msgspec.json.encode(
        {
            "PhoneNumberSet": [parcel.address],
            "SmsSdkAppId": kept["app"],
            "SignName": kept["sign"],
            "TemplateId": kept["template"],
            "TemplateParamSet": [words(parcel.letter)],
            "SessionContext": parcel.letter.key,
        }
    )
    call = TencentCall(
        host=urlsplit(base).netloc,
        service="sms",
        action="SendSms",
        version="2021-01-11",
        region=kept["region"] or "ap-guangzhou",
        body=body,
    )
    headers = tencent_headers(call, kept["key"], kept["secret"], parcel.now)
    answer = parcel.doors.outbound.ask(Request(url=f"{base}/", body=body, headers=headers))
    return Failed.without(answer) if isinstance(answer, NoAnswer) else _read(answer)


def _read(answer: Answer) -> Outcome:
    """Return what Tencent says: of the call, and then of the one number in it."""
    said = answer.json().get("Response") or {}
    status: Mapping[str, Any] = said.get("Error") or next(iter(said.get("SendStatusSet") or ()), {})
    code = str(status.get("Code") or f"HTTP {answer.status}")
    if code == "Ok":
        return Sent(milliseconds=answer.milliseconds)
    return Failed(
        code=code,
        detail=str(status.get("Message") or answer.text())[:300],
        again=code.startswith(AGAIN),
        milliseconds=answer.milliseconds,
    )


CHANNEL = Channel(
    label=Message("腾讯云短信"),
    symbol="device-mobile",
    settings=(
        Setting(id="key", label=Message("密钥 SecretId")),
        Setting(id="secret", label=Message("密钥 SecretKey"), kind="secret"),
        Setting(id="app", label=Message("短信应用 SdkAppId")),
        SIGN,
        TEMPLATE,
        Setting(id="region", label=Message("地域"), required=False, default="ap-guangzhou"),
        HOST,
    ),
    address=address,
    send=send,
)

"""Somebody presses a button of a card, and the provider tells us: signed and sealed by its own
reckoning, as its documents say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

WECOM_TOKEN, AES_KEY = "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
FEISHU_TOKEN, ENCRYPT_KEY = "v-token-0123456789", "the encrypt key"
CARD_SECRET = "the secret of the cards"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One request of a provider, ready to be sent, or to be tampered with."""

    path: str
    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def to(self, client: FlaskClient) -> TestResponse:
        return client.open(
            self.path,
            method=self.method,
            query_string=dict(self.query),
            headers=dict(self.headers),
            data=self.body,
        )

    def but(self, **other: Any) -> Told:
        return replace(self, **other)


def _cbc(key: bytes, start: bytes, plain: bytes, block: int) -> bytes:
    padder = PKCS7(block * 8).padder()
    sealing = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return sealing.update(padder.update(plain) + padder.finalize()) + sealing.finalize()


def wecom_sealed(text: str, corp: str) -> str:
    """https://developer.work.weixin.qq.com/document/path/90968"""
    key = base64.b64decode(AES_KEY + "=")
    content = text.encode()
    plain = secrets.token_bytes(16) + len(content).to_bytes(4, "big") + content + corp.encode()
    return base64.b64encode(_cbc(key, key[:16], plain, 32)).decode()


def wecom_signed(sealed: str, now: datetime) -> dict[str, str]:
    moment, nonce = str(int(now.timestamp())), secrets.token_hex(5)
    text = "".join(sorted([WECOM_TOKEN, moment, nonce, sealed]))
    signature = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
    return {"msg_signature": signature, "timestamp": moment, "nonce": nonce}


def wecom_asks(corp: str, now: datetime, text: str = "1616140317555161061") -> Told:
    """Ask whether the address is ours."""
    sealed = wecom_sealed(text, corp)
    query = {**wecom_signed(sealed, now), "echostr": sealed}
    return Told(path="/in/wecom", method="GET", query=query)


def wecom_press(card: dict[str, Any], who: str, verb: str, now: datetime, corp: str) -> Told:
    """https://developer.work.weixin.qq.com/document/path/90240"""
    task = card["template_card"]["task_id"]
    values = {
        "ToUserName": corp,
        "FromUserName": who,
        "MsgType": "event",
        "Event": "template_card_event",
        "EventKey": verb,
        "TaskId": task,
        "CardType": "button_interaction",
        "ResponseCode": f"pressed-{task}",
    }
    quoted = "".join(f"<{name}><![CDATA[{text}]]></{name}>" for name, text in values.items())
    created = f"<CreateTime>{int(now.timestamp())}</CreateTime><AgentID>1000002</AgentID>"
    return wecom_told(f"<xml>{quoted}{created}</xml>", now, corp)


def wecom_told(text: str, now: datetime, corp: str, receiver: str | None = None) -> Told:
    sealed = wecom_sealed(text, receiver or corp)
    body = (
        f"<xml><ToUserName><![CDATA[{corp}]]></ToUserName>"
        f"<AgentID><![CDATA[1000002]]></AgentID><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    )
    return Told(path="/in/wecom", query=wecom_signed(sealed, now), body=body.encode())


def feishu_told(content: dict[str, Any], now: datetime) -> Told:
    """https://open.feishu.cn/document/event-subscription-guide/event-subscriptions"""
    key = hashlib.sha256(ENCRYPT_KEY.encode()).digest()
    start = secrets.token_bytes(16)
    sealed = start + _cbc(key, start, json.dumps(content).encode(), 16)
    body = json.dumps({"encrypt": base64.b64encode(sealed).decode()}).encode()
    moment, nonce = str(int(now.timestamp())), secrets.token_hex(5)
    signature = hashlib.sha256(f"{moment}{nonce}{ENCRYPT_KEY}".encode() + body).hexdigest()
    headers = {
        "X-Lark-Request-Timestamp": moment,
        "X-Lark-Request-Nonce": nonce,
        "X-Lark-Signature": signature,
    }
    return Told(path="/in/feishu", headers=headers, body=body)


def feishu_press(card: dict[str, Any], who: str, verb: str, now: datetime, app: str) -> Told:
    """https://open.feishu.cn/document/feishu-cards/card-callback-communication"""
    actions = card["card"]["elements"][-1]["actions"]
    (pressed,) = [each for each in actions if each.get("value", {}).get("verb") == verb]
    header = {
        "event_id": secrets.token_hex(16),
        "token": FEISHU_TOKEN,
        "create_time": str(int(now.timestamp() * 1_000_000)),
        "event_type": "card.action.trigger",
        "tenant_key": "736588c9260f175d",
        "app_id": app,
    }
    event = {
        "operator": {"tenant_key": "736588c9260f175d", "open_id": who},
        "token": "c-295ee57216a5dc9de90fefd0aadb4b1d7d5",
        "action": {"value": pressed["value"], "tag": "button"},
        "host": "im_message",
        "context": {"open_message_id": f"om_{card['uuid']}"},
    }
    return feishu_told({"schema": "2.0", "header": header, "event": event}, now)


def dingtalk_press(card: dict[str, Any], who: str, verb: str, now: datetime) -> Told:
    """https://open.dingtalk.com/document/orgapp/event-callback-card"""
    params = {"ticket": card["cardData"]["cardParamMap"][f"{verb}_ticket"]}
    content = {"cardPrivateData": {"actionIds": [verb], "params": params}}
    told = {
        "type": "actionCallback",
        "outTrackId": card["outTrackId"],
        "corpId": "ding0123",
        "userId": who,
        "content": json.dumps(content),
    }
    return dingtalk_told(told, now)


def dingtalk_told(content: dict[str, Any], now: datetime) -> Told:
    moment = str(int(now.timestamp() * 1000))
    signature = hmac.new(CARD_SECRET.encode(), moment.encode(), "sha256").digest()
    headers = {
        "x-ddpaas-signature-timestamp": moment,
        "x-ddpaas-signature": base64.b64encode(signature).decode(),
    }
    return Told(path="/in/dingtalk", headers=headers, body=json.dumps(content).encode())

"""What does WeCom tell us, and is it really WeCom?"""

from __future__ import annotations

import hashlib
import re

from runtime.effects.channel import Set
from runtime.effects.incoming import Ear, Heard, Knock, Pressed, Reply, fresh, same
from runtime.effects.wecom_seal import signature, unsealed

SEALED = re.compile(rb"<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]></Encrypt>")
"""Of the envelope we read this and nothing else: no parser of XML ever sees what strangers send."""
PART = re.compile(r"<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<>]*))</\1>", re.DOTALL)


def hear(kept: Set, knock: Knock) -> Heard:
    """Return what was told: the question whether the address is ours, or a press of a button."""
    sealed = _sealed(knock)
    given = knock.query.get("msg_signature", "")
    moment, nonce = knock.query.get("timestamp", ""), knock.query.get("nonce", "")
    if not sealed or not same(given, signature(kept["token"], moment, nonce, sealed)):
        return None
    text = unsealed(kept["aes_key"], sealed, kept["corp"])
    if text is None or not fresh(moment, knock.now):
        return None
    return Reply(body=text) if knock.method == "GET" else _event(text)


def _sealed(knock: Knock) -> str:
    if knock.method == "GET":
        return knock.query.get("echostr", "")
    found = SEALED.findall(knock.body)
    return found[0].decode() if len(found) == 1 else ""


def _event(text: str) -> Heard:
    parts: dict[str, str] = {}
    for name, quoted, plain in PART.findall(text):
        parts.setdefault(name, quoted or plain)
    if parts.get("Event") != "template_card_event":
        return Reply()
    return Pressed(
        # WeCom tells the same event again when we are slow; it is the same text then.
        key=hashlib.sha256(text.encode()).hexdigest(),
        address=parts.get("FromUserName", ""),
        delivery=parts.get("TaskId", ""),
        verb=parts.get("EventKey", ""),
        reference=parts.get("ResponseCode") or None,
    )


def reply(words: str, done: bool) -> Reply:
    """Say that it was heard: WeCom shows no words of ours, the card itself is changed."""
    return Reply()


EAR = Ear(needs=("token", "aes_key"), hear=hear, reply=reply, speaks=False)

"""What does Feishu tell us, and is it really Feishu?"""

from __future__ import annotations

from typing import Any

import msgspec

from runtime.effects.channel import Set
from runtime.effects.ears.reading import read_object, text_at
from runtime.effects.feishu_seal import signature, unsealed
from runtime.effects.incoming import Ear, Heard, Knock, Pressed, Reply, fresh, same

JSON = "application/json"


def hear(kept: Set, knock: Knock) -> Heard:
    """Return what was told: the question whether the address is ours, or a press of a button."""
    if knock.method != "POST":
        return None
    envelope = read_object(knock.body)
    plain = unsealed(kept["encrypt_key"], text_at(envelope, "encrypt"))
    told = read_object(plain) if plain else {}
    if text_at(told, "type") == "url_verification":
        # The only thing that Feishu does not sign; it only gives back what was sent.
        known = same(text_at(told, "token"), kept["token"])
        return _json({"challenge": text_at(told, "challenge")}) if known else None
    if not told or not _signed(kept, knock) or not _ours(kept, told):
        return None
    if text_at(told, "header", "event_type") != "card.action.trigger":
        return _json({})
    return Pressed(
        key=text_at(told, "header", "event_id"),
        address=text_at(told, "event", "operator", "open_id"),
        delivery=text_at(told, "event", "action", "value", "delivery"),
        verb=text_at(told, "event", "action", "value", "verb"),
    )


def _signed(kept: Set, knock: Knock) -> bool:
    moment = knock.headers.get("x-lark-request-timestamp", "")
    nonce = knock.headers.get("x-lark-request-nonce", "")
    wanted = signature(kept["encrypt_key"], moment, nonce, knock.body)
    given = knock.headers.get("x-lark-signature", "")
    return same(given, wanted) and fresh(moment, knock.now)


def _ours(kept: Set, told: dict[str, Any]) -> bool:
    token = same(text_at(told, "header", "token"), kept["token"])
    return token and text_at(told, "header", "app_id") == kept["app"]


def reply(words: str, done: bool) -> Reply:
    """Say some words to who pressed; the card is changed by itself."""
    return _json({"toast": {"type": "success" if done else "error", "content": words}})


def _json(content: dict[str, Any]) -> Reply:
    return Reply(body=msgspec.json.encode(content).decode(), mimetype=JSON)


EAR = Ear(needs=("encrypt_key", "token"), hear=hear, reply=reply)

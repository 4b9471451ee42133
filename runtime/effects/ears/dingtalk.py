"""What does DingTalk tell us of its cards, and is it really DingTalk?"""

from __future__ import annotations

import base64
import hashlib
import hmac

import msgspec

from runtime.effects.channel import Set
from runtime.effects.ears.reading import read_object, text_at
from runtime.effects.incoming import Ear, Heard, Knock, Pressed, Reply, fresh, same
from runtime.use_cases.signed_links import BY_LINK

TICKET = "ticket"
"""What each button of the template gives back."""
CLOSED = "closed"
"""The variable of the card template that hides its buttons."""


def card_signature(secret: str, milliseconds: str) -> str:
    """Return the signature of a call about a card: DingTalk signs the moment, not the body."""
    digest = hmac.new(secret.encode(), milliseconds.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def ticket(secret: str, delivery: str, verb: str) -> str:
    """Return what one button of one card gives back: as DingTalk signs no body, this is how we
    know which of them was pressed."""
    text = f"card:{delivery}:{verb}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def hear(kept: Set, knock: Knock) -> Heard:
    """Return the press of a button that was told."""
    moment = knock.headers.get("x-ddpaas-signature-timestamp", "")
    given = knock.headers.get("x-ddpaas-signature", "")
    if knock.method != "POST" or not same(given, card_signature(kept["card_secret"], moment)):
        return None
    if not fresh(moment, knock.now):
        return None
    told = read_object(knock.body)
    delivery = text_at(told, "outTrackId")
    given = text_at(read_object(text_at(told, "content")), "cardPrivateData", "params", TICKET)
    tickets = {verb: ticket(kept["card_secret"], delivery, verb) for verb in BY_LINK}
    verb = next((verb for verb, wanted in tickets.items() if same(given, wanted)), None)
    if verb is None:
        return None
    return Pressed(
        key=hashlib.sha256(moment.encode() + knock.body).hexdigest(),
        address=text_at(told, "userId"),
        delivery=delivery,
        verb=verb,
    )


def reply(words: str, done: bool) -> Reply:
    """Say some words in the card itself, and take its buttons away once it is done."""
    shown = {"status": words, **({CLOSED: "true"} if done else {})}
    content = {
        "cardUpdateOptions": {"updateCardDataByKey": True},
        "cardData": {"cardParamMap": shown},
    }
    return Reply(body=msgspec.json.encode(content).decode(), mimetype="application/json")


EAR = Ear(needs=("card", "card_secret"), hear=hear, reply=reply, registers=True)

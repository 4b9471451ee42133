"""How is somebody shown a card in DingTalk that can be decided on, and changed where it lies?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtime.effects.channel import Doors, Failed, Letter, Outcome, Parcel, Sent, Set, Update
from runtime.effects.chats import Account, Dialect, Said, ask, call_with
from runtime.effects.ears.dingtalk import CLOSED, ticket
from runtime.effects.net.http import Request
from runtime.use_cases.signed_links import BY_LINK

HOST = "https://api.dingtalk.com"
DIALECT = Dialect(
    code="code",
    detail="message",
    # An answer that is fine has no code.
    fine=frozenset({""}),
    again=frozenset({"ServiceUnavailable", "Throttling.Api", "system.error", "unknownError"}),
)
STALE = frozenset({"InvalidAuthentication", "Forbidden.AccessDenied.AccessTokenInvalid"})
ROUTE = "dougong"
"""Under which name DingTalk knows where to tell us of buttons."""
DAY = 86_400.0


def send(parcel: Parcel, account: Account) -> Outcome:
    """Put a card into the person's chat with the robot of the app."""
    routed = _routed(parcel, account)
    if isinstance(routed, Failed):
        return routed
    content = {
        "userIdType": 1,
        "cardTemplateId": parcel.set["card"],
        "outTrackId": parcel.letter.key,
        "callbackType": "HTTP",
        "callbackRouteKey": ROUTE,
        "openSpaceId": f"dtv1.card//IM_ROBOT.{parcel.address}",
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {
            "spaceType": "IM_ROBOT",
            "robotCode": parcel.set["robot"] or parcel.set["key"],
        },
        "cardData": {"cardParamMap": _shown(parcel)},
    }
    wanted = Request(url="card/instances/createAndDeliver", json=content)
    said = _call(parcel.doors, parcel.set, account, wanted)
    return said if isinstance(said, Failed) else _delivered(said, parcel.letter)


def _shown(parcel: Parcel) -> Mapping[str, str]:
    letter = parcel.letter
    texts = {each.verb: each.text for each in letter.buttons}
    secret = parcel.set["card_secret"]
    return {
        **_words(letter),
        "act": letter.act or "",
        "act_text": letter.act_text,
        **{verb: texts.get(verb, "") for verb in BY_LINK},
        **{f"{verb}_ticket": ticket(secret, letter.key, verb) for verb in texts},
        "status": "",
        CLOSED: "false",
    }


def _words(letter: Letter) -> Mapping[str, str]:
    return {
        "title": letter.title,
        "text": letter.whole,
        "link": letter.link or "",
        "link_text": letter.link_text,
    }


def _delivered(said: Said, letter: Letter) -> Outcome:
    result = said.body.get("result")
    places = result.get("deliverResults") if isinstance(result, Mapping) else None
    found = places[0] if isinstance(places, list) and places else {}
    if isinstance(found, Mapping) and found.get("success") is True:
        return Sent(reference=letter.key, milliseconds=said.milliseconds)
    # DingTalk calls it a success that it made the card, even if nobody got it.
    detail = str(found.get("errorMsg", "") if isinstance(found, Mapping) else "")[:300]
    return Failed(code="not_delivered", detail=detail, again=False, milliseconds=said.milliseconds)


def update(change: Update, account: Account) -> Outcome:
    """Put other words into a card, and take its buttons away."""
    shown = {**_words(change.letter), CLOSED: "true", "status": "", "act": ""}
    content = {
        "outTrackId": change.reference,
        "cardUpdateOptions": {"updateCardDataByKey": True},
        "cardData": {"cardParamMap": shown},
    }
    wanted = Request(method="PUT", url="card/instances", json=content)
    said = _call(change.doors, change.set, account, wanted)
    return said if isinstance(said, Failed) else Sent(milliseconds=said.milliseconds)


def _routed(parcel: Parcel, account: Account) -> str | Failed:
    """Tell DingTalk once a day where presses of buttons are to be told."""
    content = {
        "callbackRouteKey": ROUTE,
        "callbackUrl": parcel.back,
        "apiSecret": parcel.set["card_secret"],
        "forceUpdate": True,
    }

    def register() -> tuple[str, float] | Failed:
        wanted = Request(url="card/callbacks/register", json=content)
        said = _call(parcel.doors, parcel.set, account, wanted)
        return said if isinstance(said, Failed) else (ROUTE, DAY)

    key = ("route", account.base, *account.wanted.values(), *map(str, content.values()))
    return parcel.doors.passes.use(key, register)


def _call(doors: Doors, kept: Set, account: Account, wanted: Request) -> Said | Failed:
    base = f"{kept['host'] or HOST}/v1.0"

    def do(held: str) -> Said | Failed:
        there: dict[str, Any] = {"x-acs-dingtalk-access-token": held}
        url = f"{base}/{wanted.url}"
        return ask(
            doors,
            DIALECT,
            Request(method=wanted.method, url=url, json=wanted.json, headers=there),
        )

    return call_with(doors, account, do, STALE)

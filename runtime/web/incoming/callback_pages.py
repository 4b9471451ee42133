"""Where do providers of messages tell us that somebody pressed a button?"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from runtime.effects.incoming import Knock, Reply
from runtime.effects.listening import answer
from runtime.limits import MESSAGE_BYTES, WRONG_MESSAGES
from runtime.services import Services
from runtime.use_cases.tries import Tries
from runtime.web.guard import program


def pages(services: Services) -> Blueprint:
    """Return the address of each channel. No cookie counts there and no token of ours is asked
    for: every request bears the signature of its provider, which the channel checks."""
    blueprint = Blueprint("callbacks", __name__)
    tries = Tries(services, WRONG_MESSAGES)

    @blueprint.route("/in/<channel>", methods=["GET", "POST"])
    @program
    def hear(channel: str) -> ResponseReturnValue:
        keys = (f"in:{request.remote_addr}",)
        if tries.wait(keys).total_seconds() > 0:
            return _silent(429)
        told = _knock(services)
        reply = answer(services, channel, told) if told else None
        if reply is None:
            tries.failed(keys)
            return _silent(401)
        return _said(reply)

    return blueprint


def _knock(services: Services) -> Knock | None:
    request.max_content_length = MESSAGE_BYTES
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return None
    return Knock(
        method=request.method,
        query=request.args.to_dict(),
        headers={name.lower(): text for name, text in request.headers.items()},
        body=body,
        now=services.now(),
    )


def _said(reply: Reply) -> Response:
    return Response(reply.body, 200, content_type=f"{reply.mimetype}; charset=utf-8")


def _silent(status: int) -> Response:
    """Refuse without a word: what was wrong is nobody's business."""
    return Response(b"", status, content_type="text/plain")

"""Where do other programs tell rules something?"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from engine.wording import Message
from runtime.limits import MESSAGE_BYTES, WRONG_MESSAGES
from runtime.services import Services
from runtime.use_cases.connectors.hearing import Heard, NotHeard, hear, rule_told
from runtime.use_cases.connectors.signing import is_signed
from runtime.use_cases.tries import Tries
from runtime.web.api.answers import answer, problem
from runtime.web.guard import program
from runtime.web.showing import sayer

TIMESTAMP, SIGNATURE, EVENT = "X-Dougong-Timestamp", "X-Dougong-Signature", "X-Dougong-Event"
METHOD = "sha256="
LONGEST_EVENT = 128
LOCALES = ("zh", "en")


def pages(services: Services) -> Blueprint:
    """Return the address of each rule. No cookie counts there: every request bears the signature
    of its sender. Without a right one nothing is said, not even whether there is such a rule."""
    blueprint = Blueprint("hooks", __name__)
    tries = Tries(services, WRONG_MESSAGES)

    @blueprint.post("/in/rules/<app>/<rule>")
    @program
    def hear_program(app: str, rule: str) -> ResponseReturnValue:
        keys = (f"in:{request.remote_addr}",)
        if tries.wait(keys).total_seconds() > 0:
            return _refused(429, Message("请求太频繁，请稍后再试"))
        body = _body()
        if body is None:
            return _refused(413, Message("内容太大"))
        timestamp = request.headers.get(TIMESTAMP, "")
        given = request.headers.get(SIGNATURE, "").removeprefix(METHOD)
        if not is_signed(services, (app, rule), timestamp, given, body):
            tries.failed(keys)
            return _refused(401, Message("签名或时间不对"))
        return _heard(services, (app, rule), given, body)

    return blueprint


def _body() -> bytes | None:
    request.max_content_length = MESSAGE_BYTES
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        return None


def _heard(
    services: Services, address: tuple[str, str], given: str, body: bytes
) -> ResponseReturnValue:
    rule = rule_told(services, *address)
    if rule is None:
        return _refused(404, Message("规则不存在或已停用"))
    if request.mimetype != "application/json":
        return _refused(415, Message("内容类型应为 application/json"))
    event = request.headers.get(EVENT, "")
    if len(event) > LONGEST_EVENT:
        return _refused(400, Message("事件编号太长"))
    keys = ([f"id:{event}"] if event else []) + [f"signature:{given}"]
    heard = hear(services, rule, keys, body)
    if isinstance(heard, NotHeard):
        return _refused(heard.status, heard.message, heard.where)
    return _taken(heard)


def _taken(heard: Heard) -> Response:
    return answer({"event": heard.event}, 202)


def _refused(status: int, message: Message, where: str | None = None) -> Response:
    locale = request.accept_languages.best_match(LOCALES) or LOCALES[0]
    more = {"field": where} if where else {}
    response = problem(status, sayer(locale)(message.text, **message.args), **more)
    response.headers.pop("WWW-Authenticate", None)
    return response

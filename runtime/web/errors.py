"""What does somebody see when a page can't be shown?"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import structlog
from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from engine.wording import Message
from runtime.logs import log_plainly
from runtime.services import Services
from runtime.web.arriving import arrive, request_id
from runtime.web.csrf import NotFromHere
from runtime.web.guard import wants_a_part
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit

Words = tuple[Message, Message, str]
"""Title, what it means and what to do now, icon."""

KNOWN: Mapping[int, Words] = {
    400: (
        Message("请求有误"),
        Message("地址或提交的内容不完整，请返回上一页重试。"),
        "alert-triangle",
    ),
    403: (
        Message("没有权限"),
        Message("您没有打开这个页面的权限。如需开通，请联系系统管理员。"),
        "lock",
    ),
    404: (Message("找不到页面"), Message("它不存在、已被删除，或者您没有查看的权限。"), "search"),
    405: (
        Message("请求有误"),
        Message("这个地址不能这样打开，请从页面上的按钮进入。"),
        "alert-triangle",
    ),
    409: (
        Message("内容已被修改"),
        Message("其他人刚刚修改了同样的内容，请刷新页面后再试。"),
        "refresh",
    ),
    413: (Message("内容太大"), Message("上传的内容超过了允许的大小，请压缩或分批上传。"), "upload"),
    429: (Message("操作太频繁"), Message("请稍等片刻再试。"), "hourglass"),
    500: (
        Message("系统出错了"),
        Message("我们已记录这次错误。您填写的内容没有保存，请返回重试。"),
        "mood-empty",
    ),
}
STALE: Words = (
    Message("页面已过期"),
    Message("这个页面打开得太久，或登录状态已经变化。请返回上一页，刷新后重新提交。"),
    "refresh",
)
API = "/api/"
log = structlog.get_logger()


def answer_errors(app: Flask, services: Services) -> None:
    """Turn every error into a page in the person's language, with an id that the logs know."""
    log_plainly()

    @app.errorhandler(HTTPException)
    def expected(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        if isinstance(error, NotFromHere) and request.path.startswith("/sign-in"):
            return redirect("/sign-in", 303)
        return _page(services, error)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> ResponseReturnValue:
        log.exception("page failed", path=request.path, request=request_id(request))
        return _page(services, InternalServerError())


def _page(services: Services, error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    heading, meaning, symbol = (
        STALE if isinstance(error, NotFromHere) else KNOWN.get(code, KNOWN[400])
    )
    visit = _visit(services)
    into = translate(visit.locale)
    title, text = (each.fill(into, visit.locale) for each in (heading, meaning))
    if request.path.startswith(API):
        problem = {"type": "about:blank", "title": title, "status": code}
        return jsonify(problem), code, {"Content-Type": "application/problem+json"}
    if wants_a_part(request):
        return f"{title} {text}", code, {"Content-Type": "text/plain; charset=utf-8"}
    page = show(
        services,
        visit,
        "errors/error.html",
        code=code,
        title=title,
        text=text,
        symbol=symbol,
        before=_before(),
    )
    return page, code


def _before() -> str | None:
    """Return the page of ours from which the visitor came."""
    came = urlsplit(request.referrer or "")
    try:
        here = came.netloc == request.host and came.path != request.path
    except SecurityError:  # the request was for a host name that is not ours
        return None
    return urlunsplit(("", "", came.path, came.query, "")) if here else None


def _visit(services: Services) -> Visit:
    try:
        return arrive(services, request)
    except Exception:  # the page that says that something is broken must not break
        log.exception("nobody arrived", request=request_id(request))
        return Visit(request_id=request_id(request))

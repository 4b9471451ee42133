"""How do files of people outside come in, and who sees them again before they are sent?"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import BinaryIO, cast

from flask import Blueprint, Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from engine.outcomes import Invalid, Missing
from engine.record import StoredFile
from engine.wording import Message
from runtime.limits import KIB, PUBLIC_FILE_BYTES
from runtime.use_cases.keep_file import open_file
from runtime.use_cases.publics.opening import Opened
from runtime.use_cases.publics.pace import looks_too_much, uploads_too_much
from runtime.use_cases.publics.sending import CONSENT, TooMuch
from runtime.use_cases.publics.uploading import TOO_LARGE, Upload, keep_upload
from runtime.use_cases.publics.visits import visitor_of
from runtime.web.answers import UNPROCESSABLE
from runtime.web.guard import program
from runtime.web.publics.door import OUTSIDE, Desk, closed, found, locale_asked, protected
from runtime.web.saving import opened as shown
from runtime.web.showing import sayer
from runtime.web.values.shapes import PICTURES, file_data

AROUND = 16 * KIB
"""What stands around a file that is sent."""
TOO_MANY = Message("现在不能再上传文件，请稍后再试")
TOO_OLD = Message("页面打开得太久了，请刷新后再上传")
NOTHING = Message("没有收到文件")


def upload_pages(desk: Desk, blueprint: Blueprint) -> None:
    """Put in where files go up, and where the same visit sees its own pictures again."""
    services = desk.services

    @blueprint.post("/p/<token>/files/<visit>/<name>")
    @program
    def take_file(token: str, visit: str, name: str) -> ResponseReturnValue:
        opened = found(desk, token)
        if opened is None:
            return closed(desk)
        if uploads_too_much(services, request.remote_addr):
            return _refused(TOO_MANY, 429)
        return _taken(desk, _by(desk, opened, visit), name)

    @blueprint.get("/p/<token>/files/<visit>/<name>")
    @program
    def show_file(token: str, visit: str, name: str) -> ResponseReturnValue:
        opened = found(desk, token)
        if opened is None or looks_too_much(services, request.remote_addr):
            return closed(desk)
        known = _by(desk, opened, visit)
        seen = open_file(services, known.act(), name) if known.visitor else Missing()
        if isinstance(seen, Missing) or seen[0].type not in PICTURES:
            return closed(desk)
        stored, path = seen
        return _hidden(shown(path, stored, stored.media_type, inside=True))


def _by(desk: Desk, opened: Opened, visit: str) -> Opened:
    return replace(opened, visitor=visitor_of(desk.services, opened.link, visit))


def _taken(desk: Desk, opened: Opened, name: str) -> ResponseReturnValue:
    if opened.visitor is None:
        return _refused(TOO_OLD, UNPROCESSABLE)
    request.max_content_length = PUBLIC_FILE_BYTES + AROUND
    request.max_form_parts = 20
    try:
        sent, agreed = request.files.get("file"), bool(request.form.get(CONSENT))
    except RequestEntityTooLarge:
        return _refused(TOO_LARGE, 413)
    if sent is None or not sent.filename:
        return _refused(NOTHING, UNPROCESSABLE)
    return _told(desk, opened, _upload(sent, name, agreed))


def _upload(sent: FileStorage, name: str, agreed: bool) -> Upload:
    stream = cast("BinaryIO", sent.stream)
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    return Upload(to=name, name=sent.filename or "", stream=stream, size=size, agreed=agreed)


def _told(desk: Desk, opened: Opened, upload: Upload) -> ResponseReturnValue:
    match keep_upload(desk.services, opened, upload):
        case StoredFile() as stored:
            url = f"{request.path.rpartition('/')[0]}/{stored.id}"
            return protected(make_response(jsonify(file_data(stored, url)), 201))
        case Invalid(complaints=complaints):
            return _refused(next(iter(complaints.values()))[0], UNPROCESSABLE)
        case TooMuch():
            return _refused(TOO_MANY, 429)
        case _:
            return closed(desk)


def _refused(message: Message, status: int) -> Response:
    say = sayer(locale_asked())
    return protected(make_response(jsonify(message=say(message.text, **message.args)), status))


def _hidden(response: Response) -> Response:
    """Shut a file off as the pages are, with the policy of files, under which nothing runs."""
    for header in ("Referrer-Policy", "X-Robots-Tag", "X-Frame-Options", "Cache-Control"):
        response.headers[header] = OUTSIDE[header]
    return response

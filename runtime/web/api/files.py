"""How does a program upload and download files?"""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Blueprint, Response, request, send_file

from engine.outcomes import Invalid, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.keep_file import open_file, upload_file
from runtime.web.api.answers import answer, missing, problem
from runtime.web.api.caller import Caller, called
from runtime.web.guard import program


def file_routes(services: Services, pages: Blueprint) -> None:
    """Add the addresses of files."""

    @pages.post("/api/v1/files")
    @program
    @called(services)
    def upload(caller: Caller) -> Response:
        sent = request.files.get("file")
        if sent is None:
            return problem(422, caller.say(Message("请在 file 中上传一个文件")))
        stored = upload_file(
            services, caller.act, sent.filename or "file", cast(BinaryIO, sent.stream)
        )
        if isinstance(stored, Invalid):
            words = [caller.say(message) for message in stored.complaints["file"]]
            return problem(422, words[0], complaints={"file": words})
        body = {"id": stored.id, "name": stored.name, "type": stored.type, "size": stored.size}
        return answer(body, 201)

    @pages.get("/api/v1/files/<id>")
    @program
    @called(services)
    def download(caller: Caller, id: str) -> Response:
        found = open_file(services, caller.act, id)
        if isinstance(found, Missing):
            return missing(caller.say)
        stored, path = found
        response = send_file(path, mimetype=stored.media_type)
        response.headers["Content-Disposition"] = (
            f"attachment; filename*=UTF-8''{quote(stored.name)}"
        )
        return response

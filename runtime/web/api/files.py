"""How does a program upload and download files?"""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Response, request

from engine.outcomes import Denied, Invalid, Missing
from engine.wording import Message
from runtime.use_cases.keep_file import open_file, upload_file
from runtime.web.api.answers import answer, missing, problem
from runtime.web.api.caller import Caller
from runtime.web.api.routes import Routes
from runtime.web.saving import saved


def add_files(routes: Routes) -> None:
    """Add the addresses of files."""
    routes.add("POST", "/api/v1/files", upload)
    routes.add("GET", "/api/v1/files/<id>", download)


def upload(caller: Caller) -> Response:
    """Keep a file, to be named in a record or as evidence afterwards."""
    sent = request.files.get("file")
    if sent is None:
        return problem(422, caller.say(Message("请在 file 中上传一个文件")))
    name, stream = sent.filename or "file", cast(BinaryIO, sent.stream)
    stored = upload_file(caller.services, caller.act, name, stream)
    if isinstance(stored, Denied):
        return problem(403, caller.say(stored.message))
    if isinstance(stored, Missing):
        return missing(caller.say)
    if isinstance(stored, Invalid):
        words = [caller.say(message) for message in stored.complaints["file"]]
        return problem(422, words[0], complaints={"file": words})
    body = {"id": stored.id, "name": stored.name, "type": stored.type, "size": stored.size}
    return answer(body, 201)


def download(caller: Caller, id: str) -> Response:
    """Answer with a file's content, to be saved, never to be shown in place."""
    found = open_file(caller.services, caller.act, id)
    if isinstance(found, Missing):
        return missing(caller.say)
    stored, path = found
    return saved(path, stored.name, stored.media_type)

"""How do files come in, and how do they go out without harming anybody?"""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Blueprint, jsonify, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from runtime.services import Services
from runtime.use_cases.keep_file import open_file, upload_file
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import signed_in
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.showing import sayer
from runtime.web.values.shapes import PICTURES, file_url, readable_size
from runtime.web.visit import Visit

LONGEST_NAME = 200
INSIDE = {**{ending: f"image/{ending}" for ending in PICTURES}, "jpg": "image/jpeg"}
"""What a browser may show by itself; everything else is saved, SVG and HTML above all."""

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"


def pages(services: Services) -> Blueprint:
    """Return the addresses for uploads and downloads."""
    blueprint = Blueprint("files", __name__)

    @blueprint.post("/files")
    @signed_in
    def take(visit: Visit) -> ResponseReturnValue:
        sent = request.files.get("file")
        say = sayer(visit.locale)
        if sent is None or not sent.filename:
            return jsonify(message=say("没有收到文件")), UNPROCESSABLE
        name = _plain_name(sent.filename)
        stored = upload_file(services, visit.act("form"), name, cast("BinaryIO", sent.stream))
        if isinstance(stored, Missing):
            not_found()
        if isinstance(stored, Invalid | Denied):
            texts = [say(one.text, **one.args) for one in complaints_of(stored)]
            return jsonify(message=" ".join(texts)), UNPROCESSABLE
        return jsonify(_described(stored)), 201

    @blueprint.get("/files/<id>/<path:name>")
    @signed_in
    def give(visit: Visit, id: str, name: str) -> ResponseReturnValue:
        found = open_file(services, visit.act("form"), id)
        if isinstance(found, Missing):
            not_found()
        stored, path = found
        inside = _shown_inside(stored) and "download" not in request.args
        response = send_file(
            path,
            mimetype=_media_type(stored),
            etag=stored.sha256,
            max_age=0,
            conditional=True,
        )
        return _made_safe(response, stored, inside)

    return blueprint


def _plain_name(name: str) -> str:
    """Return the name without folders and control characters; Chinese stays as it is."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    return clean[-LONGEST_NAME:] or "file"


def _described(stored: StoredFile) -> dict[str, object]:
    return {
        "id": stored.id,
        "name": stored.name,
        "type": stored.type,
        "size": stored.size,
        "readable": readable_size(stored.size),
        "url": file_url(stored),
    }


def _shown_inside(stored: StoredFile) -> bool:
    return stored.type in INSIDE or stored.type == "pdf"


def _media_type(stored: StoredFile) -> str:
    if stored.type == "pdf":
        return "application/pdf"
    return INSIDE.get(stored.type, "application/octet-stream")


def _made_safe(response: Response, stored: StoredFile, inside: bool) -> Response:
    kind = "inline" if inside else "attachment"
    plain = "".join(c if c.isascii() and c not in '"\\;' else "_" for c in stored.name)
    name = f"filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name, safe='')}"
    response.headers["Content-Disposition"] = f"{kind}; {name}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # The built-in PDF viewer is a page of its own and does not run in a sandbox.
    pdf = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
    response.headers["Content-Security-Policy"] = pdf if stored.type == "pdf" else SANDBOX
    return response

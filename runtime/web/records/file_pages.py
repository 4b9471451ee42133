"""How do files come in, and how do they go out without harming anybody?"""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from engine.outcomes import Denied, Invalid, Missing
from engine.record import StoredFile
from runtime.services import Services
from runtime.use_cases.keep_file import open_file, upload_file
from runtime.web.answers import UNPROCESSABLE, not_found
from runtime.web.guard import signed_in
from runtime.web.records.ask_sheet import complaints_of
from runtime.web.saving import opened
from runtime.web.showing import sayer
from runtime.web.values.shapes import PICTURES, file_data, file_url
from runtime.web.visit import Visit

INSIDE = {**{ending: f"image/{ending}" for ending in PICTURES}, "jpg": "image/jpeg"}
"""What a browser may show by itself; everything else is saved, SVG and HTML above all."""


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
        stored = upload_file(
            services, visit.act("form"), sent.filename, cast("BinaryIO", sent.stream)
        )
        if isinstance(stored, Missing):
            not_found()
        if isinstance(stored, Invalid | Denied):
            texts = [say(one.text, **one.args) for one in complaints_of(stored)]
            return jsonify(message=" ".join(texts)), UNPROCESSABLE
        return jsonify(file_data(stored, file_url(stored))), 201

    @blueprint.get("/files/<id>/<path:name>")
    @signed_in
    def give(visit: Visit, id: str, name: str) -> ResponseReturnValue:
        found = open_file(services, visit.act("form"), id)
        if isinstance(found, Missing):
            not_found()
        stored, path = found
        inside = _shown_inside(stored) and "download" not in request.args
        return opened(path, stored, _media_type(stored), inside=inside)

    return blueprint


def _shown_inside(stored: StoredFile) -> bool:
    return stored.type in INSIDE or stored.type == "pdf"


def _media_type(stored: StoredFile) -> str:
    if stored.type == "pdf":
        return "application/pdf"
    return INSIDE.get(stored.type, "application/octet-stream")

"""How does a file go out so that it harms nobody who opens it?"""

from __future__ import annotations

import io
from pathlib import Path

from flask import Response, send_file

from engine.record import StoredFile

ANY = "application/octet-stream"
NOTHING = "sandbox; default-src 'none'"
PICTURE = f"{NOTHING}; style-src 'unsafe-inline'; img-src 'self' data:"
VIEWER = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
"""The built-in viewer of PDF is a page of its own and does not run in a sandbox."""


def saved(content: Path | bytes, name: str, media_type: str = ANY) -> Response:
    """Answer with a file to be saved under its name, never shown in place and kept nowhere."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    response = send_file(
        source, media_type, as_attachment=True, download_name=name, max_age=0, etag=False
    )
    return _kept(response, NOTHING, "private, no-store")


def viewed(path: Path, name: str) -> Response:
    """Answer with a PDF for the browser's own viewer; any other file is saved."""
    if path.suffix != ".pdf":
        return saved(path, name)
    response = send_file(path, "application/pdf", download_name=name, max_age=0, etag=False)
    return _kept(response, VIEWER, "private, no-store")


def opened(path: Path, stored: StoredFile, media_type: str, *, inside: bool) -> Response:
    """Answer with a file of a record: a picture or a PDF in its place if that is wished."""
    response = send_file(
        path,
        media_type,
        as_attachment=not inside,
        download_name=stored.name,
        etag=stored.sha256,
        max_age=0,
    )
    return _kept(response, VIEWER if stored.type == "pdf" else PICTURE, "private, no-cache")


def _kept(response: Response, policy: str, keeping: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    response.headers["Cache-Control"] = keeping
    return response

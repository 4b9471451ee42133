"""Where do the built style sheets, scripts and icons lie?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request, send_from_directory
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from runtime.web.guard import open_to_all
from runtime.web.visit import Visit

DIST = Path(__file__).parent / "static" / "dist"
UNKNOWN = "file"
FOREVER = "public, max-age=31536000, immutable"


def asset(name: str) -> str:
    """Return the address of a built file, such as `app.css`."""
    return f"/static/{_manifest()[name]['file']}"


def script(name: str) -> Markup:
    """Return the tags that load a page's module and, in the same round trip, what it needs."""
    built = _manifest()[f"{name}.js"]
    preloads = [
        Markup('<link rel="modulepreload" href="/static/{}">').format(need)
        for need in built["needs"]
    ]
    load = Markup('<script type="module" src="/static/{}"></script>').format(built["file"])
    return Markup("").join([*preloads, load])


def icon(name: str, extra: str = "") -> Markup:
    """Return an icon of the sprite; it says nothing to a screen reader. Apps may name any icon: one
    that we do not have is shown as a sheet of paper."""
    if name not in icon_names():
        name = UNKNOWN
    return Markup('<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        extra, asset("icons.svg"), name
    )


def icon_names() -> frozenset[str]:
    """Return the names of all icons of the sprite."""
    sprite = DIST / _manifest()["icons.svg"]["file"]
    return _names_in(str(sprite))


def pages() -> Blueprint:
    """Serve the built files, compressed where the browser can read that."""
    blueprint = Blueprint("static_files", __name__)

    @blueprint.get("/static/<path:name>")
    @open_to_all
    def static_file(visit: Visit, name: str) -> ResponseReturnValue:
        return _sent(name)

    @blueprint.get("/manifest.webmanifest")
    @open_to_all
    def web_manifest(visit: Visit) -> ResponseReturnValue:
        return _sent("manifest.webmanifest")

    @blueprint.get("/favicon.ico")
    @open_to_all
    def favicon(visit: Visit) -> ResponseReturnValue:
        return _sent("favicon.svg")

    return blueprint


def _sent(name: str) -> Response:
    packed = request.accept_encodings.quality("gzip") > 0 and (DIST / f"{name}.gz").is_file()
    response = send_from_directory(DIST, f"{name}.gz" if packed else name)
    if packed:
        plain = send_from_directory(DIST, name)
        response.headers["Content-Type"] = plain.headers["Content-Type"]
        response.headers["Content-Encoding"] = "gzip"
        plain.close()
    response.headers["Vary"] = "Accept-Encoding"
    hashed = name in _hashed_names()
    response.headers["Cache-Control"] = FOREVER if hashed else "public, max-age=3600"
    return response


def _manifest() -> Mapping[str, Any]:
    path = DIST / "manifest.json"
    return _read_manifest(path.stat().st_mtime_ns)


def _hashed_names() -> frozenset[str]:
    return _names_that_change((DIST / "manifest.json").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _names_in(sprite: str) -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', Path(sprite).read_text("utf-8")))


@lru_cache(maxsize=2)
def _read_manifest(changed_at: int) -> Mapping[str, Any]:
    manifest: Mapping[str, Any] = json.loads((DIST / "manifest.json").read_text("utf-8"))
    return manifest


@lru_cache(maxsize=2)
def _names_that_change(changed_at: int) -> frozenset[str]:
    manifest = _read_manifest(changed_at)
    built = {entry["file"] for name, entry in manifest.items() if entry["file"] != name}
    needed = {need for entry in manifest.values() for need in entry["needs"]}
    return frozenset(built | needed | {path.name for path in DIST.glob("*-????????.*")})

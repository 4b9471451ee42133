"""What may a browser do with our pages, and to which host names do we answer?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, request
from werkzeug.wrappers import Response

from runtime.services import Services
from runtime.web.arriving import request_id

CONTENT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
    )
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self)",
}


def protect(app: Flask, services: Services) -> None:
    """Put the headers on every answer, and answer only to our own host names."""
    app.config["TRUSTED_HOSTS"] = list(services.settings.hosts) or None

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if services.settings.https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers["X-Request-Id"] = request_id(request)
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-store")
            response.vary.update(("Cookie", "HX-Request"))
        return response


def safe_next(wanted: str | None) -> str:
    """Return a path of ours that was asked for, or the home page."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return "/"
    if any(c < " " or c in "\\\x7f" for c in wanted) or wanted.startswith("/sign-"):
        return "/"
    return wanted

"""Which cookies do we keep in a browser?"""

from __future__ import annotations

from flask import Request
from werkzeug.wrappers import Response

YEAR = 365 * 24 * 3600


def cookie_name(name: str, *, https: bool) -> str:
    """Return the name under which a browser may only have it from us, over https."""
    return f"__Host-{name}" if https else name


def keep(response: Response, name: str, value: str, *, https: bool, age: int | None = None) -> None:
    """Give the browser a cookie that scripts can't read and other sites can't send."""
    response.set_cookie(
        cookie_name(name, https=https),
        value,
        max_age=age,
        path="/",
        secure=https,
        httponly=True,
        samesite="Lax",
    )


def forget(response: Response, name: str, *, https: bool) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(name, https=https), path="/", secure=https, httponly=True, samesite="Lax"
    )


def kept(request: Request, name: str, *, https: bool) -> str | None:
    """Return what the browser was given."""
    return request.cookies.get(cookie_name(name, https=https))

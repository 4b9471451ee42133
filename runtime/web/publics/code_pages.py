"""Where are the codes made, printed and turned off by which people outside fill in forms?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import segno
from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.app import Public
from engine.outcomes import Denied, Missing
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.public_links import PublicLink
from runtime.use_cases.publics.links import (
    Page,
    Wish,
    make_links,
    own_publics,
    read_links,
    turn_link,
)
from runtime.use_cases.publics.opening import key_of, token_of
from runtime.web.answers import forbidden, not_found
from runtime.web.guard import signed_in
from runtime.web.saving import saved
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

SHAPES: Mapping[str, str] = {"svg": "image/svg+xml", "png": "image/png"}
PNG_SCALE = 12
"""Pixels to a module: sharp on a poster."""
LONGEST_DAYS = 3650


@dataclass(frozen=True, kw_only=True)
class Code:
    """One link as the page shows it."""

    link: PublicLink
    address: str | None
    """None: the key of the workspace is another one now, the code must be made anew."""
    picture: Markup
    alive: bool


def pages(services: Services) -> Blueprint:
    """Return the page of all codes of an app, and what is done there."""
    blueprint = Blueprint("codes", __name__)

    @blueprint.get("/public/<app>")
    @signed_in
    def show_codes(visit: Visit, app: str) -> ResponseReturnValue:
        publics = own_publics(services, visit.person, app)
        if app not in services.apps:
            not_found()
        if not publics:
            forbidden()
        return _shown(services, visit, app, publics)

    @blueprint.post("/public/<app>/<public>/links")
    @signed_in
    def make_codes(visit: Visit, app: str, public: str) -> ResponseReturnValue:
        found = _public(services, app, public)
        made = _reached(make_links(services, visit.act(), found, _wish()))
        if made:
            note(sayer(visit.locale)("已生成 {n} 个二维码", n=len(made)))
        return redirect(_back(app, made[0].record if len(made) == 1 else None), 303)

    @blueprint.post("/public/<app>/<public>/links/<link>/<any(off, on):way>")
    @signed_in
    def turn_code(visit: Visit, app: str, public: str, link: str, way: str) -> ResponseReturnValue:
        found = _public(services, app, public)
        turned = _reached(turn_link(services, visit.act(), found, link, on=way == "on"))
        say = sayer(visit.locale)
        note(say("已启用") if way == "on" else say("已停用，扫码后不能再登记"))
        return redirect(_back(app, turned.record if request.args.get("record") else None), 303)

    _files(services, blueprint)
    return blueprint


def _files(services: Services, blueprint: Blueprint) -> None:
    """Put in the codes as files, to be printed elsewhere."""

    @blueprint.get("/public/<app>/<public>/links/<link>/<any(svg, png):shape>")
    @signed_in
    def code_file(
        visit: Visit, app: str, public: str, link: str, shape: str
    ) -> ResponseReturnValue:
        found = _public(services, app, public)
        page: Page = _reached(read_links(services, visit.act(), found))
        one = next((each for each in page.links if each.id == link), None)
        address = _address(services, one) if one else None
        if one is None or address is None:
            not_found()
        return _file(one, address, shape)


def _public(services: Services, app: str, public: str) -> Public:
    found = services.app(app)
    known = found.publics.get(public) if found else None
    if known is None:
        not_found()
    return known


def _reached(found: Any) -> Any:
    if isinstance(found, Denied):
        forbidden()
    if isinstance(found, Missing):
        not_found()
    return found


def _wish() -> Wish:
    given = request.form
    days = given.get("days", type=int)
    return Wish(
        label=given.get("label", ""),
        record=given.get("record") or None,
        days=days if days and 1 <= days <= LONGEST_DAYS else None,
    )


def _back(app: str, record: str | None) -> str:
    return f"/public/{app}?record={record}" if record else f"/public/{app}"


def _shown(services: Services, visit: Visit, app: str, publics: tuple[Public, ...]) -> str:
    record = request.args.get("record")
    pages_ = [_reached(read_links(services, visit.act(), one)) for one in publics]
    if record:
        pages_ = [page for page in pages_ if page.place is not None]
    return show(
        services,
        visit,
        "public/codes.html",
        app=app,
        active="codes",
        heading=sayer(visit.locale)("公开登记"),
        record=record,
        parts=[_part(services, visit, page, record) for page in pages_],
    )


def _part(services: Services, visit: Visit, page: Page, record: str | None) -> dict[str, Any]:
    codes = tuple(_codes(services, page, record))
    definition = page.public.definition
    return {
        "public": page.public,
        "label": words(definition.label, visit.locale),
        "form": words(page.form.definition.label, visit.locale),
        "place": words(page.place.definition.label, visit.locale) if page.place else "",
        "days": definition.days,
        "codes": codes,
        "may_make": not any(code.alive for code in codes) if record else not page.place,
        "without": 0 if record else page.without,
        "told": {code.link.id: _told(services, visit, code) for code in codes},
    }


def _codes(services: Services, page: Page, record: str | None) -> Iterator[Code]:
    now = services.now()
    for link in page.links:
        if record is None or link.record == record:
            address = _address(services, link)
            yield Code(
                link=link,
                address=address,
                picture=_drawn(address) if address else Markup(""),
                alive=link.alive(now),
            )


def _told(services: Services, visit: Visit, code: Code) -> str:
    link = code.link
    if link.off_at is not None:
        return sayer(visit.locale)("已停用")
    if link.expires_at is None:
        return ""
    day = services.local(link.expires_at).strftime("%Y-%m-%d")
    said = Message("有效期到 {day}", day=day) if code.alive else Message("已于 {day} 过期", day=day)
    return sayer(visit.locale)(said.text, **said.args)


def _address(services: Services, link: PublicLink) -> str | None:
    token = token_of(services, link.id)
    if key_of(token) != link.key:
        return None
    return f"{services.settings.public_url or request.host_url.rstrip('/')}/p/{token}"


def _drawn(address: str) -> Markup:
    picture = segno.make(address, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return Markup(picture)  # noqa: S704 - drawn by us


def _file(link: PublicLink, address: str, shape: str) -> ResponseReturnValue:
    content = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(content, kind=shape, scale=PNG_SCALE, border=4)
    return saved(content.getvalue(), f"{link.label}.{shape}", SHAPES[shape])

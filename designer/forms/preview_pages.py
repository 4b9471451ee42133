"""How does a designer try a form before it is published: as a role, with a record, on a phone?"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import segno
from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from designer.forms.pages import painter_of
from designer.forms.parts import Painter
from designer.forms.preview_easel import drawn_preview
from designer.forms.previews import as_role, preview_of, records_offered, values_of
from designer.frame import drafted, in_frame
from engine.wording import words
from runtime.services import Services
from runtime.web.forms.drawing import PAGE
from runtime.web.guard import designer
from runtime.web.showing import note, sayer
from runtime.web.visit import Visit

LIVE = ("fields", "sections", "cells", "totals", "known", "values", "defaults")


def add(blueprint: Blueprint, services: Services) -> None:
    """Add the pages on which a form is tried."""

    @blueprint.get("/<app>/<form>/preview")
    @designer
    def preview_form(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _page(services, visit, painter_of(services, visit, app, form))

    @blueprint.post("/<app>/<form>/preview")
    @designer
    def keep_nothing(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        """Say that a preview keeps nothing."""
        note(sayer(visit.locale)("这是预览，填写的内容不会保存"), "grey")
        return redirect(_here(app, form), 303)

    @blueprint.post("/<app>/<form>/preview/live")
    @designer
    def answer_nothing(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        """Answer that nothing is known beyond what the browser works out by itself."""
        return jsonify({key: {} for key in LIVE})


def _page(services: Services, visit: Visit, painter: Painter) -> str:
    draft, form = painter.draft, painter.form
    app = draft.app
    role = request.args.get("role", "")
    record = request.args.get("record", "")
    seeing = replace(visit, actor=as_role(visit.person, app.id, role))
    there = drafted(services, draft)
    values = values_of(services, seeing, form, record)
    preview = preview_of(there, seeing, app, form, values)
    view, logic = drawn_preview(there, seeing, app, preview)
    here = _here(app.id, form.id)
    return in_frame(
        services,
        visit,
        draft,
        "design/preview.html",
        view=f"preview:{form.id}",
        form=form,
        tab="preview",
        role=role,
        record=record,
        roles=[(one.id, words(one.label, visit.locale)) for one in app.definition.roles],
        records=records_offered(services, seeing, form),
        sections=view.sections,
        pages=view.tabs,
        mark=PAGE,
        summary=(),
        logic=logic.text(),
        auto="",
        action=here,
        live_url=url_for("design.answer_nothing", app=app.id, form=form.id),
        draft_key="",
        key="",
        version=None,
        record_id="",
        in_panel=True,
        qr=_code(services, here),
        may_fill=preview.sight.create,
    )


def _here(app: str, form: str) -> str:
    chosen = {name: request.args[name] for name in ("role", "record") if name in request.args}
    path = url_for("design.preview_form", app=app, form=form)
    return f"{path}?{urlencode(chosen)}" if chosen else path


def _code(services: Services, path: str) -> Markup:
    base = services.settings.public_url or request.host_url.rstrip("/")
    picture = segno.make(f"{base}{path}", error="m").svg_inline(scale=4, border=0, omitsize=True)
    return Markup(picture)  # noqa: S704 - drawn by us

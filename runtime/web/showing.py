"""How does a template become a page in the person's language?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Flask, render_template, request, session
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from markupsafe import Markup

from engine.app import Form
from engine.wording import Label, Message, words
from runtime.services import Services
from runtime.use_cases.inbox import waiting_count
from runtime.use_cases.own_notices import count_unread
from runtime.web.assets import asset, icon, script
from runtime.web.forms.sent_once import NAME
from runtime.web.guard import wants_a_part
from runtime.web.language import translate
from runtime.web.navigation import navigation
from runtime.web.values import shapes
from runtime.web.visit import Visit

TONES = ("blue", "cyan", "amber", "violet", "grey")
"""The colours that stages take in turn where their definition names none."""

HTMX = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "scrollBehavior": "auto",
        "responseHandling": [
            {"code": "204", "swap": False},
            {"code": "[23]..", "swap": True},
            {"code": "409|413|422", "swap": True, "error": False},
            {"code": "[45]..", "swap": False, "error": True},
        ],
    }
)


def show(services: Services, visit: Visit, template: str, **values: Any) -> str:
    """Return the finished page; `app` and `active` among the values place it in the navigation."""
    say = sayer(visit.locale)
    zone = ZoneInfo(services.settings.zone)
    if visit.actor is not None and "nav" not in values:
        waiting = waiting_count(services, visit.actor.id)
        values["nav"] = navigation(services, visit.actor, visit.locale, values.get("app"), waiting)
    return render_template(
        template,
        _=say,
        say=lambda message: message.fill(translate(visit.locale), visit.locale),
        words=lambda label: words(label, visit.locale),
        csrf_token=lambda: visit.csrf,
        csrf=lambda: Markup('<input type="hidden" name="csrf_token" value="{}">').format(
            visit.csrf
        ),
        once=lambda: Markup('<input type="hidden" name="{}" value="{}">').format(NAME, uuid4().hex),
        moment=lambda at: at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        actor=visit.actor,
        locale=visit.locale,
        theme=visit.theme,
        product=say("斗拱"),
        visit=visit,
        sheet_frame="frames/part.html" if wants_a_part(request) else "frames/page.html",
        notes=_notes,
        unread_notices=lambda: count_unread(services, visit.person.id),
        **values,
    )


def sayer(locale: str) -> Callable[..., str]:
    """Return the `_` of templates and views: a Chinese text and its blanks, in the language."""
    into = translate(locale)

    def say(text: str, /, **blanks: object) -> str:
        return Message(text, **blanks).fill(into, locale)

    return say


def words_in(visit: Visit, label: Label | None) -> str:
    """Return the author's text in the person's language."""
    return words(label, visit.locale)


def stage_tone(form: Form, stage_id: str | None) -> str:
    """Return the colour of a stage: its own, that of its outcome, or that of its place."""
    stage = form.stage(stage_id)
    if stage is None:
        return "grey"
    if stage.colour:
        return stage.colour
    if stage.outcome or stage.aside:
        return "green" if stage.outcome == "won" else "red"
    for pipeline in form.pipelines:
        path = [each.id for each in pipeline.stages]
        if stage.id in path:
            return TONES[path.index(stage.id) % len(TONES)]
    return "grey"


def equip(app: Flask) -> None:
    """Give the templates what does not depend on the visit."""
    app.jinja_env.globals.update(
        asset=asset,
        icon=icon,
        script=script,
        avatar=shapes.avatar,
        person=shapes.person,
        stage_tone=stage_tone,
        htmx_config=Markup(HTMX.replace("'", "&#39;")),  # noqa: S704 - a constant of ours
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = _compiled_before()


def _compiled_before() -> BytecodeCache | None:
    """Return where compiled templates lie between starts: a folder of this account alone."""
    try:
        return FileSystemBytecodeCache(pattern="dougong-%s.cache")
    except (OSError, RuntimeError):
        return None


def note(text: str, tone: str = "green") -> None:
    """Say something on the next page that is shown."""
    session["notes"] = [*session.get("notes", []), [tone, text]]


def _notes() -> list[list[str]]:
    notes: list[list[str]] = session.pop("notes", [])
    return notes

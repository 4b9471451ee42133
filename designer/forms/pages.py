"""How is a form designed: its canvas, its palette, and what is asked on the way?"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from msgspec import DecodeError

from designer.drafts.editing import open_draft
from designer.forms.copies import copy_edits, wanted_targets
from designer.forms.first_choices import first_choices
from designer.forms.palette import Group, palette
from designer.forms.parts import Painter
from designer.forms.seeds import ASKED, CELL_TYPES, seed_of
from designer.frame import in_frame
from engine.catalog import FIELD_TYPES
from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.wording import words
from runtime.services import Services
from runtime.web.answers import not_found, part
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit


def add(blueprint: Blueprint, services: Services) -> None:
    """Add the pages of the form designer."""

    @blueprint.get("/<app>/<form>")
    @designer
    def show_form(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _form_page(services, visit, painter_of(services, visit, app, form))

    @blueprint.get("/<app>/<form>/first/<type>")
    @designer
    def ask_first(visit: Visit, app: str, form: str, type: str) -> ResponseReturnValue:
        if type not in ASKED:
            not_found()
        speech = painter_of(services, visit, app, form).speech
        title = FIELD_TYPES[type].title[visit.locale]
        about = FIELD_TYPES[type].about[visit.locale]
        choices = [
            (group.title, [(one.label, _json(one.seed)) for one in group.choices])
            for group in first_choices(speech, type)
        ]
        values = {"title": title, "about": about, "choices": choices, "nav": None}
        return part(show(services, visit, "design/first_choice.html", **values))

    @blueprint.get("/<app>/<form>/copy")
    @designer
    def copy_fields(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        painter = painter_of(services, visit, app, form)
        to = request.args.get("to") or form
        wanted = _wanted()
        if to not in painter.draft.app.forms or wanted is None:
            not_found()
        edits, chosen = copy_edits(painter.draft, wanted, to)
        label = words(painter.draft.app.forms[to].definition.label, visit.locale)
        return jsonify({"edits": edits, "chosen": chosen, "form": label})


def painter_of(services: Services, visit: Visit, app: str, form: str) -> Painter:
    """Return what draws a form as it is being designed. Raises NotFound."""
    draft = open_draft(services, app)
    found = draft.app.forms.get(form)
    if found is None:
        not_found()
    return Painter(services=services, visit=visit, draft=draft, form=found)


def _wanted() -> list[Target] | None:
    try:
        return wanted_targets(request.args.get("fields", "[]"))
    except DecodeError:
        return None


def _form_page(services: Services, visit: Visit, plain: Painter) -> ResponseReturnValue:
    draft, form = plain.draft, plain.form
    chosen = _chosen(plain)
    painter = Painter(services=services, visit=visit, draft=draft, form=form, chosen=chosen)
    into = translate(visit.locale)
    seeds = {
        type_: _json(seed_of(type_, visit.locale, lambda one: one.fill(into, visit.locale)))
        for type_ in FIELD_TYPES
    }
    types = draft.app.types
    seeds |= {
        id_: _json({"type": id_, "label": words(one.label, visit.locale)})
        for id_, one in types.items()
    }
    cell_types = CELL_TYPES | {id_ for id_, one in types.items() if one.like.type in CELL_TYPES}
    installed = services.form(draft.app.id, form.id)
    return in_frame(
        services,
        visit,
        draft,
        "design/form.html",
        view=f"form:{form.id}",
        tab="form",
        form=form,
        chosen=chosen,
        head=painter.head(),
        body=painter.body(),
        palette=palette(visit.locale, types),
        cell_palette=_for_cells(palette(visit.locale, types), cell_types),
        seeds=seeds,
        asked=ASKED,
        cell_types=cell_types,
        taken=sorted(installed.fields) if installed else (),
        other_forms=_other_forms(draft, form.id, visit.locale),
        form_url=url_for("design.show_form", app=draft.app.id, form=form.id),
    )


def _chosen(painter: Painter) -> Target | None:
    wanted = request.args.get("field", "")
    target = _target_of(painter, wanted)
    if wanted and target is None:
        not_found()
    return target


def _target_of(painter: Painter, wanted: str) -> Target | None:
    """Return the address of a field: `name`, or `items.amount` in a sub-table."""
    first, _, second = wanted.partition(".")
    for section in painter.form.definition.sections:
        if any(field.id == first for field in section.fields):
            target: Target = (painter.file, "sections", section.id, "fields", first)
            target = (*target, "fields", second) if second else target
            if painter.draft.exists(target):
                return target
    return None


def _other_forms(draft: Draft, form: str, locale: str) -> list[tuple[str, str]]:
    return [
        (one.id, words(one.definition.label, locale))
        for one in draft.app.forms.values()
        if one.id != form
    ]


def _for_cells(groups: tuple[Group, ...], cell_types: frozenset[str]) -> list[Group]:
    return [
        Group(group.title, tuple(kind for kind in group.kinds if kind.type in cell_types - ASKED))
        for group in groups
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

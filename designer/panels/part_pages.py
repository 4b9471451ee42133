"""Where are the rights, the lists, the menu, the home page and the texts of an app designed?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.editing import open_draft
from designer.flows.beginnings import new_connector
from designer.frame import drafted, in_frame
from designer.list_view import declared_indexes, proposals
from designer.panels.around import Around, Looked
from designer.panels.build import control_of
from designer.panels.controls import Control, as_text, renamed
from designer.panels.file_words import file_label
from designer.panels.matrix import field_parts, file_of, holders, right_names, role_rows
from designer.panels.nouns import noun_of
from designer.panels.parts import Before
from designer.panels.places import place_at
from designer.panels.texts import names_of, speakers
from designer.panels.type_part import type_values
from designer.views import VIEWS, Parts, Seen
from engine.app import Form
from engine.editing.edits import Target
from engine.loading.folder import kind_of
from engine.loading.shapes import KINDS
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.advise_indexes import advise_form
from runtime.web.answers import not_found
from runtime.web.guard import designer
from runtime.web.showing import show
from runtime.web.visit import Visit

Values = dict[str, Any]
APP_PARTS = ("roles", "menu", "home", "types", "messages", "files")


def add_parts(blueprint: Blueprint, services: Services) -> None:
    """Add the pages, and what draws them anew after an edit."""
    VIEWS.update(dict.fromkeys(DRAWN, _drawn))

    @blueprint.get("/<app>/<form>/access")
    @designer
    def show_access(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _form_page(services, visit, app, form, "access")

    @blueprint.get("/<app>/<form>/lists")
    @designer
    def show_lists(visit: Visit, app: str, form: str) -> ResponseReturnValue:
        return _form_page(services, visit, app, form, "lists")

    @blueprint.get("/<app>/parts/<part>")
    @designer
    def show_part(visit: Visit, app: str, part: str) -> ResponseReturnValue:
        if part not in APP_PARTS:
            not_found()
        draft = open_draft(services, app)
        before = Before(services, visit, draft, part)
        values = DRAWN[part](before, None)
        chosen = _first_of(values)
        return in_frame(
            services, visit, draft, "design/app_parts.html", view=part, part=part, chosen=chosen,
            **values,
        )  # fmt: skip


def _first_of(values: Values) -> Target:
    """Return what the panel begins with on a page of the app: the first role, group or card."""
    items = [item for control in values.get("controls", ()) for item in control.items]
    return items[0].target if items else ("app.yaml",)


def _form_page(
    services: Services, visit: Visit, app: str, id_: str, tab: str
) -> ResponseReturnValue:
    draft = open_draft(services, app)
    form = draft.app.forms.get(id_) or not_found()
    before = Before(services, visit, draft, f"{tab}:{id_}")
    values = DRAWN[tab](before, form)
    return in_frame(
        services, visit, draft, f"design/{tab}.html", view=f"{tab}:{id_}", tab=tab, form=form,
        chosen=_first(Around(before), form, tab), **values,
    )  # fmt: skip


def _first(around: Around, form: Form, tab: str) -> Target:
    """Return what the panel begins with: the rights of a role, a view of the list."""
    file = file_of(around, form)
    if tab == "access" and form.definition.access:
        return (file, "access", next(iter(form.definition.access)))
    if tab == "lists" and form.definition.list.views:
        return (file, "list", "views", form.definition.list.views[0].id)
    return (file,)


def _drawn(seen: Seen, touched: tuple[Target, ...]) -> Parts:
    """Return the part of a page anew; a mere choice changes nothing of it."""
    if not touched:
        return {}
    form = seen.draft.app.forms.get(seen.subject)
    values = DRAWN[seen.kind](seen, form)
    template = f"design/{seen.kind}_part.html" if form else "design/app_part.html"
    more = {"app": seen.draft.app.id, "form": form, "part": seen.kind, "nav": None}
    return {"design-part": show(seen.services, seen.visit, template, **more, **values)}


def _access(seen: Looked, form: Form | None) -> Values:
    around = Around(seen)
    assert form is not None
    return {
        "rights": right_names(around),
        "rows": role_rows(around, form),
        "holders": holders(around, form),
        "field_parts": field_parts(around, form),
        "roles_url": url_for("panels.show_part", app=around.app.id, part="roles"),
    }


LISTED = (
    (Message("列表"), ("list",), ("columns", "sort", "filters", "views")),
    (Message("看板"), ("board",), ("card", "total")),
    (Message("记录页和搜索"), (), ("search", "related")),
    (Message("索引"), (), ("indexes",)),
)


def _lists(seen: Looked, form: Form | None) -> Values:
    around = Around(seen)
    assert form is not None
    file = file_of(around, form)
    groups = [
        (around.fill(title), tuple(_controls(around, (file, *steps), keys)))
        for title, steps, keys in LISTED
        if steps != ("board",) or form.pipelines
    ]
    speech = around.speech(form)
    services = drafted(seen.services, seen.draft)
    known = form.id in getattr(seen.services.apps.get(form.app), "forms", {})
    found = proposals(speech, advise_form(services, form)) if known else ()
    return {"groups": groups, "declared": declared_indexes(speech), "proposals": found}


def _controls(around: Around, target: Target, keys: tuple[str, ...]) -> Iterator[Control]:
    thing = place_at(around.seen.draft, target)
    for key in keys:
        place = place_at(around.seen.draft, (*target, key))
        if thing is not None and place is not None:
            yield renamed(control_of(around, place, thing.keys[key]), "m")


def _of_app(*keys: str) -> Callable[[Looked, Form | None], Values]:
    def drawn(seen: Looked, form: Form | None) -> Values:
        around = Around(seen)
        return {"controls": tuple(_controls(around, ("app.yaml",), keys))}

    return drawn


def _types(seen: Looked, form: Form | None) -> Values:
    return type_values(Around(seen))


def _messages(seen: Looked, form: Form | None) -> Values:
    found = list(speakers(Around(seen)))
    return {"speakers": found, "shared": names_of(found)}


def _files(seen: Looked, form: Form | None) -> Values:
    """Return every file of the app under what its kind is called."""
    around = Around(seen)
    speech = next((around.speech(one) for one in around.app.forms.values()), None)
    groups: dict[str, list[tuple[str, str]]] = {}
    for file, documents in seen.draft.documents.items():
        kind = kind_of(file)
        if kind is None or speech is None:
            continue
        noun, _ = noun_of(KINDS[kind], speech)
        told = [one.data for one in documents]
        data = told if len(told) > 1 else told[0] if told else None
        groups.setdefault(noun, []).append((file_label(around, file, data), as_text((file,))))
    if speech is None:
        return {"files": groups}
    id_, edits = new_connector(speech)
    new = {"edits": edits, "then": as_text((f"connectors/{id_}.yaml",))}
    return {"files": groups, "new_connector": new}


DRAWN: dict[str, Callable[[Looked, Form | None], Values]] = {
    "access": _access,
    "lists": _lists,
    "roles": _of_app("roles"),
    "menu": _of_app("menu"),
    "home": _of_app("home", "setup"),
    "types": _types,
    "messages": _messages,
    "files": _files,
}

"""What stands around every page of the designer: where one is, how far the draft has come?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for

from designer.drafts.state import mark_values, state_of
from designer.panels.parts import Before, panel_at
from engine.app import App, Form
from engine.editing.draft import Draft
from engine.wording import words
from runtime.services import Services
from runtime.web.showing import sayer, show
from runtime.web.visit import Visit

TABS = {
    "form": "design.show_form",
    "stages": "flows.show_stages",
    "approvals": "flows.show_approvals",
    "rules": "flows.show_rules",
    "documents": "papers.show_documents",
    "publics": "outsides.show_publics",
    "access": "panels.show_access",
    "lists": "panels.show_lists",
}
"""Where each part of a form is designed, in the order of the tabs."""


def drafted(services: Services, draft: Draft) -> Services:
    """Return the services with the app as it is being designed."""
    return replace(services, apps={**services.apps, draft.app.id: draft.app})


def in_frame(
    services: Services,
    visit: Visit,
    draft: Draft,
    template: str,
    *,
    view: str,
    tab: str = "",
    **values: Any,
) -> str:
    """Return a page of the designer: of a `form` and one of its parts, or else of the app."""
    app = draft.app
    form: Form | None = values.setdefault("form", None)
    state = state_of(services, visit.person, app.id)
    said = {**_place(visit, app, form, whole=view == "app"), **mark_values(state), **values}
    if said.get("panel") is None:
        said["panel"] = panel_at(Before(services, visit, draft, view, values.get("chosen")))
    return show(
        services,
        visit,
        template,
        app=app.id,
        active="design",
        tab=tab,
        tabs=_tabs(visit, app, form) if form else (),
        view=view,
        rev=state.rev,
        versions_url=f"/design/{app.id}/versions",
        publish_url=f"/design/{app.id}/publish",
        **said,
    )


def _place(visit: Visit, app: App, form: Form | None, *, whole: bool) -> dict[str, Any]:
    say = sayer(visit.locale)
    app_label = words(app.definition.label, visit.locale)
    definition = app.definition if form is None else form.definition
    back = url_for("design.show_app", app=app.id), say("回到“{app}”", app=app_label)
    if whole:
        back = url_for("design.show_apps"), say("所有应用")
    return {
        "label": words(definition.label, visit.locale),
        "symbol": definition.icon,
        "tone": definition.colour or "blue",
        "back_url": back[0],
        "back_label": back[1],
    }


def _tabs(visit: Visit, app: App, form: Form) -> tuple[tuple[str, str, str], ...]:
    say = sayer(visit.locale)
    named = {
        "form": say("表单"),
        "stages": say("阶段"),
        "approvals": say("审批"),
        "rules": say("规则"),
        "documents": say("文档"),
        "publics": say("公开"),
        "access": say("权限"),
        "lists": say("列表页"),
    }
    return tuple(
        (id_, named[id_], url_for(endpoint, app=app.id, form=form.id))
        for id_, endpoint in TABS.items()
    )

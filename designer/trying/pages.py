"""Where does a designer run the scenarios of a draft?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from designer.drafts.earlier import installed_draft
from designer.drafts.editing import open_held
from designer.frame import in_frame
from designer.trying import day_pages
from designer.trying.naming import Place
from designer.trying.runs import run_of, start_run
from designer.trying.told_scenarios import Listed, scenarios_of
from engine.app import App
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.store.told import message_of
from runtime.web.guard import designer
from runtime.web.language import translate
from runtime.web.visit import Visit

TABS: Mapping[str, tuple[str, str]] = {
    "form": ("design.show_form", "form"),
    "stages": ("flows.show_stages", "form"),
    "approvals": ("flows.show_approvals", "form"),
    "rules": ("flows.show_rules", "form"),
    "access": ("panels.show_access", "form"),
    "lists": ("panels.show_lists", "form"),
    "rule": ("flows.show_rule", "rule"),
    "workflow": ("flows.show_workflow", "workflow"),
}


def pages(services: Services) -> Blueprint:
    """Return the pages on which a draft is tried."""
    blueprint = Blueprint("trying", __name__, url_prefix="/design", template_folder="../templates")
    day_pages.add(blueprint, services)

    @blueprint.get("/<app>/try")
    @designer
    def show_scenarios(visit: Visit, app: str) -> ResponseReturnValue:
        return _page(services, visit, app)

    @blueprint.post("/<app>/try/run")
    @designer
    def run(visit: Visit, app: str) -> ResponseReturnValue:
        held = open_held(services, app)
        listed = scenarios_of(held.draft, installed_draft(services, app, held.draft))
        start_run(services, visit.act(), app, _wanted(listed))
        return redirect(url_for("trying.show_scenarios", app=app), 303)

    return blueprint


def _wanted(listed: tuple[Listed, ...]) -> list[str]:
    """Return which scenarios were asked for; none is all of them."""
    if request.form.get("which") == "touched":
        return [one.key for one in listed if one.touched]
    known = {one.key for one in listed}
    return [key for key in request.form.getlist("only") if key in known]


def _page(services: Services, visit: Visit, app: str) -> str:
    held = open_held(services, app)
    listed = scenarios_of(held.draft, installed_draft(services, app, held.draft))
    job = run_of(services, visit.person, app)
    results = _results(visit, app, job)
    return in_frame(
        services, visit, held.draft, "design/try.html", view="try",
        groups=_by_form(listed, results, [*_menu(held.draft.app), *held.draft.app.forms]),
        count=len(listed),
        touched=sum(one.touched for one in listed),
        labels={id_: words(form.definition.label, visit.locale)
                for id_, form in held.draft.app.forms.items()},
        job=job,
        passed=sum(one["passed"] for one in results.values()),
        total=len(results),
        left=job.result.get("left", 0) if job else 0,
        stale=bool(job and job.result and job.result["rev"] != held.head.rev),
        here="scenarios",
    )  # fmt: skip


def _by_form(
    listed: tuple[Listed, ...], results: Mapping[str, Mapping[str, Any]], forms: Sequence[str]
) -> list[tuple[str, list[tuple[Listed, Mapping[str, Any] | None]]]]:
    """Return the scenarios by the form that they are about, in the order of the menu."""
    order = {form: at for at, form in reversed([*enumerate(forms)])}
    groups: dict[str, list[tuple[Listed, Mapping[str, Any] | None]]] = {}
    for one in sorted(listed, key=lambda one: order.get(one.about, len(forms))):
        came = results.get(one.key)
        same = came if came and came["sentence"] == one.sentence else None
        groups.setdefault(one.about if one.about in order else "", []).append((one, same))
    return list(groups.items())


def _menu(app: App) -> list[str]:
    return [form for group in app.definition.menu for form in group.forms]


def _results(visit: Visit, app: str, job: Job | None) -> Mapping[str, Mapping[str, Any]]:
    found = job.result.get("results", ()) if job else ()
    return {one["key"]: {**one, **_told(visit, app, one)} for one in found}


def _told(visit: Visit, app: str, one: Mapping[str, Any]) -> Mapping[str, Any]:
    into = translate(visit.locale)
    step = one["step"]
    at = Message("第 {n} 步", n=step + 1) if step is not None else Message("开始之前")
    return {
        "said": [message_of(each).fill(into, visit.locale) for each in one["words"]],
        "where": at.fill(into, visit.locale),
        "did": one.get("did", {}).get(visit.locale, ""),
        "url": url_of(app, one["place"]),
    }


def url_of(app: str, place: Place | None) -> str:
    """Return where in the designer something is made."""
    if place is None:
        return ""
    endpoint, name = TABS[place["tab"]]
    return url_for(endpoint, app=app, **{name: place["id"]})  # type: ignore[arg-type]  # by name

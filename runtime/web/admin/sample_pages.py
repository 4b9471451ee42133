"""How does an administrator remove the sample records that came with an app?"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.app import App
from engine.wording import words
from runtime.market.removing import start_removing
from runtime.packages.samples import sample_state
from runtime.services import Services
from runtime.store.samples import Sample
from runtime.use_cases.record_titles import record_titles
from runtime.web.admin.gone_pages import app_at, shown_of
from runtime.web.guard import administrator
from runtime.web.showing import show
from runtime.web.visit import Visit

NAMED = 30
"""So many records are named; of more it is said how many."""


def pages(services: Services) -> Blueprint:
    """Return the page about the samples of an app."""
    blueprint = Blueprint("samples", __name__)

    @blueprint.get("/admin/apps/<app>/samples")
    @administrator
    def show_samples(visit: Visit, app: str) -> ResponseReturnValue:
        return _samples(services, visit, app_at(services, app))

    @blueprint.post("/admin/apps/<app>/samples")
    @administrator
    def remove_samples(visit: Visit, app: str) -> ResponseReturnValue:
        found, changed = app_at(services, app), bool(request.form.get("changed"))
        job = start_removing(services, visit.person, found.id, changed=changed)
        return redirect(url_for("samples.show_samples", app=app, job=job), 303)

    return blueprint


def _samples(services: Services, visit: Visit, app: App) -> str:
    state = sample_state(services, app)
    return show(
        services, visit, "admin/samples.html", active="apps_admin", back="/admin/apps",
        id=app.id,
        label=words(app.definition.label, visit.locale), state=state,
        changed=_named(services, visit, app, state.changed),
        linked=_named(services, visit, app, state.linked), most=NAMED,
        job=shown_of(services, visit, request.args.get("job")),
    )  # fmt: skip


def _named(
    services: Services, visit: Visit, app: App, samples: Sequence[Sample]
) -> list[tuple[str, str, str]]:
    """Return form, title and address of the first of some records."""
    first = samples[:NAMED]
    titles: dict[str, str] = {}
    for id_ in {one.form for one in first}:
        ids = [one.record for one in first if one.form == id_]
        titles |= record_titles(services, visit.act(), app.forms[id_], ids)
    return [
        (
            words(app.forms[one.form].definition.label, visit.locale),
            titles.get(one.record, one.record),
            f"/a/{app.id}/{one.form}/{one.record}",
        )
        for one in first
    ]

"""Where is the checklist of an app ticked and put away?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.app import App
from engine.definition.setup import SetupStepDef
from engine.outcomes import Missing
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.setup_steps import Step, hide_setup, setup_of, tick_step
from runtime.web.answers import not_found
from runtime.web.guard import signed_in
from runtime.web.visit import Visit


@dataclass(frozen=True)
class Line:
    """One step, as the home page shows it."""

    id: str
    label: str
    help: str
    href: str
    done: bool
    by_hand: bool


@dataclass(frozen=True)
class Checklist:
    """What is to be done before an app is used."""

    app: str
    label: str
    lines: tuple[Line, ...]
    done: int


def add(blueprint: Blueprint, services: Services) -> None:
    """Add what the buttons of the checklist ask for."""

    @blueprint.post("/setup/<app>/<step>")
    @signed_in
    def tick_setup(visit: Visit, app: str, step: str) -> ResponseReturnValue:
        found = services.apps.get(app) or not_found()
        done = request.form.get("done") == "1"
        if isinstance(tick_step(services, visit.act(), found, step, done=done), Missing):
            not_found()
        return redirect(url_for("home.show_home", app=request.form.get("app") or None), 303)

    @blueprint.post("/setup/<app>")
    @signed_in
    def hide_setup_of(visit: Visit, app: str) -> ResponseReturnValue:
        hide_setup(services, visit.act(), services.apps.get(app) or not_found())
        return redirect(url_for("home.show_home", app=request.form.get("app") or None), 303)


def checklists(services: Services, visit: Visit, apps: list[App]) -> Iterator[Checklist]:
    """Yield the checklists that a person has still to go through."""
    for app in apps:
        steps = setup_of(services, visit.act(), app)
        if steps:
            lines = tuple(_line(visit, app, one) for one in steps)
            label = words(app.definition.label, visit.locale)
            yield Checklist(app.id, label, lines, sum(one.done for one in lines))


def _line(visit: Visit, app: App, step: Step) -> Line:
    said = step.definition
    return Line(
        id=said.id,
        label=words(said.label, visit.locale),
        help=words(said.help, visit.locale),
        href=_href(visit, app, said),
        done=step.done,
        by_hand=step.by_hand,
    )


def _href(visit: Visit, app: App, step: SetupStepDef) -> str:
    """Return where a step is done; nothing for who may not go there."""
    records = f"/a/{app.id}/{step.form}/"
    match step.go:
        case "people":
            return "/admin/people" if visit.person.admin else ""
        case "decision":
            return f"/design/{app.id}/decisions/{step.decision}"
        case "links":
            return f"/public/{app.id}"
        case "records":
            return records
    return f"{records}{step.go}"

"""How is an upgrade rehearsed in the background, and what came of it?"""

from __future__ import annotations

from typing import Any

from engine.editing.edits import Target
from engine.editing.merge import Choices
from engine.editing.three_way import Side
from engine.record import Actor
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.store.told import message_of
from runtime.web.language import translate
from runtime.web.visit import Visit

JOB = "rehearse_upgrade"
REMEMBERED = 20
"""So many rehearsals of all apps are looked through for the one of an app."""


def start_rehearsal(services: Services, actor: Actor, app: str, choices: Choices) -> None:
    """Rehearse the upgrade that waits, as it is decided so far; one that is under way goes on
    instead."""
    under_way = rehearsal_of(services, app)
    if under_way is not None and under_way.open:
        return
    chosen = [[list(target), side] for target, side in choices.items()]
    with services.store.unit() as unit:
        waiting = unit.upgrades.waiting(app)
        if waiting is not None:
            given = {"app": app, "waiting": waiting.at.isoformat(), "choices": chosen}
            unit.jobs.save(JOB, given, services.now(), person=actor.id)


def rehearsal_of(services: Services, app: str) -> Job | None:
    """Return the latest rehearsal of the upgrade that waits, whoever asked for it."""
    with services.store.reading() as unit:
        waiting = unit.upgrades.waiting(app)
        jobs = unit.jobs.of_kind(JOB, limit=REMEMBERED) if waiting else ()
    return next((job for job in jobs if _of(job, app, waiting.at.isoformat())), None)  # type: ignore[union-attr]  # there are none without it


def rehearsed_choices(services: Services, app: str) -> dict[Target, Side]:
    """Return what was decided when the upgrade that waits was rehearsed."""
    job = rehearsal_of(services, app)
    return {tuple(target): side for target, side in job.arguments["choices"]} if job else {}


def say_all(visit: Visit, job: Job | None) -> Any:
    """Return what came of a rehearsal, its messages said in the language of who looks."""
    return _said(job.result, visit.locale) if job and job.result else None


def _said(value: Any, locale: str) -> Any:
    if isinstance(value, list | tuple):
        return [_said(each, locale) for each in value]
    if not isinstance(value, dict):
        return value
    if "said" in value or value.keys() == {"text", "args"}:
        return message_of(value).fill(translate(locale), locale)
    return {key: _said(each, locale) for key, each in value.items()}


def _of(job: Job, app: str, waiting: str) -> bool:
    return bool(job.arguments["app"] == app and job.arguments["waiting"] == waiting)

"""How are the scenarios of a draft run in the background, and what came of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.drafts.editing import open_held
from engine.record import Actor
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.use_cases.act import Act

JOB = "run_scenarios"
REMEMBERED = 50
"""So many runs of all apps are looked through for those of one."""
MOST = 300
"""So many scenarios in one run."""


@dataclass(frozen=True)
class Tried:
    """What the latest run of all scenarios said."""

    passed: int
    total: int
    rev: int
    fresh: bool
    """Whether nothing was changed since."""


def start_run(services: Services, act: Act, app: str, only: Sequence[str]) -> str:
    """Run scenarios of a draft, all of them without `only`, and return the job; a run that the
    designer has under way goes on instead."""
    under_way = run_of(services, act.actor, app)
    if under_way is not None and under_way.open:
        return under_way.id
    given = {"app": app, "only": list(only)[:MOST]}
    with services.store.unit() as unit:
        return unit.jobs.save(JOB, given, services.now(), person=act.actor.id)


def run_of(services: Services, actor: Actor, app: str) -> Job | None:
    """Return the latest run that a designer asked for."""
    with services.store.reading() as unit:
        jobs = unit.jobs.of_person(actor.id, (JOB,), limit=REMEMBERED)
    return next((job for job in jobs if job.arguments["app"] == app), None)


def tried(services: Services, app: str) -> Tried | None:
    """Return what the latest run of all scenarios said, whoever asked for it."""
    with services.store.reading() as unit:
        jobs = unit.jobs.of_kind(JOB, limit=REMEMBERED)
    done = (
        job.result
        for job in jobs
        if job.state == "done" and job.arguments["app"] == app and not job.arguments["only"]
    )
    result = next(done, None)
    if result is None:
        return None
    rev = int(result["rev"])
    passed = sum(one["passed"] for one in result["results"])
    fresh = open_held(services, app).head.rev == rev
    return Tried(passed, len(result["results"]), rev, fresh)

"""How are the sample records of an app removed in the background?"""

from __future__ import annotations

from engine.record import Actor
from runtime.services import Services

JOB = "remove_samples"


def start_removing(services: Services, actor: Actor, app: str, *, changed: bool) -> str:
    """Remove samples, with `changed` those too that somebody did something with, and return the
    job."""
    with services.store.unit() as unit:
        waiting = unit.jobs.of_person(actor.id, (JOB,), states=("waiting", "running"))
        same = next((one for one in waiting if one.arguments["app"] == app), None)
        given = {"app": app, "changed": changed}
        return same.id if same else unit.jobs.save(JOB, given, services.now(), person=actor.id)

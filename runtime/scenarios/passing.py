"""What happens by itself in a scenario, at once and while time passes?"""

from __future__ import annotations

from datetime import datetime, timedelta

from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.scenarios.values import Unplayable
from runtime.scenarios.world import World

MOST = 10_000
"""Jobs in one step; more are a loop."""


def perform_due(world: World) -> None:
    """Do all work that is due at the moment of the scenario. Raises Unplayable if some of it
    fails."""
    workshop = Workshop(services=world.services, kinds=kinds())
    for _ in range(MOST):
        with world.services.store.reading() as unit:
            due = unit.jobs.due(1, world.clock.now)
        if not due:
            return
        _do(world, workshop, due[0])
    raise Unplayable("loop")


def pass_time(world: World, span: timedelta) -> None:
    """Let time pass: whatever becomes due meanwhile is done at the moment when it is due."""
    until = world.clock.now + span
    perform_due(world)
    while (moment := _next(world, until)) is not None:
        world.clock.now = max(world.clock.now, moment)
        perform_due(world)
    world.clock.now = until


def _next(world: World, until: datetime) -> datetime | None:
    with world.services.store.reading() as unit:
        due = unit.jobs.due(1, until)
        job = unit.jobs.one(due[0]) if due else None
    return (job.due or world.clock.now) if job else None


def _do(world: World, workshop: Workshop, id_: str) -> None:
    workshop.run(id_, world.clock.now)
    with world.services.store.reading() as unit:
        job = unit.jobs.one(id_)
    if job is not None and job.problem is not None:
        raise Unplayable(f"{job.kind}: {job.problem}")

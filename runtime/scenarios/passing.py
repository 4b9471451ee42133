"""What happens by itself in a scenario, at once and while time passes?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from runtime.jobs.kind import Ended, Finished, Kind, Task
from runtime.jobs.kinds import kinds
from runtime.jobs.workshop import Workshop
from runtime.scenarios.outside import answer_call
from runtime.scenarios.values import Unplayable
from runtime.scenarios.world import World
from runtime.use_cases.connectors.going_on import ASK
from runtime.use_cases.rules.ticking import tick

MORNING = "09:00"
MOST = 10_000
"""Jobs in one step; more are a loop."""


def perform_due(world: World) -> None:
    """Do all work that is due at the moment of the scenario. Raises Unplayable if some of it
    fails."""
    workshop = Workshop(services=world.services, kinds=_indoors(world))
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
    for look in _looks(world, until):
        _pass_until(world, look)
        tick(world.services)
        perform_due(world)
    _pass_until(world, until)


def pass_until(world: World, until: datetime, happened: Callable[[], bool]) -> bool:
    """Let time pass until something has happened; False if nothing does so early."""
    perform_due(world)
    for look in (*_looks(world, until), until):
        while (moment := _next(world, look)) is not None:
            world.clock.now = max(world.clock.now, moment)
            perform_due(world)
            if happened():
                return True
        world.clock.now = look
        tick(world.services)
        perform_due(world)
        if happened():
            return True
    return False


def _looks(world: World, until: datetime) -> Iterator[datetime]:
    """Yield when the rules look at the clock meanwhile: each day at the times that they name,
    and at the end."""
    watchers = world.app.watchers
    if not watchers:
        return
    clocks = sorted({getattr(rule.definition.on, "at", MORNING) for rule in watchers})
    zone = world.services.calendar.zone
    now = world.clock.now
    day = now.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        moments = (datetime.combine(day, time.fromisoformat(at), zone) for at in clocks)
        yield from (moment for moment in moments if now < moment < until)
        day += timedelta(days=1)
    yield until


def _pass_until(world: World, until: datetime) -> None:
    while (moment := _next(world, until)) is not None:
        world.clock.now = max(world.clock.now, moment)
        perform_due(world)
    world.clock.now = until


def _next(world: World, until: datetime) -> datetime | None:
    with world.services.store.reading() as unit:
        due = unit.jobs.due(1, until)
        job = unit.jobs.one(due[0]) if due else None
    return (job.due or world.clock.now) if job else None


def _indoors(world: World) -> Mapping[str, Kind]:
    """Return all kinds of work, of which none leaves the workspace: a story is only told, and
    tells what other systems answer."""
    found = {
        id_: replace(kind, work=_stays_here) if kind.outward else kind
        for id_, kind in kinds().items()
    }
    return {**found, ASK: Kind(work=partial(answer_call, world))}


def _stays_here(_: Task) -> Ended:
    return Finished()


def _do(world: World, workshop: Workshop, id_: str) -> None:
    workshop.run(id_, world.clock.now)
    with world.services.store.reading() as unit:
        job = unit.jobs.one(id_)
    if job is not None and job.problem is not None:
        raise Unplayable(f"{job.kind}: {job.problem}")

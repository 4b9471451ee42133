"""What is still to be done before an app is used, and by whom?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.access.designing import may_design
from engine.access.sight import SEES_ALL
from engine.app import App
from engine.definition.setup import SetupStepDef
from engine.outcomes import Missing
from engine.record import Actor
from runtime.services import Services
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.query import Measure, Query
from runtime.store.unit import Unit
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, where_of
from runtime.use_cases.reach import begin

TICKED, HIDDEN = "setup.ticked", "setup.hidden"
LOOKED_AT = 500
"""So many of the latest ticks count; a checklist has a dozen lines."""


@dataclass(frozen=True)
class Step:
    """One line of a checklist."""

    definition: SetupStepDef
    done: bool
    by_hand: bool
    """Somebody said that it is done."""


def setup_of(services: Services, act: Act, app: App) -> tuple[Step, ...]:
    """Return the checklist of an app for a person; nothing once all is done or it was put away."""
    mine = [one for one in app.definition.setup if _concerns(app, act.actor, one)]
    if not mine:
        return ()
    with services.store.reading() as unit:
        events = unit.events.of_app(app.id, (TICKED, HIDDEN), limit=LOOKED_AT)
        if any(one.kind == HIDDEN and one.actor == act.actor.id for one in events):
            return ()
        ticked = _ticked(events)
        steps = tuple(_steps(services, unit, act, app, mine, ticked))
    return () if all(one.done for one in steps) else steps


def tick_step(services: Services, act: Act, app: App, step: str, *, done: bool) -> Missing | None:
    """Say by hand that a step is done, or that it is not after all."""
    known = [one for one in app.definition.setup if one.id == step]
    if not any(_concerns(app, act.actor, one) for one in known):
        return Missing()
    _note(services, act, app, TICKED, {"step": step, "done": done})
    return None


def hide_setup(services: Services, act: Act, app: App) -> None:
    """Put the checklist of an app away for a person."""
    _note(services, act, app, HIDDEN, {})


def _concerns(app: App, actor: Actor, step: SetupStepDef) -> bool:
    if not step.roles or actor.admin:
        return may_design(app, actor)
    return bool(set(step.roles) & actor.roles_in(app.id))


def _ticked(events: tuple[Event, ...]) -> Mapping[str, bool]:
    """Return what was said last of each step."""
    ticks = [one.data for one in reversed(events) if one.kind == TICKED]
    return {str(one["step"]): bool(one["done"]) for one in ticks}


def _steps(
    services: Services,
    unit: Unit,
    act: Act,
    app: App,
    steps: list[SetupStepDef],
    ticked: Mapping[str, bool],
) -> Iterator[Step]:
    for one in steps:
        by_hand = ticked.get(one.id, False)
        yield Step(one, by_hand or _is_done(services, unit, act, app, one), by_hand)


def _is_done(services: Services, unit: Unit, act: Act, app: App, step: SetupStepDef) -> bool:
    if step.role is not None:
        return len(unit.people.with_role(app.id, step.role)) >= step.at_least
    form = app.forms.get(step.form or "")
    if form is None:
        return False
    work = begin(services, unit, act, form)
    try:
        where = where_of(app, form, step.where)
    except BadFilter:
        return False
    # Whether there are enough is the same for everybody: nobody is told which they are.
    query = Query(
        form=form, sight=SEES_ALL, actor=act.actor, env=work.env, where=where, samples=False
    )
    found = unit.query.aggregate(query, (), (Measure("count"),))
    return bool(found) and int(str(found[0]["count"])) >= step.at_least


def _note(services: Services, act: Act, app: App, kind: str, data: Mapping[str, object]) -> None:
    now = services.now()
    with services.store.unit() as unit:
        unit.events.add(
            Event(
                id=new_id(now), at=now, kind=kind, app=app.id, actor=act.actor.id, door=act.door,
                data=data,
            )
        )  # fmt: skip

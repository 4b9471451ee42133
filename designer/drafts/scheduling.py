"""How is a draft published at a moment that was set before, just as it was looked over then?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from designer.drafts.held import Held, held_draft
from designer.drafts.plan_notices import REFUSED, tell_who_planned
from designer.drafts.publishing import MovedOn, Published, Settled, put_online
from engine.access.designing import may_design
from engine.editing.apply import Refused
from engine.editing.draft import open_draft
from engine.editing.mending import mended
from engine.problems import BrokenApp
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.drafts import DraftHead
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.store.publish_plans import PublishPlan
from runtime.store.unit import Unit

JOB = "publish_draft"


@dataclass(frozen=True)
class Scheduled:
    """What will be published at its moment."""

    plan: PublishPlan


@dataclass(frozen=True)
class Past:
    """The moment is over."""


def schedule(
    services: Services, actor: Actor, app: str, due: datetime, note: str, rev: int
) -> Scheduled | Refused | MovedOn | Past:
    """Publish the draft as it is now at a moment: what is edited afterwards stays in the draft.
    An app has one plan; a new one takes the place of the former."""
    if due <= services.now():
        return Past()
    with services.store.unit() as unit:
        held = held_draft(services, unit, app)
        if held.head.rev != rev:
            return MovedOn(held.head.rev)
        try:
            mended(held.draft)
        except BrokenApp as broken:
            return Refused(broken.problems)
        _end_waiting(unit, app)
        plan = _plan(services, actor, held, due, note)
        unit.publish_plans.add(plan, held.draft.files)
        unit.jobs.save(JOB, {"plan": plan.id}, plan.made_at, key=f"{JOB}:{plan.id}", due=due)
        _log(services, unit, actor, plan, "publish_planned")
    return Scheduled(plan)


def move_plan(services: Services, actor: Actor, app: str, due: datetime) -> Scheduled | Past | None:
    """Let what was planned be published at another moment; None if nothing is planned."""
    if due <= services.now():
        return Past()
    with services.store.unit() as unit:
        plan = unit.publish_plans.waiting(app)
        if plan is None:
            return None
        unit.publish_plans.move(plan.id, due)
        unit.jobs.save(JOB, {"plan": plan.id}, services.now(), due=due)
        _log(services, unit, actor, plan, "publish_planned")
        moved = unit.publish_plans.one(plan.id)
    return Scheduled(moved or plan)


def call_off(services: Services, actor: Actor, app: str) -> bool:
    """Publish nothing at the moment that was set; False if nothing was planned."""
    with services.store.unit() as unit:
        plan = _end_waiting(unit, app)
        if plan is not None:
            _log(services, unit, actor, plan, "publish_called_off")
    return plan is not None


def latest_plan(services: Services, app: str) -> PublishPlan | None:
    """Return what was planned last for an app, and what came of it."""
    with services.store.reading() as unit:
        return unit.publish_plans.latest(app)


def edited_since(services: Services, plan: PublishPlan) -> int:
    """Return how many edits were made after a plan, which it leaves in the draft."""
    with services.store.reading() as unit:
        return unit.drafts.since_step(plan.app, plan.rev)


def seconds_left(services: Services, id_: str) -> float:
    """Return how long what was planned has to wait; nothing if it is not to be published."""
    with services.store.reading() as unit:
        plan = unit.publish_plans.one(id_)
    waits = plan is not None and plan.state == "waiting"
    return max(0.0, (plan.due - services.now()).total_seconds()) if plan and waits else 0.0


def publish_planned(services: Services, id_: str) -> Published | None:
    """Publish what was planned, if it still is to be; whoever planned it is told, with the reasons
    if it can't be. However often this is called, it happens once."""
    with services.store.reading() as unit:
        plan = unit.publish_plans.one(id_)
        if plan is None or plan.state != "waiting":
            return None
        actor = unit.people.actor(plan.person)
        package = unit.packages.one(plan.app)
        files = unit.publish_plans.files(id_)
    done: Published | list[Message] | None
    if actor is None or plan.app not in services.apps or not _may(services, actor, plan):
        done = [Message("安排发布的人已不能设计这个应用")]
    elif package is None or package.revision != plan.base:
        done = [Message("排期之后应用已经换过版本，请看过再发布")]
    else:
        done = _published(services, actor, plan, files)
    if isinstance(done, list):
        _refuse(services, plan, done)
    return done if isinstance(done, Published) else None


def _published(
    services: Services, actor: Actor, plan: PublishPlan, files: Mapping[str, str]
) -> Published | list[Message] | None:
    head = DraftHead(app=plan.app, rev=plan.rev, published=plan.rev, base=plan.base)
    try:
        done = put_online(services, actor, Held(head, open_draft(files)), plan.note, plan)
    except BrokenApp as broken:
        return [one.message for one in broken.problems]
    except Settled:
        return None
    return [one.message for one in done.problems] if isinstance(done, Refused) else done


def _may(services: Services, actor: Actor, plan: PublishPlan) -> bool:
    return may_design(services.apps[plan.app], actor)


def _refuse(services: Services, plan: PublishPlan, reasons: Sequence[Message]) -> None:
    """Say that it was not published, and why, in one transaction."""
    with services.store.unit() as unit:
        if not unit.publish_plans.settle(plan.id, "refused", problems=tuple(reasons)):
            return
        if plan.app in services.apps:
            tell_who_planned(services, unit, plan, REFUSED, why=list(reasons[:3]))
        _log(services, unit, None, plan, "publish_refused")


def _end_waiting(unit: Unit, app: str) -> PublishPlan | None:
    plan = unit.publish_plans.waiting(app)
    if plan is not None:
        unit.publish_plans.settle(plan.id, "called_off")
    return plan


def _plan(services: Services, actor: Actor, held: Held, due: datetime, note: str) -> PublishPlan:
    now, head = services.now(), held.head
    return PublishPlan(
        id=new_id(now), app=head.app, rev=head.rev, base=head.base, due=due,
        person=actor.id, made_at=now, note=note,
    )  # fmt: skip


def _log(services: Services, unit: Unit, actor: Actor | None, plan: PublishPlan, kind: str) -> None:
    now = services.now()
    data = {"plan": plan.id, "step": plan.rev, "due": plan.due.isoformat()}
    person = actor.id if actor else plan.person
    unit.events.add(Event(id=new_id(now), at=now, kind=kind, app=plan.app, actor=person, data=data))

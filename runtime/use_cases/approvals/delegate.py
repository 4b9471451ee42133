"""What happens when somebody lets another person decide for a time?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.outcomes import Invalid, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.delegations import Delegation
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.waking import wake_for_person

LONGEST = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Handing:
    """Who decides for somebody, for what and how long."""

    stand_in: str
    app: str | None = None
    workflow: str | None = None
    starts_at: datetime
    ends_at: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Delegations:
    """What a person handed to others, and what others handed to them, now and later."""

    handed: tuple[Delegation, ...]
    taken: tuple[Delegation, ...]


def delegate(services: Services, act: Act, wanted: Handing) -> Delegation | Invalid:
    """Let somebody else decide on what comes to oneself; what waits already when it begins goes
    to them too."""
    with services.store.unit() as unit:
        now = services.now()
        wrong = {**_complaints(unit, act, wanted, now), **_unknown(services, wanted)}
        if wrong:
            return Invalid(wrong)
        new = Delegation(
            id=new_id(now),
            person=act.actor.id,
            created_at=now,
            created_by=act.actor.id,
            **vars(wanted),
        )
        unit.delegations.add(new)
        wake_for_person(unit, act.actor.id, now, due=max(wanted.starts_at, now))
        return new


def revoke_delegation(services: Services, act: Act, id_: str) -> Missing | None:
    """End what one handed to somebody; they keep what they were asked for already."""
    with services.store.unit() as unit:
        ended = unit.delegations.revoke(id_, act.actor.id, services.now())
        return None if ended else Missing()


def own_delegations(services: Services, act: Act) -> Delegations:
    """Return who stands in for a person, and for whom the person stands in."""
    with services.store.reading() as unit:
        now = services.now()
        return Delegations(
            handed=unit.delegations.coming(act.actor.id, now),
            taken=unit.delegations.to(act.actor.id, now),
        )


def _complaints(
    unit: Unit, act: Act, wanted: Handing, now: datetime
) -> dict[str, tuple[Message, ...]]:
    found: dict[str, tuple[Message, ...]] = {}
    if wanted.stand_in == act.actor.id:
        found["stand_in"] = (Message("不能委托给自己"),)
    elif not unit.people.all_known((wanted.stand_in,)):
        found["stand_in"] = (Message("请选择一位在职的同事"),)
    if wanted.ends_at <= max(wanted.starts_at, now):
        found["ends_at"] = (Message("结束时间要晚于开始时间和现在"),)
    elif wanted.ends_at - wanted.starts_at > LONGEST:
        found["ends_at"] = (Message("委托最长一年"),)
    for other in unit.delegations.between(act.actor.id, wanted.starts_at, wanted.ends_at):
        if not found and other.person == act.actor.id and _same(other, wanted):
            found["starts_at"] = (Message("这段时间已经委托给了别人，请先取消原来的委托"),)
        elif not found and (other.person, other.stand_in) == (wanted.stand_in, act.actor.id):
            found["stand_in"] = (Message("对方在这段时间已委托给您，不能互相委托"),)
    return found


def _unknown(services: Services, wanted: Handing) -> dict[str, tuple[Message, ...]]:
    app = services.apps.get(wanted.app or "")
    if wanted.app is not None and app is None:
        return {"app": (Message("没有这个应用"),)}
    if wanted.workflow is not None and (app is None or wanted.workflow not in app.workflows):
        return {"workflow": (Message("没有这个审批"),)}
    return {}


def _same(other: Delegation, wanted: Handing) -> bool:
    return (other.app, other.workflow) == (wanted.app, wanted.workflow)

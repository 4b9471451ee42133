"""Which list of a hand-over is meant, and what may the actor do with it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.outcomes import Denied, Missing
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.handovers import Handover, Item
from runtime.store.ids import new_id
from runtime.use_cases.act import Act

NOT_YOURS = Message("您没有处理这份交接清单的权限")


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What somebody may do with a list."""

    note: bool
    give: bool
    receive: bool


def reach_handover(unit: Unit, actor: Actor, id_: str) -> Handover | Missing:
    """Return the list, if it is there and the actor has part in it; both kinds of no look alike:
    who goes and who follows, the superior of who goes, and administrators have."""
    found = unit.handovers.one(id_)
    if found is None or not _has_part(unit, actor, found):
        return Missing()
    return found


def rights_in(unit: Unit, actor: Actor, found: Handover) -> Rights:
    """Return what somebody may do who has part in a list."""
    above = actor.admin or _is_above(unit, actor, found)
    going = found.ended_at is None
    return Rights(
        note=going and (above or actor.id == found.person),
        give=going and actor.admin,
        receive=going and found.given_at is not None and actor.id == found.successor,
    )


def allowed(
    unit: Unit, act: Act, id_: str, right: Callable[[Rights], bool]
) -> Handover | Denied | Missing:
    """Return the list, if the actor may do this with it."""
    found = reach_handover(unit, act.actor, id_)
    if isinstance(found, Missing):
        return found
    return found if right(rights_in(unit, act.actor, found)) else Denied(NOT_YOURS)


def write_down(
    services: Services, unit: Unit, act: Act, item: Item, kind: str, text: str | None = None
) -> None:
    """Let the timeline of a record say what happened to it on a list."""
    form, now = services.form(item.app, item.form), services.now()
    record = unit.records.one(form, item.record) if form else None
    if record is None:
        return
    unit.events.add(
        Event(
            id=new_id(now),
            at=now,
            app=item.app,
            form=item.form,
            record=item.record,
            version=record.version,
            kind=kind,
            actor=act.actor.id,
            door=act.door,
            text=text,
            data={"handover": item.handover},
        )
    )


def _has_part(unit: Unit, actor: Actor, found: Handover) -> bool:
    part = actor.id in (found.person, found.successor)
    return actor.admin or part or _is_above(unit, actor, found)


def _is_above(unit: Unit, actor: Actor, found: Handover) -> bool:
    leaver = unit.people.one(found.person)
    return leaver is not None and leaver.manager == actor.id

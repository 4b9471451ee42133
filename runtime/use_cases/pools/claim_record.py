"""What happens when somebody takes a record out of the pool?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from engine.app import Form
from engine.definition.pool import PoolDef
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.record import Actor, Record
from engine.wording import Message
from runtime.services import Services
from runtime.store.ids import new_id
from runtime.store.pools import Kind, Turn
from runtime.use_cases.act import Act
from runtime.use_cases.once import once
from runtime.use_cases.reach import Work, begin
from runtime.use_cases.rules.frozen import frozen_people, why_frozen
from runtime.use_cases.settling import settle_change

Claimed = Saved | Invalid | Conflict | Denied | Missing


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much somebody may still take; None is any number."""

    today: int | None
    """How many more on this day."""
    held: int
    most: int | None

    @property
    def closed(self) -> bool:
        """Whether nothing more can be taken now."""
        return self.today == 0 or (self.most is not None and self.held >= self.most)


def claim_record(services: Services, act: Act, form: Form, id_: str) -> Claimed:
    """Give a record that belongs to nobody to whoever asks for it, within the caps."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: claim_in(work, id_))


def claim_in(work: Work, id_: str) -> Claimed:
    """Do the same inside a transaction that is open already."""
    pool = pool_of(work)
    if pool is None:
        return Denied(Message("您没有领取“{form}”的权限", form=work.form.definition.label))
    work.unit.pools.alone()
    record = work.unit.records.one(work.form, id_)
    if record is None:
        return Missing()
    if not in_pool(work.form, record):
        return Denied(_taken(work, pool, record))
    complaints = tuple(_objections(work, pool, record))
    if complaints:
        return Invalid({"": complaints})
    actor = work.act.actor
    after = replace(record, owner=actor.id, department=actor.department)
    saved = settle_change(work, record, after, "claimed")
    if saved is None:
        return Conflict(record=record, clashes=(), theirs_by=None, theirs_at=None)
    note_turn(work, saved.id, actor.id, "claimed")
    return Saved(saved)


def pool_of(work: Work) -> PoolDef | None:
    """Return the pool of the form, if the actor may see what waits there."""
    return work.form.definition.pool if may_claim(work.form, work.act.actor) else None


def may_claim(form: Form, actor: Actor) -> bool:
    """Tell whether somebody may see what waits in the pool of a form, and take of it."""
    pool = form.definition.pool
    if pool is None:
        return False
    return actor.admin or bool(actor.roles_in(form.app) & set(pool.roles))


def in_pool(form: Form, record: Record) -> bool:
    """Tell whether a record waits for somebody to take it."""
    stage = form.stage(record.stage)
    return record.owner is None and not (stage is not None and stage.outcome)


def room_of(work: Work, pool: PoolDef) -> Room:
    """Return how much the actor may still take."""
    actor, cap = work.act.actor.id, pool.claims_per_day
    done = work.unit.pools.claims(work.form, actor, _midnight(work)) if cap is not None else 0
    return Room(
        today=None if cap is None else max(cap - done, 0),
        held=work.unit.pools.loads(work.form, (actor,))[actor],
        most=pool.hold_at_most,
    )


def note_turn(work: Work, record: str, person: str, kind: Kind) -> None:
    """Note that somebody got or lost a record, for caps, rests and fairness."""
    turn = Turn(
        id=new_id(work.now),
        app=work.form.app,
        form=work.form.id,
        record=record,
        person=person,
        kind=kind,
        at=work.now,
    )
    work.unit.pools.add(turn)


def _objections(work: Work, pool: PoolDef, record: Record) -> Iterator[Message]:
    room = room_of(work, pool)
    if room.today == 0:
        yield Message("今天已领取 {most} 条，达到每日上限", most=pool.claims_per_day)
    if room.most is not None and room.held >= room.most:
        yield Message(
            "名下已有 {held} 条未结束，达到上限 {most} 条", held=room.held, most=room.most
        )
    for frozen in frozen_people(work, (work.act.actor.id,)).values():
        yield why_frozen(work.form, frozen)
    if pool.cool_down is not None:
        lost = work.unit.pools.lost(record.id, work.act.actor.id)
        if lost is not None and lost + pool.cool_down > work.now:
            again = work.services.local(lost + pool.cool_down)
            yield Message(
                "这条记录刚从您名下退回，{when} 之后才能再领取", when=f"{again:%Y-%m-%d %H:%M}"
            )


def _taken(work: Work, pool: PoolDef, record: Record) -> Message:
    names = work.unit.people.names((record.owner,)) if record.owner else {}
    if not names:
        return Message("这条记录不在“{pool}”里", pool=pool.label)
    return Message("这条记录已被{name}领取", name=next(iter(names.values())))


def _midnight(work: Work) -> datetime:
    return datetime.combine(work.env.today, time(0), ZoneInfo(work.services.settings.zone))

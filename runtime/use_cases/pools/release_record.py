"""What happens when a record is put back into the pool?"""

from __future__ import annotations

from dataclasses import replace

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.record import Record
from engine.wording import Message
from runtime.services import Services
from runtime.store.pools import Kind
from runtime.use_cases.act import Act
from runtime.use_cases.once import once
from runtime.use_cases.pools.claim_record import Claimed, note_turn
from runtime.use_cases.pools.telling import name_of, tell
from runtime.use_cases.reach import Work, begin, reach
from runtime.use_cases.settling import settle_change


def release_record(services: Services, act: Act, form: Form, id_: str) -> Claimed:
    """Put a record back into the pool: its holder with a reason, or whoever may transfer it."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: release_in(work, id_))


def release_in(work: Work, id_: str) -> Claimed:
    """Do the same inside a transaction that is open already."""
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    record = reached.record
    if not may_release(work, record):
        return Denied(Message("您没有退回这条记录的权限"))
    if not (work.act.reason or "").strip():
        return Invalid({"reason": (Message("请写明退回的原因"),)})
    return to_pool(work, record, "released")


def may_release(work: Work, record: Record) -> bool:
    """Tell whether the actor may put a record back: not one that has ended, or waits already."""
    pool = work.form.definition.pool
    if pool is None or not is_held(work.form, record):
        return False
    own = pool.release and record.owner == work.act.actor.id
    return own or work.within(work.sight.transfer, work.row(record))


def is_held(form: Form, record: Record) -> bool:
    """Tell whether somebody holds a record that has not ended."""
    stage = form.stage(record.stage)
    return record.owner is not None and not (stage is not None and stage.outcome)


def to_pool(work: Work, record: Record, kind: Kind) -> Saved | Conflict:
    """Take a record from whoever holds it, without asking for rights: what rules do too."""
    after = replace(record, owner=None, department=None)
    saved = settle_change(work, record, after, kind)
    if saved is None:
        return Conflict(record=record, clashes=(), theirs_by=None, theirs_at=None)
    if record.owner is not None:
        note_turn(work, record.id, record.owner, kind)
        if record.owner != work.act.actor.id:
            said = Message("“{title}”已从您名下收回公海", title=name_of(work, saved))
            tell(work, saved, record.owner, said)
    return Saved(saved)

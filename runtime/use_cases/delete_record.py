"""What happens when a record goes to the recycle bin, and when it comes back?"""

from __future__ import annotations

from dataclasses import replace

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.record import Record
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.locks import locked
from runtime.use_cases.checking import worked_out
from runtime.use_cases.notify import end_task
from runtime.use_cases.once import once
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Work, begin, reach
from runtime.use_cases.settling import settle_change

GONE = "deleted"
"""How to-dos end whose record is in the recycle bin."""
Deleted = Saved | Conflict | Denied | Missing


def delete_record(services: Services, act: Act, form: Form, id_: str) -> Deleted:
    """Put a record into the recycle bin."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: _delete(work, id_))


def _delete(work: Work, id_: str) -> Deleted:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    if not work.within(work.sight.delete, reached.row):
        return Denied(Message("您没有删除这条记录的权限"))
    gone = replace(reached.record, deleted_at=work.now)
    outcome = locked(work, id_) or _settled(work, reached.record, gone, "deleted")
    if isinstance(outcome, Saved):
        _end_to_dos(work, id_)
    return outcome


def put_away(work: Work, record: Record) -> None:
    """Put a record into the recycle bin whatever becomes of its approvals, as nobody's act."""
    _settled(work, record, replace(record, deleted_at=work.now), "deleted")
    _end_to_dos(work, record.id)


def _end_to_dos(work: Work, id_: str) -> None:
    """Nobody has anything to do about what is gone; its approvals see to themselves."""
    open_ones = work.unit.tasks.of_record(id_, state="open")
    ids = tuple(task.id for task in open_ones if task.approval is None)
    work.unit.tasks.void(ids, GONE, work.now)
    for task in ids:
        end_task(work.services, work.unit, task)


@lost_to_another
def restore_record(services: Services, act: Act, form: Form, id_: str) -> Deleted | Invalid:
    """Take a record out of the recycle bin; what became taken meanwhile is said."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: _restore(work, id_))


def _restore(work: Work, id_: str) -> Deleted | Invalid:
    record = work.unit.records.one(work.form, id_, deleted=True)
    if record is None or record.deleted_at is None:
        return Missing()
    row = work.row(record)
    if not work.within(work.sight.rows, row):
        return Missing()
    if not work.within(work.sight.delete, row):
        return Denied(Message("您没有恢复这条记录的权限"))
    back = replace(record, deleted_at=None)
    complaints = worked_out(work, None, back, record.values).complaints
    taken = {name: why for name, why in complaints.items() if _is_unique(work.form, name)}
    outcome = Invalid(taken) if taken else _settled(work, record, back, "restored")
    if isinstance(outcome, Saved):
        work.unit.tasks.revive(id_, GONE)
    return outcome


def _is_unique(form: Form, name: str) -> bool:
    return name in form.fields and bool(form.fields[name].unique)


def _settled(work: Work, before: Record, after: Record, kind: str) -> Saved | Conflict:
    saved = settle_change(work, before, after, kind)
    if saved is None:
        return Conflict(record=before, clashes=(), theirs_by=None, theirs_at=None)
    return Saved(saved)

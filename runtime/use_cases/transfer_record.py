"""What happens when a record gets another owner?"""

from __future__ import annotations

from dataclasses import replace

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.once import once
from runtime.use_cases.reach import Work, begin, reach
from runtime.use_cases.settling import settle_change

Transferred = Saved | Invalid | Conflict | Denied | Missing


def transfer_record(services: Services, act: Act, form: Form, id_: str, owner: str) -> Transferred:
    """Give a record to another person, and with it to that person's department."""
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: transfer_in(work, id_, owner))


def transfer_in(work: Work, id_: str, owner: str) -> Transferred:
    """Do the same inside a transaction that is open already."""
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    if not work.within(work.sight.transfer, reached.row):
        return Denied(Message("您没有转移这条记录的权限"))
    return _hand_over(work, reached.record.id, owner)


def _hand_over(work: Work, id_: str, owner: str) -> Saved | Invalid | Conflict | Missing:
    person = work.unit.people.actor(owner)
    record = work.unit.records.one(work.form, id_)
    if record is None:
        return Missing()
    if person is None:
        return Invalid({"owner": (Message("请选择一位在职的同事"),)})
    if person.id == record.owner:
        return Saved(record)
    after = replace(record, owner=person.id, department=person.department)
    saved = settle_change(work, record, after, "transferred")
    if saved is None:
        return Conflict(record=record, clashes=(), theirs_by=None, theirs_at=None)
    return Saved(saved)

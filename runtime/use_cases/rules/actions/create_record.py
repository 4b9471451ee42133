"""How does a rule make a record?"""

from __future__ import annotations

from engine.outcomes import Invalid, Saved, Submission
from engine.rules.actions.create_record import CreateRecord
from engine.wording import Message
from runtime.use_cases.create_record import Placement, create_in
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed, first_of
from runtime.use_cases.rules.fitting import fitting
from runtime.use_cases.rules.people import people_of

NOBODYS = Message("找不到新记录的负责人")


def perform(doing: Doing, action: CreateRecord) -> Came:
    """Make it as a person would, with the rule's own record behind it."""
    work = doing.work
    there = begin(work.services, work.unit, work.act, work.app.forms[action.form])
    values = fitting(doing, there.form, {id_: doing.value(id_) for id_ in action.set})
    if isinstance(values, Failed):
        return values
    if action.by is not None:
        values[action.by] = doing.record.id
    owners = people_of(doing, action.owner) if action.owner else (doing.record.owner or "",)
    owner = work.unit.people.actor(owners[0]) if owners else None
    # Without a word on whose it is, the form gives it away as it does with what people make.
    given_away = action.owner is None and owner is None and there.form.definition.routing
    if owner is None and not given_away:
        return Failed(NOBODYS)
    given = Submission(values=values, complaints={}, typed={})
    source = {"form": work.form.id, "record": doing.record.id}
    nothing = Submission(values={}, complaints={}, typed={})
    placement = Placement(owner=owner) if owner else None
    made = create_in(there, given, placement, nothing, data={"source": source})
    match made:
        case Saved(record=record) if record.owner == work.act.actor.id:
            return Failed(NOBODYS)
        case Saved(record=record):
            return Did(told={"form": action.form, "record": record.id})
        case Invalid(complaints=complaints):
            return first_of(complaints)
        case _:
            return Failed(made.message)

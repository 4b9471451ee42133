"""How does a rule change the record that its own refers to?"""

from __future__ import annotations

from dataclasses import replace

from engine.rules.actions.update_referred import UpdateReferred
from engine.wording import Message
from runtime.use_cases.reach import begin
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed
from runtime.use_cases.rules.changing import change
from runtime.use_cases.rules.fitting import fitting


def perform(doing: Doing, action: UpdateReferred) -> Came:
    """Change it as a person would."""
    work = doing.work
    form = work.app.forms[getattr(work.form.fields[action.through], "to", "")]
    id_ = doing.record.values.get(action.through)
    if id_ is None:
        return Did(told={"form": form.id, "records": []})
    there = begin(work.services, work.unit, work.act, form)
    record = work.unit.records.one(form, str(id_))
    if record is None:
        return Failed(Message("引用的记录已不存在"))
    given = fitting(doing, form, {id_: doing.value(id_) for id_ in action.set})
    if isinstance(given, Failed):
        return given
    came = change(there, record, given)
    if isinstance(came, Did):
        return replace(came, told={"form": form.id, "records": [record.id]}, record=None)
    return came

"""How does a rule let nothing new be made?"""

from __future__ import annotations

from engine.rules.actions.freeze import Freeze
from engine.wording import Message, Said
from runtime.store.freezes import Frozen
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed
from runtime.use_cases.rules.freezing import told_of
from runtime.use_cases.rules.people import people_of
from runtime.use_cases.rules.texts import said_as


def perform(doing: Doing, action: Freeze) -> Came:
    """Freeze it for the record or for each of the people; what is frozen already stays so."""
    subjects = _subjects(doing, action)
    if not subjects:
        return Failed(Message("找不到要冻结的记录或人"))
    work, done = doing.work, []
    for subject in subjects:
        frozen = _frozen(doing, action, subject)
        if work.unit.freezes.keep(frozen):
            done.append(subject)
            told_of(work, frozen, "frozen")
    if action.people is not None:
        return Did(told={"people": done})
    field = work.form.fields.get(action.through or "")
    return Did(told={"form": getattr(field, "to", work.form.id), "records": done})


def _subjects(doing: Doing, action: Freeze) -> tuple[str, ...]:
    if action.people is not None:
        return people_of(doing, action.people)
    if action.through is None:
        return (doing.record.id,)
    found = doing.record.values.get(action.through)
    return (found,) if isinstance(found, str) else ()


def _frozen(doing: Doing, action: Freeze, subject: str) -> Frozen:
    return Frozen(
        key=f"{doing.key}:{subject}",
        app=doing.work.app.id,
        form=action.form,
        by=action.by,
        subject=subject,
        rule=doing.rule.id,
        record=doing.record.id or None,
        reason=said_as(doing, action.text),
        way_on=Said(action.way_on) if action.way_on else None,
        lifted_by=action.lifted_by,
        at=doing.work.now,
    )

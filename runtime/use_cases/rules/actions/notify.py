"""How does a rule tell people something?"""

from __future__ import annotations

from engine.rules.actions.notify import Notify
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.rules.acting import Came, Did, Doing
from runtime.use_cases.rules.people import people_of
from runtime.use_cases.rules.texts import said_to

KIND = "reminder"


def perform(doing: Doing, action: Notify) -> Came:
    """Tell each person what they may read of it."""
    people = people_of(doing, action.to)
    for person in people:
        notice = NoticeText(
            text=said_to(doing, action.text, person),
            kind=KIND,
            app=doing.work.form.app,
            form=doing.work.form.id,
            record=doing.record.id or None,
        )
        work = doing.work
        notify(work.services, work.unit, (person,), notice, key=doing.key, urgent=action.urgent)
    return Did(told={"people": list(people)})

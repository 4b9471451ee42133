"""How does a rule lift what rules froze?"""

from __future__ import annotations

from engine.rules.actions.unfreeze import Unfreeze
from runtime.use_cases.rules.acting import Came, Did, Doing
from runtime.use_cases.rules.freezing import lift_in
from runtime.use_cases.rules.people import people_of


def perform(doing: Doing, action: Unfreeze) -> Came:
    """Lift what was frozen because of the record, or for the people."""
    work = doing.work
    if action.people is not None:
        people = people_of(doing, action.people)
        found = work.unit.freezes.of_people(work.app.id, people, action.form)
    else:
        found = work.unit.freezes.caused_by(work.app.id, doing.record.id, action.form)
    lifted = [one.subject for one in found if lift_in(work, one, work.act.reason)]
    return Did(told={"people" if action.people else "records": lifted})

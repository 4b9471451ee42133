"""How does a rule move its record on?"""

from __future__ import annotations

from engine.outcomes import Denied, Invalid, Refusal, Saved
from engine.rules.actions.advance import Advance
from engine.wording import Message
from runtime.use_cases.advance_record import Step, advance_in
from runtime.use_cases.rules.acting import Came, Did, Doing, Failed, Outrun, first_of


def perform(doing: Doing, action: Advance) -> Came:
    """Move it, if its gates are open; every reason that they are not is told."""
    if doing.record.stage == action.stage:
        return Did(told={"record": doing.record.id, "changed": []})
    outcome = advance_in(doing.work, doing.record.id, Step(target=action.stage))
    match outcome:
        case Saved(record=record):
            return Did(told={"record": record.id, "stage": action.stage}, record=record)
        case Refusal(reasons=reasons):
            return Failed(Message("{reasons}", reasons=[reason.message for reason in reasons]))
        case Invalid(complaints=complaints):
            return first_of(complaints)
        case Denied(message=message):
            return Failed(message)
    raise Outrun

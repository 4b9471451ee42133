"""Why was nothing done with a record, reason by reason?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Outcome, Refusal
from engine.wording import Message

CHANGED = Message("其他人刚刚修改了它，请刷新后再试")
GONE = Message("它不存在，或您没有查看的权限")


def reasons_of(form: Form, outcome: Outcome) -> tuple[Message, ...]:
    """Return every reason of a no; nothing for a yes."""
    match outcome:
        case Refusal(reasons=reasons):
            return tuple(reason.message for reason in reasons)
        case Invalid(complaints=complaints):
            return tuple(_named(form, complaints))
        case Denied(message=message):
            return (message,)
        case Conflict():
            return (CHANGED,)
        case Missing():
            return (GONE,)
    return ()


def _named(form: Form, complaints: Mapping[str, tuple[Message, ...]]) -> Iterator[Message]:
    for key, messages in complaints.items():
        field = form.fields.get(key.split(".")[0])
        for message in messages:
            if field is None:
                yield message
            else:
                yield Message("{field}: {problem}", field=field.label, problem=message)

"""Which HTTP answer does an outcome become?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from flask import Response

from engine.app import Form
from engine.masking import STAR
from engine.outcomes import Conflict, Denied, Invalid, Outcome, Reason, Refusal, Saved
from engine.record import Record, Value
from engine.wording import Message, Translate
from runtime.use_cases.list_records import BadQuestion

Say = Callable[[Message], str]

_encode = msgspec.json.Encoder().encode


class Telling(Protocol):
    """Who is told: in which words, and what of a record may be seen."""

    @property
    def say(self) -> Say:
        """Finish a message in the caller's language."""
        ...

    def seen(self, form: Form, record: Record) -> Record:
        """Leave of a record what the caller may see."""
        ...


def say_in(translate: Translate, locale: str, message: Message) -> str:
    """Finish a message in a language."""
    return message.fill(translate, locale)


def answer(body: Any, status: int = 200, **headers: str) -> Response:
    """Return JSON."""
    return Response(_encode(body), status, headers, mimetype="application/json")


def problem(status: int, title: str, **more: Any) -> Response:
    """Return an error as RFC 9457 describes it."""
    body = {"type": "about:blank", "title": title, "status": status, **more}
    response = Response(_encode(body), status, mimetype="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def bad_question(question: BadQuestion, say: Say) -> Response:
    """Return why a list can't be asked for; of a FEEL text, every mistake and its place."""
    errors = [
        {
            "code": error.code,
            "message": say(error.message),
            "start": error.start,
            "end": error.end,
            "suggestion": error.suggestion,
        }
        for error in question.problems
    ]
    return problem(400, say(question.message), **({"errors": errors} if errors else {}))


def record_data(form: Form, record: Record) -> dict[str, Any]:
    """Return a record as JSON: what every record has, and its fields under `values`."""
    writers = form.writers
    return {
        "id": record.id,
        "version": record.version,
        "owner": record.owner,
        "department": record.department,
        "pipeline": record.pipeline,
        "stage": record.stage,
        "stage_entered_at": record.stage_entered_at,
        "created_at": record.created_at,
        "created_by": record.created_by,
        "updated_at": record.updated_at,
        "updated_by": record.updated_by,
        "last_activity_at": record.last_activity_at,
        "values": {
            id_: value
            if value is None or (write := writers[id_]) is None or _is_starred(value)
            else write(value)
            for id_, value in record.values.items()
        },
    }


def _is_starred(value: Value) -> bool:
    """Tell whether a value was masked: it is a text then, whatever its field holds."""
    return isinstance(value, str) and STAR in value


def outcome_answer(form: Form, outcome: Outcome, caller: Telling, status: int = 200) -> Response:
    """Translate what came of a request; every reason and complaint is in the answer, and of the
    record what the caller may see."""
    match outcome:
        case Saved(record=record):
            body = record_data(form, caller.seen(form, record))
            return answer(body, status, ETag=f'"{record.version}"')
        case _:
            return refused(form, outcome, caller.say)


def refused(form: Form, outcome: Outcome, say: Say) -> Response:
    """Translate every kind of no."""
    match outcome:
        case Invalid(complaints=complaints):
            words = _complaints(complaints, say)
            return problem(422, say(Message("有内容需要修改")), complaints=words)
        case Refusal(reasons=reasons, may_override=may):
            listed = [reason_data(reason, say) for reason in reasons]
            title = say(Message("还不能推进"))
            return problem(409, title, reasons=listed, may_override=may)
        case Denied(message=message):
            return problem(403, say(message))
        case Conflict():
            return _conflict(form, outcome, say)
        case _:
            return missing(say)


def missing(say: Say) -> Response:
    """Say that there is nothing; the same for what the actor may not know of."""
    return problem(404, say(Message("没有找到，或您没有查看的权限")))


def reason_data(reason: Reason, say: Say) -> dict[str, str]:
    """Return one reason; the line of the rule stays inside."""
    data = {"kind": reason.kind, "subject": reason.subject, "message": say(reason.message)}
    return {**data, "rule": reason.rule} if reason.rule else data


def _complaints(complaints: Mapping[str, tuple[Message, ...]], say: Say) -> dict[str, list[str]]:
    return {id_: [say(message) for message in why] for id_, why in complaints.items()}


def _conflict(form: Form, conflict: Conflict, say: Say) -> Response:
    clashes = [
        {
            "field": clash.field,
            "base": form.fields[clash.field].data(clash.base),
            "mine": form.fields[clash.field].data(clash.mine),
            "theirs": form.fields[clash.field].data(clash.theirs),
        }
        for clash in conflict.clashes
    ]
    return problem(
        409,
        say(Message("这条记录刚被别人修改过")),
        clashes=clashes,
        version=conflict.record.version,
        changed_by=conflict.theirs_by,
        changed_at=conflict.theirs_at,
    )

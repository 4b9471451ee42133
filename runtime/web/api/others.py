"""How does a program transfer, convert and comment on records, and change many at once?"""

from __future__ import annotations

from dataclasses import replace

from flask import Response

from engine.app import Form
from engine.forms.submission import read_json
from engine.outcomes import Outcome
from engine.wording import Message
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.bulk import (
    Results,
    bulk_advance,
    bulk_delete,
    bulk_edit,
    bulk_transfer,
    used_otherwise,
)
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.use_cases.convert_record import Converted, Extra, convert_record, definition_of
from runtime.use_cases.rules.press_button import press_button, press_for_each
from runtime.use_cases.transfer_record import transfer_record
from runtime.web.api.answers import answer, missing, outcome_answer, problem, record_data, refused
from runtime.web.api.bodies import BulkBody, CommentBody, ConvertBody, PressBody, TransferBody
from runtime.web.api.caller import Caller
from runtime.web.api.records import ROOT
from runtime.web.api.routes import Routes


def add_others(routes: Routes) -> None:
    """Add the addresses of owners, comments, conversions and many records at once."""
    one = f"{ROOT}/records/<id>"
    routes.add_for_form("POST", f"{one}/transfer", transfer, TransferBody)
    routes.add_for_form("POST", f"{one}/comments", comment, CommentBody)
    routes.add_for_form("POST", f"{one}/convert/<conversion>", convert, ConvertBody)
    routes.add_for_form("POST", f"{one}/press/<rule>", press, PressBody)
    routes.add_for_form("POST", f"{ROOT}/bulk", bulk, BulkBody)


def transfer(caller: Caller, form: Form, body: TransferBody, id: str) -> Response:
    """Give a record to somebody else."""
    act = caller.because(body.reason)
    return outcome_answer(form, transfer_record(caller.services, act, form, id, body.owner), caller)


def comment(caller: Caller, form: Form, body: CommentBody, id: str) -> Response:
    """Write a comment."""
    remark = Remark(text=body.text, mentions=tuple(body.mentions), files=tuple(body.files))
    outcome = comment_record(caller.services, caller.act, form, id, remark)
    return outcome_answer(form, outcome, caller, 201)


def convert(caller: Caller, form: Form, body: ConvertBody, id: str, conversion: str) -> Response:
    """Make the records of a conversion."""
    definition = definition_of(form, conversion)
    if definition is None:
        return missing(caller.say)
    forms = caller.services.apps[form.app].forms
    targets = {step.id or step.form: forms[step.form] for step in definition.creates}
    typed = {
        name: read_json(targets[name], values)
        for name, values in body.values.items()
        if name in targets
    }
    act, extra = caller.because(body.reason), Extra(submissions=typed)
    outcome = convert_record(caller.services, act, form, id, conversion, extra)
    if not isinstance(outcome, Converted):
        return refused(form, outcome, caller.say)
    made = {
        name: {
            "form": record.form,
            **record_data(targets[name], caller.seen(targets[name], record)),
        }
        for name, record in outcome.made.items()
    }
    source = record_data(form, caller.seen(form, outcome.source))
    return answer({"source": source, "made": made}, 201)


def press(caller: Caller, form: Form, body: PressBody, id: str, rule: str) -> Response:
    """Press a button of the app's own."""
    given = read_json(form, body.values)
    outcome = press_button(caller.services, caller.act, form, id, rule, given)
    return outcome_answer(form, outcome, caller)


def bulk(caller: Caller, form: Form, body: BulkBody) -> Response:
    """Do the same to many records; each has an answer of its own."""
    if len(body.ids) > MOST_AT_ONCE:
        return problem(422, caller.say(Message("一次最多 {most} 条", most=MOST_AT_ONCE)))
    act = replace(caller.because(body.reason), door="bulk")
    refusal = used_otherwise(caller.services, act)
    if refusal is not None:
        return refused(form, refusal, caller.say)
    results = _done(caller.services, act, form, body)
    return answer({"results": [_line(caller, form, id_, out) for id_, out in results]})


def _done(services: Services, act: Act, form: Form, body: BulkBody) -> Results:
    match body.do:
        case "edit":
            return bulk_edit(services, act, form, body.ids, read_json(form, body.values))
        case "advance":
            return bulk_advance(services, act, form, body.ids, body.to)
        case "transfer":
            return bulk_transfer(services, act, form, body.ids, body.owner or "")
        case "delete":
            return bulk_delete(services, act, form, body.ids)
        case "press":
            given = read_json(form, body.values)
            return press_for_each(services, act, form, body.ids, body.button or "", given)


def _line(caller: Caller, form: Form, id_: str, outcome: Outcome) -> dict[str, object]:
    response = outcome_answer(form, outcome, caller)
    return {"id": id_, "status": response.status_code, "answer": response.get_json()}

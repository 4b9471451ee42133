"""How does a program move, transfer, convert and comment on records?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import Blueprint, Response, request

from engine.app import Form
from engine.forms.submission import read_json
from engine.outcomes import Missing, Outcome, Refusal
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.advance_record import Step, advance_record, what_is_missing
from runtime.use_cases.attach_evidence import Handed, attach_evidence, review_evidence
from runtime.use_cases.bulk import (
    MOST,
    Results,
    bulk_advance,
    bulk_delete,
    bulk_edit,
    bulk_transfer,
)
from runtime.use_cases.comment_record import comment_record
from runtime.use_cases.convert_record import Converted, Extra, convert_record
from runtime.use_cases.delete_record import restore_record
from runtime.use_cases.transfer_record import transfer_record
from runtime.web.api.answers import (
    answer,
    missing,
    outcome_answer,
    problem,
    reason_data,
    record_data,
    refused,
)
from runtime.web.api.bodies import (
    AdvanceBody,
    BulkBody,
    CommentBody,
    ConvertBody,
    HandedBody,
    ReviewBody,
    TransferBody,
    read_body,
)
from runtime.web.api.caller import Caller, called, with_form
from runtime.web.api.records import ROOT
from runtime.web.guard import program


def move_routes(services: Services, pages: Blueprint) -> None:
    """Add the addresses of stages and evidence."""

    @pages.post(f"{ROOT}/records/<id>/advance")
    @program
    @called(services)
    @with_form(services)
    def advance(caller: Caller, form: Form, id: str) -> Response:
        body = read_body(request, AdvanceBody, caller.say)
        if isinstance(body, Response):
            return body
        evidence = tuple(_handed(piece) for piece in body.evidence)
        if None in evidence:
            return problem(422, caller.say(Message("位置或日期写得不对")))
        step = Step(
            target=body.to,
            submission=read_json(form, body.values) if body.values else None,
            evidence=tuple(piece for piece in evidence if piece),
            version=body.version,
            override=body.override,
        )
        act = replace(caller.act, reason=body.reason)
        return outcome_answer(
            form, advance_record(services, act, form, id, step), caller.say, caller.seen
        )

    @pages.get(f"{ROOT}/records/<id>/missing")
    @program
    @called(services)
    @with_form(services)
    def missing_(caller: Caller, form: Form, id: str) -> Response:
        found = what_is_missing(services, caller.act, form, id, request.args.get("to"))
        if isinstance(found, Missing):
            return missing(caller.say)
        reasons = found.reasons if isinstance(found, Refusal) else ()
        return answer({"reasons": [reason_data(reason, caller.say) for reason in reasons]})

    @pages.post(f"{ROOT}/records/<id>/evidence")
    @program
    @called(services)
    @with_form(services)
    def attach(caller: Caller, form: Form, id: str) -> Response:
        body = read_body(request, HandedBody, caller.say)
        if isinstance(body, Response):
            return body
        handed = _handed(body)
        if handed is None:
            return problem(422, caller.say(Message("位置或日期写得不对")))
        outcome = attach_evidence(services, caller.act, form, id, handed)
        return outcome_answer(form, outcome, caller.say, caller.seen, 201)

    @pages.post(f"{ROOT}/records/<id>/evidence/<piece>/review")
    @program
    @called(services)
    @with_form(services)
    def review(caller: Caller, form: Form, id: str, piece: str) -> Response:
        body = read_body(request, ReviewBody, caller.say)
        if isinstance(body, Response):
            return body
        act = replace(caller.act, reason=body.reason)
        outcome = review_evidence(services, act, form, id, piece, body.verdict)
        return outcome_answer(form, outcome, caller.say, caller.seen)


def other_routes(services: Services, pages: Blueprint) -> None:
    """Add the addresses of owners, comments, conversions and many records at once."""

    @pages.post(f"{ROOT}/records/<id>/transfer")
    @program
    @called(services)
    @with_form(services)
    def transfer(caller: Caller, form: Form, id: str) -> Response:
        body = read_body(request, TransferBody, caller.say)
        if isinstance(body, Response):
            return body
        act = replace(caller.act, reason=body.reason)
        return outcome_answer(
            form, transfer_record(services, act, form, id, body.owner), caller.say, caller.seen
        )

    @pages.post(f"{ROOT}/records/<id>/restore")
    @program
    @called(services)
    @with_form(services)
    def restore(caller: Caller, form: Form, id: str) -> Response:
        return outcome_answer(
            form, restore_record(services, caller.act, form, id), caller.say, caller.seen
        )

    @pages.post(f"{ROOT}/records/<id>/comments")
    @program
    @called(services)
    @with_form(services)
    def comment(caller: Caller, form: Form, id: str) -> Response:
        body = read_body(request, CommentBody, caller.say)
        if isinstance(body, Response):
            return body
        mentions, files = tuple(body.mentions), tuple(body.files)
        outcome = comment_record(services, caller.act, form, id, body.text, mentions, files)
        return outcome_answer(form, outcome, caller.say, caller.seen, 201)

    @pages.post(f"{ROOT}/records/<id>/convert/<conversion>")
    @program
    @called(services)
    @with_form(services)
    def convert(caller: Caller, form: Form, id: str, conversion: str) -> Response:
        body = read_body(request, ConvertBody, caller.say)
        if isinstance(body, Response):
            return body
        return _converted(services, caller, form, id, conversion, body)

    @pages.post(f"{ROOT}/bulk")
    @program
    @called(services)
    @with_form(services)
    def bulk(caller: Caller, form: Form) -> Response:
        body = read_body(request, BulkBody, caller.say)
        if isinstance(body, Response):
            return body
        if len(body.ids) > MOST:
            return problem(422, caller.say(Message("一次最多 {most} 条", most=MOST)))
        results = _bulk(services, caller, form, body)
        if results is None:
            return problem(422, caller.say(Message("do 应为 edit、advance、transfer 或 delete")))
        return answer({"results": [_line(caller, form, id_, out) for id_, out in results]})


def _handed(body: HandedBody) -> Handed | None:
    try:
        return Handed(
            item=body.item,
            file=body.file,
            latitude=_degrees(body.latitude),
            longitude=_degrees(body.longitude),
            expires_on=date.fromisoformat(body.expires_on) if body.expires_on else None,
        )
    except (InvalidOperation, ValueError):
        return None


def _degrees(text: str | None) -> Decimal | None:
    if text is None:
        return None
    degrees = Decimal(text)
    if not degrees.is_finite() or abs(degrees) > 180:
        raise ValueError(text)
    return degrees


def _converted(
    services: Services, caller: Caller, form: Form, id_: str, conversion: str, body: ConvertBody
) -> Response:
    definition = next((c for c in form.definition.conversions if c.id == conversion), None)
    if definition is None:
        return missing(caller.say)
    forms = services.apps[form.app].forms
    targets = {step.id or step.form: forms[step.form] for step in definition.creates}
    submissions = {
        name: read_json(targets[name], values)
        for name, values in body.values.items()
        if name in targets
    }
    act = replace(caller.act, reason=body.reason)
    outcome = convert_record(services, act, form, id_, conversion, Extra(submissions=submissions))
    if not isinstance(outcome, Converted):
        return refused(form, outcome, caller.say)
    made = {
        name: {
            "form": record.form,
            **record_data(targets[name], caller.seen(targets[name], record)),
        }
        for name, record in outcome.made.items()
    }
    return answer(
        {"source": record_data(form, caller.seen(form, outcome.source)), "made": made}, 201
    )


def _bulk(services: Services, caller: Caller, form: Form, body: BulkBody) -> Results | None:
    act = replace(caller.act, door="bulk", reason=body.reason, key=None)
    match body.do:
        case "edit":
            return bulk_edit(services, act, form, body.ids, read_json(form, body.values))
        case "advance":
            return bulk_advance(services, act, form, body.ids, body.to)
        case "transfer":
            return bulk_transfer(services, act, form, body.ids, body.owner or "")
        case "delete":
            return bulk_delete(services, act, form, body.ids)
        case _:
            return None


def _line(caller: Caller, form: Form, id_: str, outcome: Outcome) -> dict[str, object]:
    response = outcome_answer(form, outcome, caller.say, caller.seen)
    return {"id": id_, "status": response.status_code, "answer": response.get_json()}

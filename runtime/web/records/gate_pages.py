"""How is a record moved to another stage, with what is missing filled in on the way?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.app import Form
from engine.definition.stage import StageDef
from engine.fields.lines import Lines
from engine.outcomes import Conflict, Denied, Invalid, Missing, Reason, Refusal, Saved
from engine.record import StoredFile
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.act import Door
from runtime.use_cases.advance_record import Advanced, Step, advance_record, what_is_missing
from runtime.use_cases.attach_evidence import Handed
from runtime.use_cases.keep_file import open_file
from runtime.use_cases.preview_record import EMPTY, Preview, preview_change
from runtime.use_cases.read_record import Reading
from runtime.web.answers import (
    CONFLICT,
    UNPROCESSABLE,
    asked_by_module,
    forbidden,
    form_at,
    moved_on,
    not_found,
    part,
)
from runtime.web.forms.logic import form_logic
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import submitted
from runtime.web.forms.view import Complaints, Easel
from runtime.web.guard import signed_in
from runtime.web.records.gate_view import gate_sheet, missing_fields, told
from runtime.web.records.pages import reading_of
from runtime.web.showing import note, sayer, show
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_of_rows
from runtime.web.visit import Visit

# No field can have a name that begins like this.
EVIDENCE = "_evidence-"
POSITION = "_position-"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Why a record did not move, to be shown in the sheet."""

    reasons: Sequence[Reason] = ()
    complaints: Complaints | None = None
    heading: str = ""
    said: Sequence[Message] = ()
    status: int = UNPROCESSABLE


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the sheet that moves a record."""
    blueprint = Blueprint("gate", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/advance")
    @signed_in
    def gate_sheet_of(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        reading = reading_of(services, visit, found, id)
        target = _target(found, reading, request.args.get("to"))
        reasons = _missing(services, visit, reading, target)
        return _sheet(
            services, easel, visit, (reading, target), Answer(reasons=reasons, status=200)
        )

    @blueprint.post("/a/<app>/<form>/<id>/advance")
    @signed_in
    def advance(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        found = form_at(services, app, form)
        reading = reading_of(services, visit, found, id)
        target = _target(found, reading, request.form.get("_to"))
        reason = request.form.get("_reason", "").strip() or None
        act = visit.act(_door(), reason=reason, key=key_of(request.form))
        outcome = advance_record(services, act, found, id, _step(found, target))
        return _answered(services, easel, visit, (reading, target), outcome)

    return blueprint


def _door() -> Door:
    return "board" if request.form.get("_door") == "board" else "form"


def _target(form: Form, reading: Reading, wanted: str | None) -> StageDef:
    stage = form.stage(wanted) if wanted else reading.next
    if stage is None:
        not_found()
    return stage


def _missing(
    services: Services, visit: Visit, reading: Reading, target: StageDef
) -> tuple[Reason, ...]:
    if reading.next is not None and target.id == reading.next.id:
        return reading.missing
    refusal = what_is_missing(
        services, visit.act("form"), reading.form, reading.record.id, target.id
    )
    return refusal.reasons if isinstance(refusal, Refusal) else ()


def _step(form: Form, target: StageDef) -> Step:
    typed = request.form
    return Step(
        target=target.id,
        submission=submitted(form, typed),
        evidence=tuple(_handed(name) for name in _evidence_names(typed)),
        version=typed.get("_version", type=int),
        override=typed.get("_override") == "yes",
    )


def _evidence_names(typed: Any) -> list[tuple[str, str]]:
    return [
        (name.removeprefix(EVIDENCE), file)
        for name in typed
        if name.startswith(EVIDENCE)
        for file in typed.getlist(name)
        if file
    ]


def _handed(pair: tuple[str, str]) -> Handed:
    item, file = pair
    return handed_at(item, file, request.form.get(f"{POSITION}{item}", ""))


def handed_at(item: str, file: str, position: str) -> Handed:
    """Return a file handed in for an item, with the position that the device gave, if any."""
    try:
        place: Mapping[str, Any] = json.loads(position) if position else {}
        latitude = Decimal(str(place["latitude"])) if place else None
        longitude = Decimal(str(place["longitude"])) if place else None
    except (ValueError, KeyError, TypeError, InvalidOperation):
        return Handed(item=item, file=file)
    return Handed(item=item, file=file, latitude=latitude, longitude=longitude)


def _answered(
    services: Services,
    easel: Easel,
    visit: Visit,
    where: tuple[Reading, StageDef],
    outcome: Advanced,
) -> ResponseReturnValue:
    reading, target = where
    say = sayer(visit.locale)
    label = words(target.label, visit.locale)
    heading = say("还不能到“{stage}”", stage=label)
    match outcome:
        case Saved(record=record):
            note(say("已到“{stage}”", stage=label))
            return moved_on(f"/a/{record.app}/{record.form}/{record.id}", id=record.id)
        case Missing():
            not_found()
        case Refusal(reasons=reasons):
            said = [reason.message for reason in reasons]
            answer = Answer(reasons=reasons, heading=heading, said=said)
        case Invalid(complaints=complaints):
            # What was typed is not kept, so everything that was missing still is.
            reasons = _missing(services, visit, reading, target)
            said = [message for messages in complaints.values() for message in messages]
            answer = Answer(reasons=reasons, complaints=complaints, heading=heading, said=said)
        case Denied(message=message):
            answer = Answer(heading=heading, said=[message], status=403)
        case Conflict():
            changed = Message("其他人刚刚修改了这条记录，请刷新后再试")
            answer = Answer(heading=heading, said=[changed], status=CONFLICT)
    return _sheet(services, easel, visit, where, answer)


def _sheet(
    services: Services,
    easel: Easel,
    visit: Visit,
    where: tuple[Reading, StageDef],
    answer: Answer,
) -> ResponseReturnValue:
    reading, target = where
    form, record = reading.form, reading.record
    typed = submitted(form, request.form) if request.method == "POST" else EMPTY
    preview = preview_change(services, visit.act("form"), form, record.id, typed)
    if isinstance(preview, Missing | Denied):
        forbidden()
    people = [{"owner": piece.added_by} for piece in reading.evidence]
    cells = cells_of_rows(services, visit, form, people)
    gate = gate_sheet(visit, reading, target, answer.reasons, cells)
    inputs = _inputs(easel, visit, preview, answer)
    gate |= {
        "inputs": inputs,
        "logic": _logic(services, visit, preview, inputs),
        "evidence": [
            _with_typed(services, visit, item, answer, cells) for item in gate["evidence"]
        ],
        "refused": answer.heading,
        "said": told(answer.said, cells),
        "reason": request.form.get("_reason", ""),
    }
    html = _rendered(services, visit, reading, gate)
    return part(html, answer.status) if asked_by_module() else (html, answer.status)


def _rendered(services: Services, visit: Visit, reading: Reading, gate: Mapping[str, Any]) -> str:
    record = reading.record
    values = {
        "app": reading.app.id,
        "form": reading.form,
        "base": f"/a/{record.app}/{record.form}/{record.id}",
        "version": record.version,
        "gate": gate,
        "heading": gate["button"] if gate["kind"] != "forward" else _heading(visit, gate),
    }
    if asked_by_module():
        return show(services, visit, "gate_sheet.html", nav=None, **values)
    return show(services, visit, "sheet_page.html", sheet="gate_sheet.html", **values)


def _heading(visit: Visit, gate: Mapping[str, Any]) -> str:
    return sayer(visit.locale)("推进到“{stage}”", stage=gate["stage"])


def _inputs(easel: Easel, visit: Visit, preview: Preview, answer: Answer) -> tuple[Any, ...]:
    drawn = [name for text in request.form.getlist("_fields") for name in text.split()]
    named = {*missing_fields(preview.form, answer.reasons), *drawn}
    ids = tuple(id_ for id_ in preview.form.fields if id_ in named)
    typed = request.form if request.method == "POST" else None
    inputs = easel.inputs(visit, preview, ids, typed, answer.complaints)
    for field in inputs:
        # The gate asks for it, whatever the form itself says.
        field.required, field.visible = True, True
    return tuple(field for field in inputs if field.editable)


def _logic(
    services: Services, visit: Visit, preview: Preview, inputs: Sequence[Any]
) -> Markup | None:
    """Return how the browser works out the figures of rows; None if the sheet asks for no rows."""
    lines = [one.id for one in inputs if isinstance(preview.form.fields[one.id], Lines)]
    return form_logic(services, visit, preview).of_rows(lines).text() if lines else None


def _with_typed(services: Services, visit: Visit, item: Any, answer: Answer, cells: Cells) -> Any:
    complaints = (answer.complaints or {}).get(item.id, ())
    ids = request.form.getlist(f"{EVIDENCE}{item.id}")
    return replace(
        item,
        kept=_files(services, visit, ids),
        position=request.form.get(f"{POSITION}{item.id}", "") if ids else "",
        complaints=tuple(told(complaints, cells)),
    )


def _files(services: Services, visit: Visit, ids: Sequence[str]) -> tuple[StoredFile, ...]:
    found = (open_file(services, visit.act("form"), id_) for id_ in ids)
    return tuple(one[0] for one in found if not isinstance(one, Missing))

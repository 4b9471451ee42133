"""How is a record turned into others, with what they still need asked first?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engine.app import Form
from engine.outcomes import Conflict, Denied, Invalid, Missing, Refusal, Submission
from engine.record import Record
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.convert_record import (
    Converted,
    Extra,
    convert_record,
    definition_of,
)
from runtime.use_cases.preview_convert import Conversion, Making, preview_convert
from runtime.web.answers import (
    UNPROCESSABLE,
    asked_by_module,
    forbidden,
    form_at,
    moved_on,
    not_found,
    part,
)
from runtime.web.forms.sent_once import key_of
from runtime.web.forms.typed import submitted
from runtime.web.forms.view import Complaint, Complaints, Easel, Typed, anchor
from runtime.web.guard import signed_in
from runtime.web.language import translate
from runtime.web.records.view import Fact, title_of
from runtime.web.showing import note, sayer, show
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

MOST_FACTS = 12


@dataclass(frozen=True, kw_only=True)
class Place:
    """Which conversion of which record."""

    form: Form
    id: str
    conversion: str

    @property
    def base(self) -> str:
        """The page of the record."""
        return f"/a/{self.form.app}/{self.form.id}/{self.id}"


def pages(services: Services, easel: Easel) -> Blueprint:
    """Return the page that converts a record."""
    blueprint = Blueprint("convert", __name__)

    @blueprint.get("/a/<app>/<form>/<id>/convert/<conversion>")
    @signed_in
    def offer(visit: Visit, app: str, form: str, id: str, conversion: str) -> ResponseReturnValue:
        place = Place(form=form_at(services, app, form), id=id, conversion=conversion)
        return _page(services, easel, visit, place)

    @blueprint.post("/a/<app>/<form>/<id>/convert/<conversion>")
    @signed_in
    def convert(visit: Visit, app: str, form: str, id: str, conversion: str) -> ResponseReturnValue:
        place = Place(form=form_at(services, app, form), id=id, conversion=conversion)
        if request.form.get("_do") == "redraw":
            return _page(services, easel, visit, place)
        extra = Extra(submissions=_submissions(services, place))
        act = visit.act("form", key=key_of(request.form))
        outcome = convert_record(services, act, place.form, id, conversion, extra)
        if isinstance(outcome, Converted):
            return _done(services, visit, outcome.made)
        if isinstance(outcome, Missing):
            not_found()
        return _page(services, easel, visit, place, _complaints(outcome))

    return blueprint


def _complaints(outcome: Invalid | Refusal | Denied | Conflict) -> Complaints:
    match outcome:
        case Invalid(complaints=complaints):
            return complaints
        case Refusal(reasons=reasons):
            return {"": tuple(reason.message for reason in reasons)}
        case Denied(message=message):
            return {"": (message,)}
        case Conflict():
            return {"": (Message("其他人刚刚修改了这条记录，请刷新后再试"),)}


def _submissions(services: Services, place: Place) -> dict[str, Submission]:
    definition = definition_of(place.form, place.conversion)
    forms = services.apps[place.form.app].forms
    found = {}
    for step in definition.creates if definition else ():
        name = step.id or step.form
        typed = part_of(request.form, name)
        if typed:
            found[name] = submitted(forms[step.form], typed)
    return found


def part_of(typed: Typed, name: str) -> Typed:
    """Return what was typed for one of the new records, under its plain names."""
    start = f"{name}."
    found: MultiDict[str, str] = MultiDict()
    for key, text in typed.items(multi=True):
        if key == "_fields":
            mine = [one.removeprefix(start) for one in text.split() if one.startswith(start)]
            if mine:
                found.add(key, " ".join(mine))
        elif key.startswith(start):
            found.add(key.removeprefix(start), text)
    return found


def _page(
    services: Services,
    easel: Easel,
    visit: Visit,
    place: Place,
    complaints: Complaints | None = None,
) -> ResponseReturnValue:
    typed = _submissions(services, place) if request.method == "POST" else {}
    act = visit.act("form")
    found = preview_convert(services, act, place.form, place.id, place.conversion, typed)
    if isinstance(found, Missing):
        not_found()
    if isinstance(found, Denied):
        forbidden()
    if isinstance(found, Refusal):
        return _not_now(visit, place, found)
    values = _values(services, easel, visit, place, found, complaints or {})
    status = UNPROCESSABLE if complaints else 200
    if asked_by_module():
        return part(show(services, visit, "convert_body.html", nav=None, **values), status)
    return show(services, visit, "convert.html", **values), status


def _not_now(visit: Visit, place: Place, refusal: Refusal) -> ResponseReturnValue:
    into = translate(visit.locale)
    for reason in refusal.reasons:
        note(reason.message.fill(into, visit.locale), "red")
    return moved_on(place.base)


def _values(
    services: Services,
    easel: Easel,
    visit: Visit,
    place: Place,
    found: Conversion,
    complaints: Complaints,
) -> dict[str, Any]:
    cells = cells_for(services, visit, found.form, (found.source,))
    title = title_of(found.form, found.source, cells)
    heading = words(found.definition.label, visit.locale)
    label = words(found.form.definition.label, visit.locale)
    return {
        "app": place.form.app,
        "form": place.form,
        "heading": heading,
        "title": title,
        "steps": [_step(services, easel, visit, one, complaints) for one in found.makings],
        "summary": list(_summary(visit, found, complaints)),
        "base": place.base,
        "action": f"{place.base}/convert/{place.conversion}",
        "draft_key": f"{visit.person.id}:{place.base}/convert/{place.conversion}",
        "key": request.form.get("_key") or uuid4().hex,
        "crumbs": [
            (label, f"/a/{place.form.app}/{place.form.id}/"),
            (title, place.base),
            (heading, None),
        ],
    }


def _step(
    services: Services, easel: Easel, visit: Visit, making: Making, complaints: Complaints
) -> dict[str, Any]:
    form = making.form
    shown: dict[str, Any] = {
        "label": words(form.definition.label, visit.locale),
        "icon": form.definition.icon,
        "existing": None,
        "facts": [],
        "inputs": (),
    }
    if making.preview is None:
        cells = cells_for(services, visit, form, (making.existing,) if making.existing else ())
        name = title_of(form, making.existing, cells) if making.existing else "—"
        return {**shown, "existing": name}
    mine = _of_step(complaints, making.name)
    ids = _wanted(making, mine)
    typed = part_of(request.form, making.name) if request.method == "POST" else None
    inputs = easel.inputs(visit, making.preview, ids, typed, mine)
    for field in inputs:
        field.visible = True
        field.under(making.name)
    return {**shown, "facts": list(_facts(services, visit, making, ids)), "inputs": inputs}


def _wanted(making: Making, complaints: Complaints) -> tuple[str, ...]:
    named = {key.split(".")[0] for key in complaints} | set(making.asked)
    return tuple(
        id_ for id_, field in making.form.fields.items() if id_ in named and field.settable
    )


def _of_step(complaints: Complaints, name: str) -> Complaints:
    start = f"{name}."
    return {
        key.removeprefix(start): messages
        for key, messages in complaints.items()
        if key.startswith(start)
    }


def _facts(
    services: Services, visit: Visit, making: Making, asked: tuple[str, ...]
) -> Iterator[Fact]:
    if making.preview is None:
        return
    form, record = making.form, making.preview.record
    cells = cells_for(services, visit, form, (record,))
    shown = [id_ for id_ in making.carried if id_ not in asked][:MOST_FACTS]
    for id_ in shown:
        if id_ in making.preview.sight.hidden:
            continue
        field = form.fields[id_]
        yield Fact(
            label=words(field.label, visit.locale),
            shown=cells.cell(form, id_, record.values.get(id_)),
            type=field.type,
            full=False,
        )


def _summary(visit: Visit, found: Conversion, complaints: Complaints) -> Iterator[Complaint]:
    into = translate(visit.locale)
    for key, messages in complaints.items():
        for message in messages:
            yield Complaint(message.fill(into, visit.locale), anchor(key))


def _done(services: Services, visit: Visit, made: Mapping[str, Record]) -> ResponseReturnValue:
    say = sayer(visit.locale)
    names = []
    for record in made.values():
        form = services.apps[record.app].forms[record.form]
        names.append(words(form.definition.label, visit.locale))
    note(say("已生成：{names}", names=names))
    last = list(made.values())[-1]
    return moved_on(f"/a/{last.app}/{last.form}/{last.id}", id=last.id)

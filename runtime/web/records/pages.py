"""How is one record looked at?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.definition.form import ConversionDef
from engine.outcomes import Missing
from runtime.services import Services
from runtime.use_cases.publics.links import codes_of
from runtime.use_cases.read_record import Reading, read_record
from runtime.use_cases.timeline import timeline
from runtime.web.answers import form_at, not_found, part
from runtime.web.approvals.cards import approval_values
from runtime.web.guard import signed_in
from runtime.web.inbox.doing import own_to_dos
from runtime.web.records.freeze_view import frozen_lines
from runtime.web.records.gate_view import gate_card
from runtime.web.records.timeline import entries
from runtime.web.records.view import record_values
from runtime.web.showing import show
from runtime.web.values.naming import cells_of_rows
from runtime.web.visit import Visit


def pages(services: Services) -> Blueprint:
    """Return the record page and the parts of it that are fetched again."""
    blueprint = Blueprint("record", __name__)

    @blueprint.get("/a/<app>/<form>/<id>")
    @signed_in
    def show_record(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        reading = reading_of(services, visit, form_at(services, app, form), id)
        return show(services, visit, "record.html", **_values(services, visit, reading))

    @blueprint.get("/a/<app>/<form>/<id>/gate")
    @signed_in
    def gate_part(visit: Visit, app: str, form: str, id: str) -> ResponseReturnValue:
        reading = reading_of(services, visit, form_at(services, app, form), id)
        values = _gate_values(services, visit, reading)
        return part(show(services, visit, "gate_card.html", nav=None, **values))

    return blueprint


def reading_of(services: Services, visit: Visit, form: Form, id_: str) -> Reading:
    """Return a record with all that its page shows. Raises NotFound."""
    reading = read_record(services, visit.act("form"), form, id_)
    if isinstance(reading, Missing):
        not_found()
    return reading


def _values(services: Services, visit: Visit, reading: Reading) -> dict[str, Any]:
    approvals = approval_values(services, visit, reading)
    reading = replace(reading, may=reading.may - approvals["shut"])
    cells = cells_of_rows(services, visit, reading.form, _rows(reading))
    values = record_values(services, visit, reading, cells)
    gate = gate_card(visit, reading, cells)
    return {
        **values,
        **_timeline(services, visit, reading),
        **approvals,
        "todos": own_to_dos(services, visit, reading),
        "gate": gate,
        "frozen": frozen_lines(visit, reading),
        **_rights(services, visit, reading),
    }


def _gate_values(services: Services, visit: Visit, reading: Reading) -> dict[str, Any]:
    cells = cells_of_rows(services, visit, reading.form, _rows(reading))
    record = reading.record
    return {
        "form": reading.form,
        "gate": gate_card(visit, reading, cells),
        "next": reading.next,
        "base": f"/a/{record.app}/{record.form}/{record.id}",
        **_rights(services, visit, reading),
    }


def _rights(services: Services, visit: Visit, reading: Reading) -> dict[str, Any]:
    return {
        "buttons": reading.buttons,
        "documents": reading.documents,
        "codes_url": _codes_url(services, visit, reading),
        "may_fill": "advance" in reading.may,
        "way_on": _way_on(reading),
        "may_attach": bool({"edit", "advance"} & reading.may),
        "may_comment": "comment" in reading.may and reading.form.definition.comments,
    }


def _codes_url(services: Services, visit: Visit, reading: Reading) -> str | None:
    """Return where the codes are by which people outside come to this very record."""
    form, id_ = reading.form, reading.record.id
    mine = codes_of(services.apps[form.app], form, visit.person)
    return f"/public/{form.app}?record={id_}" if mine else None


def _way_on(reading: Reading) -> ConversionDef | None:
    """Return the conversion that goes to the next stage: then that is the button to press."""
    if reading.next is None:
        return None
    return next((one for one in reading.conversions if one.stage == reading.next.id), None)


def _rows(reading: Reading) -> list[dict[str, Any]]:
    people = [{"owner": piece.added_by} for piece in reading.evidence]
    return [dict(reading.record.row()), *people]


def _timeline(services: Services, visit: Visit, reading: Reading) -> dict[str, Any]:
    record = reading.record
    before = request.args.get("before")
    told = timeline(services, visit.act("form"), reading.form, record.id, before)
    if isinstance(told, Missing) or not reading.form.definition.timeline:
        return {"timeline": (), "timeline_more": None}
    last = told.events[-1].id if told.events and told.more else None
    here = f"/a/{record.app}/{record.form}/{record.id}"
    return {
        "timeline": entries(services, visit, reading.form, told),
        "timeline_more": f"{here}?before={last}#panel-timeline" if last else None,
    }

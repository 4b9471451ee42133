"""What do some fields of a form look like when nothing is filled in and nothing is hidden?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from msgspec import structs
from wtforms.form import BaseForm

from engine.access.sight import SEES_ALL
from engine.app import App, Form, Logic
from engine.field import Field, NotAcceptable
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.name_values import Names
from runtime.web.forms.drawing import inputs_of
from runtime.web.forms.dressing import State, Wardrobe, dress
from runtime.web.language import translate
from runtime.web.values.cells import Cells

WORKED_OUT = Message("自动生成，不用填写")


def sample_inputs(
    services: Services, app: App, form: Form, ids: Iterable[str], locale: str
) -> dict[str, Any]:
    """Return the inputs of some fields, dressed, by id; the database is not asked, and what the
    rest of the form is like makes no difference."""
    slim = _slim(form, ids)
    values = {id_: _first_value(field) for id_, field in slim.fields.items()}
    drawn = BaseForm(inputs_of(slim.fields.values()))
    drawn.process(None, data=values)
    cells = Cells(
        app=app,
        names=Names(),
        locale=locale,
        translate=translate(locale),
        zone=ZoneInfo(services.settings.zone),
    )
    wardrobe = Wardrobe(
        form=slim,
        sight=SEES_ALL,
        cells=cells,
        row=values,
        states={id_: _state(field) for id_, field in slim.fields.items()},
        complaints={},
    )
    dressed = dress(drawn, wardrobe, slim.fields)
    note = WORKED_OUT.fill(translate(locale), locale)
    for one in dressed:
        if not one.editable and values.get(one.definition.id) is None:
            one.shown = Markup('<span class="muted">{}</span>').format(note)
    return {one.definition.id: one for one in dressed}


def _slim(form: Form, ids: Iterable[str]) -> Form:
    """Return the form with these fields only, and nothing that is worked out."""
    fields = {id_: _plain(form.fields[id_]) for id_ in ids}
    return replace(form, fields=fields, logic=Logic(), pipelines=())


def _plain(field: Field) -> Field:
    # A person, a department or a record is nobody in a sample; what is locked at times is open.
    changes: dict[str, Any] = {"readonly": field.readonly is True}
    if field.type in ("person", "department", "reference", "reference_list"):
        changes["default"] = None
    return structs.replace(field, **changes)


def _first_value(field: Field) -> Any:
    # A sub-table without a row would not show its columns.
    if field.type == "lines":
        return ({"id": None},)
    try:
        return field.fixed_default
    except NotAcceptable:
        return None


def _state(field: Field) -> State:
    return State(required=field.required is True, readonly=field.readonly is True)

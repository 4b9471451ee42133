"""What does a form look like when nothing is filled in and nothing is hidden?"""

from __future__ import annotations

from dataclasses import replace

from engine.access.sight import SEES_ALL
from engine.app import Form
from engine.forms.layout import Layout, Shown
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.preview_record import Preview, preview_in
from runtime.use_cases.reach import begin


def empty_form(services: Services, act: Act, form: Form) -> Preview:
    """Return an empty record with its defaults, every field shown; no stored record is read."""
    with services.store.reading() as unit:
        work = replace(begin(services, unit, act, form), sight=SEES_ALL)
        preview = preview_in(work, None, None, {})
    shown = {
        id_: Shown(required=field.required is True, readonly=field.readonly is True)
        for id_, field in form.fields.items()
    }
    sections = {section.id: True for section in form.definition.sections}
    # A sub-table without a row would not show its columns.
    rows = {id_: ({"id": None},) for id_, field in form.fields.items() if field.type == "lines"}
    return replace(
        preview,
        record=replace(preview.record, values={**preview.record.values, **rows}),
        stored=replace(preview.record, values={}),
        layout=Layout(sections=sections, fields=shown),
        creatable=frozenset(),
    )

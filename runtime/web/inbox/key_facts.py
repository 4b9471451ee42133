"""What of a record does one see in a list of decisions, before one opens it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.app import Form
from engine.record import Record
from engine.wording import words
from runtime.services import Services
from runtime.use_cases.inbox import Line, records_about
from runtime.web.lists.view import figure_of, short_figure
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

MOST = 2
"""Facts beside the figure: a line is read at a glance."""
TOO_LONG = frozenset({"lines", "file", "image", "signature", "rich_text", "long_text", "geo"})


@dataclass(frozen=True)
class KeyFacts:
    """The amount that it is about, and what else tells one from another."""

    figure: str = ""
    text: str = ""


NO_FACTS = KeyFacts()


def key_facts(services: Services, visit: Visit, lines: Iterable[Line]) -> Mapping[str, KeyFacts]:
    """Return the key fields of the records that approvals are about, by task; those that the
    list of the form shows, as far as the visitor sees them."""
    asked = [line for line in lines if line.task.approval and line.form and line.about]
    forms = {(line.form.app, line.form.id): line.form for line in asked if line.form}
    facts: dict[str, KeyFacts] = {}
    for form in forms.values():
        ids = {line.task.id: line.task.record or "" for line in asked if line.form is form}
        found = records_about(services, visit.act(), form, ids.values())
        cells = cells_for(services, visit, form, found.values())
        facts |= {
            task: _facts(form, found[record], cells)
            for task, record in ids.items()
            if record in found
        }
    return facts


def _facts(form: Form, record: Record, cells: Cells) -> KeyFacts:
    columns = form.definition.list.columns or tuple(form.fields)
    figure = figure_of(form, columns)
    amount = cells.text(form, figure, record.values.get(figure)) if figure else ""
    fields = [form.fields[id_] for id_ in columns if id_ in form.fields]
    shown = [
        f"{words(field.label, cells.locale)} {text}"
        for field in fields
        if field.id not in (form.definition.title, figure) and field.type not in TOO_LONG
        if (text := cells.text(form, field.id, record.values.get(field.id)))
    ]
    return KeyFacts(short_figure(amount), " · ".join(shown[:MOST]))

"""What stands on a record page: facts, path, related lists, actions?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.form import SectionDef
from engine.definition.page import RelatedDef
from engine.field import Field
from engine.forms.layout import Layout, layout
from engine.forms.tabs import on_tabs
from engine.outcomes import Denied
from engine.record import Record
from engine.stages.moves import Kind
from engine.wording import Message, words
from runtime.services import Services
from runtime.use_cases.act import env_of
from runtime.use_cases.list_records import BadQuestion, Wanted, list_records
from runtime.use_cases.read_record import Reading
from runtime.web.forms.dressing import WIDE
from runtime.web.forms.lines import lines_table
from runtime.web.showing import sayer, stage_tone
from runtime.web.values.cells import NOTHING, Cells
from runtime.web.values.moments import said_when
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

FIRST = 5
"""Rows of a related list on the page itself."""

NUMBERS = frozenset({"money", "number", "integer", "percent", "rating", "rollup"})
MOVES = {
    Kind.BACK: ("arrow-back-up", Message("退回到“{stage}”")),
    Kind.ASIDE: ("flag", Message("转为“{stage}”")),
    Kind.RESUME: ("refresh", Message("恢复到“{stage}”")),
    Kind.FORWARD: ("arrow-right", Message("推进到“{stage}”")),
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One field with its value."""

    label: str
    shown: Markup
    type: str
    full: bool


def record_values(
    services: Services, visit: Visit, reading: Reading, cells: Cells
) -> dict[str, Any]:
    """Return what the templates of the record page need, the timeline and the gate aside."""
    form, record = reading.form, reading.record
    sections = list(_sections(reading, _behaviour(services, visit, reading), cells))
    title = title_of(form, record, cells)
    here = f"/a/{form.app}/{form.id}"
    return {
        "app": reading.app.id,
        "form": form,
        "record": record,
        "title": title,
        "subtitle": _subtitle(form, record, cells),
        "owner": cells.cell(form, "owner", record.owner) if record.owner else None,
        "updated_at": said_when(services, cells, record.updated_at),
        "updated_exactly": cells.moment(record.updated_at),
        "stage": _stage(form, record, visit.locale),
        "path": _path(reading, visit.locale),
        "overdue": reading.overdue,
        "days": reading.days_in_stage,
        "sections": sections,
        "tabs": _tabs(form, sections, visit.locale),
        "related": list(_related(services, visit, reading)),
        "may": reading.may,
        "moves": _moves(reading, visit),
        "next": reading.next,
        "conversions": reading.conversions,
        "deleted": record.deleted_at is not None,
        "phone": _phone(form, record),
        "quick_adds": _quick_adds(services, visit, reading),
        "marks": (),
        "base": f"{here}/{record.id}",
        "list_url": f"{here}/",
        "new_url": f"{here}/new",
        "crumbs": _crumbs(reading, title, visit.locale),
    }


def _crumbs(reading: Reading, title: str, locale: str) -> list[tuple[str, str | None]]:
    form = reading.form
    return [
        (words(reading.app.definition.label, locale), None),
        (words(form.definition.label, locale), f"/a/{form.app}/{form.id}/"),
        (title, None),
    ]


def _behaviour(services: Services, visit: Visit, reading: Reading) -> Layout:
    now = services.now()
    env = env_of(services, visit.act("form"), reading.form.app, now)
    return layout(reading.form, reading.facts.row, env, reading.sight)


def title_of(form: Form, record: Record, cells: Cells) -> str:
    """Return what a record is called."""
    text = cells.text(form, form.definition.title, record.values.get(form.definition.title))
    return text or cells.say("未命名")


def _subtitle(form: Form, record: Record, cells: Cells) -> Markup | None:
    id_ = form.definition.subtitle
    value = record.values.get(id_) if id_ else None
    return cells.cell(form, id_, value) if id_ and value is not None else None


def _stage(form: Form, record: Record, locale: str) -> Mapping[str, str] | None:
    stage = form.stage(record.stage)
    if stage is None:
        return None
    return {
        "label": words(stage.label, locale),
        "tone": stage_tone(form, stage.id),
        "help": words(stage.help, locale),
    }


def _path(reading: Reading, locale: str) -> list[dict[str, Any]]:
    record = reading.record
    pipeline = next((p for p in reading.form.pipelines if p.id == record.pipeline), None)
    if pipeline is None:
        return []
    steps = [stage for stage in pipeline.stages if not stage.aside]
    here = next((n for n, stage in enumerate(steps) if stage.id == record.stage), None)
    path = [
        _step(words(stage.label, locale), here is not None and number < here, number == here)
        | {"ended": stage.outcome is not None, "state": _state(number, here, stage.outcome)}
        for number, stage in enumerate(steps)
    ]
    aside = next((s for s in pipeline.stages if s.aside and s.id == record.stage), None)
    if aside is not None:
        path.append(
            _step(words(aside.label, locale), False, True)
            | {"ended": True, "state": "is-now is-aside"}
        )
    return path


def _step(label: str, done: bool, now: bool) -> dict[str, Any]:
    return {"label": label, "done": done, "now": now}


def _state(number: int, here: int | None, outcome: str | None) -> str:
    if here is None or number > here:
        return ""
    if number < here:
        return "is-done"
    return f"is-now is-{outcome}" if outcome else "is-now"


def _sections(reading: Reading, behaves: Layout, cells: Cells) -> Iterator[dict[str, Any]]:
    for section in reading.form.definition.sections:
        facts = list(_facts(reading, behaves, cells, section))
        if facts:
            yield {
                "id": section.id,
                "label": words(section.label, cells.locale),
                "columns": section.columns,
                "facts": facts,
            }


def _tabs(form: Form, sections: list[dict[str, Any]], locale: str) -> list[dict[str, Any]]:
    """Return the tabs with something to read; none where all stands on one."""
    sorted_ = on_tabs(form.definition, sections, lambda section: str(section["id"]))
    tabs = [
        {"id": f"part-{tab.id}", "label": words(tab.label, locale), "sections": own}
        for tab, own in sorted_
    ]
    return tabs if len(tabs) > 1 else []


def _facts(reading: Reading, behaves: Layout, cells: Cells, section: SectionDef) -> Iterator[Fact]:
    form, record = reading.form, reading.record
    for field in section.fields:
        if not _shows(reading, behaves, field):
            continue
        value = record.values.get(field.id)
        lines = field.type == "lines" and bool(value)
        yield Fact(
            label=words(field.label, cells.locale),
            shown=lines_table(cells, form, field, value)
            if lines
            else cells.show(form, field.id, value),
            type=field.type,
            full=field.width == "full" or (field.type in WIDE and value is not None),
        )


def _shows(reading: Reading, behaves: Layout, field: Field) -> bool:
    if field.id in reading.sight.hidden:
        return False
    # A field that the form hides now is shown on the page only if something was filled in.
    filled = field.settable and reading.record.values.get(field.id) is not None
    return behaves.fields[field.id].visible or filled


def _moves(reading: Reading, visit: Visit) -> list[dict[str, str]]:
    say = sayer(visit.locale)
    following = reading.next.id if reading.next else None
    moves = []
    for stage, kind in reading.moves:
        if stage.id == following:
            continue
        icon, text = MOVES[kind]
        label = say(text.text, stage=words(stage.label, visit.locale))
        moves.append({"id": stage.id, "icon": icon, "text": label})
    return moves


def _phone(form: Form, record: Record) -> str | None:
    for id_, field in form.fields.items():
        number = record.values.get(id_)
        if field.type == "phone" and isinstance(number, str) and "*" not in number:
            return number
    return None


def _quick_adds(services: Services, visit: Visit, reading: Reading) -> list[dict[str, str]]:
    say = sayer(visit.locale)
    return [
        {"url": url, "label": say("写{form}", form=_label(reading, related, visit))}
        for related in reading.form.definition.related
        if related.timeline and (url := _add_url(services, visit, reading, related))
    ]


def _label(reading: Reading, related: RelatedDef, visit: Visit) -> str:
    other = reading.app.forms[related.form]
    return words(related.label or other.definition.label, visit.locale)


def _add_url(services: Services, visit: Visit, reading: Reading, related: RelatedDef) -> str | None:
    other = reading.app.forms[related.form]
    if not related.add or not sight_of(other, visit.person).create:
        return None
    here = f"/a/{reading.form.app}/{reading.form.id}/{reading.record.id}"
    asked = urlencode({related.by: reading.record.id, "_next": here})
    return f"/a/{other.app}/{other.id}/new?{asked}"


def _related(services: Services, visit: Visit, reading: Reading) -> Iterator[dict[str, Any]]:
    for related in reading.form.definition.related:
        other = reading.app.forms[related.form]
        wanted = Wanted(
            only={related.by: reading.record.id},
            sort=("-created_at",),
            limit=FIRST,
        )
        page = list_records(services, visit.act("form"), other, wanted)
        if isinstance(page, BadQuestion | Denied):
            continue
        yield _related_list(services, visit, reading, related, page)


def _related_list(
    services: Services, visit: Visit, reading: Reading, related: RelatedDef, page: Any
) -> dict[str, Any]:
    other = reading.app.forms[related.form]
    columns = _columns(other, related)
    cells = cells_for(services, visit, other, page.records)
    here = f"/a/{other.app}/{other.id}"
    more = urlencode({"f": f"{related.by}:=:{reading.record.id}"})
    return {
        "id": f"{related.form}-{related.by}",
        "label": _label(reading, related, visit),
        "total": page.total,
        "columns": [_column(other, id_, cells) for id_ in columns],
        "rows": [
            {
                "url": f"{here}/{record.id}",
                "cells": [_cell(cells, other, record, id_) for id_ in columns],
            }
            for record in page.records
        ],
        "add_url": _add_url(services, visit, reading, related),
        "more_url": f"{here}/?{more}" if page.next else None,
    }


def _columns(form: Form, related: RelatedDef) -> tuple[str, ...]:
    columns = related.columns or form.definition.list.columns[:4]
    shown = tuple(id_ for id_ in columns if id_ != related.by)
    title = form.definition.title
    return shown if title in shown else (title, *shown)


def _column(form: Form, id_: str, cells: Cells) -> dict[str, Any]:
    field = form.fields.get(id_)
    label = words(field.label, cells.locale) if field else cells.system_label(id_)
    return {"label": label, "number": bool(field and field.type in NUMBERS)}


def _cell(cells: Cells, form: Form, record: Record, id_: str) -> Markup:
    row = record.row()
    return cells.cell(form, id_, row.get(id_)) if id_ in row else NOTHING

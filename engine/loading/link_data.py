"""Do the rows of demo data fit the forms that they belong to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definition.data import DemoRow
from engine.field import Field, NotAcceptable, Storage
from engine.loading.build import Built
from engine.loading.complaints import shown
from engine.loading.links import missing, repeated
from engine.loading.nouns import EVIDENCE, FIELD, FORM, PIPELINE, RECORD, STAGE
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.moments import is_moment
from engine.problems import Problem
from engine.wording import Message

FILES = ("file", "image", "signature")
PEOPLE = ("person", "department")

Rows = Mapping[str, Mapping[str, DemoRow]]
"""Demo rows by form and by what other rows call them."""


def rows_by_form(names: Outlines, built: Built) -> dict[str, dict[str, DemoRow]]:
    """Gather the rows of all files of demo data; a form without any has an empty place."""
    rows: dict[str, dict[str, DemoRow]] = {}
    for part in built.data:
        named = rows.setdefault(part.definition.form, {})
        for row in part.definition.rows:
            named.setdefault(row.id, row)
    for form in names.forms:
        rows.setdefault(form, {})
    return rows


def data_problems(names: Outlines, built: Built, rows: Rows) -> Iterator[Problem]:
    """Yield what is wrong with the demo data."""
    placed: dict[str, list[tuple[str, Spot]]] = {}
    for part in built.data:
        form = names.of(part.definition.form)
        if form is None:
            spot = part.spot / "form"
            yield from missing(spot, FORM, part.definition.form, names.forms, "form")
            continue
        for at, row in enumerate(part.definition.rows):
            spot = part.spot / "rows" / at
            placed.setdefault(form.id, []).append((row.id, spot / "id"))
            yield from row_problems(form, row, spot, rows)
    for ids in placed.values():
        yield from repeated(RECORD, ids)


def row_problems(form: Outline, row: DemoRow, spot: Spot, rows: Rows) -> Iterator[Problem]:
    """Yield what is wrong with one row of a form."""
    yield from missing(spot / "stage", STAGE, row.stage, form.stage_ids, "stage")
    pipelines = [pipeline.id for pipeline in form.pipelines]
    yield from missing(spot / "pipeline", PIPELINE, row.pipeline, pipelines, "pipeline")
    for at, evidence in enumerate(row.evidence):
        here = spot / "evidence" / at / "item"
        yield from missing(here, EVIDENCE, evidence.item, evidence_ids(form), "evidence")
    yield from _pool_problems(form, row, spot)
    yield from values_problems(form.fields, row.values, spot, rows)
    for field in form.fields.values():
        needed = field.required is True and field.default is None and field.settable
        if needed and row.values.get(field.id) is None:
            message = Message("必填字段“{field}”没有值", field=field.id)
            yield spot.problem("data.required", message)


def _pool_problems(form: Outline, row: DemoRow, spot: Spot) -> Iterator[Problem]:
    if row.in_pool is None:
        return
    here = spot / "in_pool"
    if form.definition.pool is None:
        message = Message("表单“{form}”没有公海；请在表单里写 pool，或去掉 in_pool", form=form.id)
        yield here.key_problem("data.pool", message)
    elif row.owner is None:
        message = Message("在公海里的示例要写 owner，说明之前由谁跟进")
        yield here.key_problem("data.pool", message)
    elif row.approval is not None or _ends(form, row.stage):
        message = Message("已结束或在审批中的示例不能放进公海；请改 stage 或去掉 in_pool")
        yield here.key_problem("data.pool", message)


def _ends(form: Outline, stage: str | None) -> bool:
    return any(one.id == stage and one.outcome for one, _ in form.placed_stages)


def evidence_ids(form: Outline) -> tuple[str, ...]:
    """Return the ids of everything that a form's gates ask to hand in."""
    return tuple(
        item.id
        for stage, _ in form.placed_stages
        for gate in (stage.gate, stage.entry)
        for item in gate.evidence
    )


def values_problems(
    fields: Mapping[str, Field], values: Mapping[str, Any], spot: Spot, rows: Rows
) -> Iterator[Problem]:
    """Yield what is wrong with the values of a row, or of a row in a line field."""
    for id_, value in values.items():
        field = fields.get(id_)
        here = spot / id_
        if field is None:
            yield from _unknown_field(here, id_, fields)
        elif not field.settable:
            message = Message("“{field}”由系统算出，不能填写", field=id_)
            yield here.key_problem("data.computed", message)
        elif value is not None:
            yield from _value_problems(field, value, here, rows)


def _unknown_field(spot: Spot, id_: str, fields: Mapping[str, Field]) -> Iterator[Problem]:
    for problem in missing(spot, FIELD, id_, fields, "field"):
        yield spot.key_problem(problem.code, problem.message)


def _value_problems(field: Field, value: Any, spot: Spot, rows: Rows) -> Iterator[Problem]:
    if field.storage is Storage.LINES:
        yield from _lines_problems(field, value, spot, rows)
    elif field.type in ("reference", "reference_list"):
        yield from _reference_problems(field, value, spot, rows)
    elif field.type in (*PEOPLE, *FILES):
        yield from _name_problems(field, value, spot)
    elif not (field.type in ("date", "datetime") and _is_moment(value)):
        try:
            field.read(value)
        except NotAcceptable as refused:
            yield spot.problem("data.value", refused.message)


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and is_moment(value)


def _lines_problems(field: Field, value: Any, spot: Spot, rows: Rows) -> Iterator[Problem]:
    cells = {cell.id: cell for cell in getattr(field, "fields", ())}
    if not isinstance(value, list):
        yield spot.problem("data.value", Message("应为子表行的列表"))
        return
    for at, line in enumerate(value):
        if isinstance(line, dict):
            yield from values_problems(cells, line, spot / at, rows)
        else:
            yield (spot / at).problem("data.value", Message("子表的一行应为“键: 值”的映射"))


def _reference_problems(field: Field, value: Any, spot: Spot, rows: Rows) -> Iterator[Problem]:
    to = getattr(field, "to", "")
    known = rows.get(to)
    if known is None:
        return  # The field itself is told that there is no such form; not every row as well.
    if field.type == "reference":
        named = [(value, spot)]
    elif isinstance(value, list):
        named = [(item, spot / at) for at, item in enumerate(value)]
    else:
        yield spot.problem("data.value", Message("应为记录名的列表"))
        return
    for name, here in named:
        if not isinstance(name, str):
            yield here.problem("data.value", Message("应为“{form}”的一条记录的名字", form=to))
        else:
            yield from missing(here, Message("“{form}”的示例记录", form=to), name, known, "row")


def _name_problems(field: Field, value: Any, spot: Spot) -> Iterator[Problem]:
    several = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if field.type in FILES:
        if not several:
            yield spot.problem("data.value", Message("应为文件名的列表，如 [minutes.pdf]"))
    elif not (isinstance(value, str) or several):
        message = Message("应为登录名或部门编号，写的是“{value}”", value=shown(value))
        yield spot.problem("data.value", message)

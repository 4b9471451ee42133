"""Which rows of a line field were typed or sent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.field import Field, NotAcceptable
from engine.fields.lines import Lines
from engine.forms.plan import LinesPart
from engine.record import Value
from engine.typed.ids import one_id, sent_id
from engine.wording import Message

Complaints = dict[str, tuple[Message, ...]]
Row = dict[str, Any]


def typed_rows(
    part: LinesPart,
    sent: Mapping[int, Mapping[str, Sequence[str]]],
    drawn: bool,
    complaints: Complaints,
) -> Value:
    """Read the rows that a browser sent, in their order; rows without anything are left out."""
    rows: list[Row] = []
    for place in sorted(sent):
        texts = sent[place]
        if any(text.strip() for cell, found in texts.items() if cell != "id" for text in found):
            rows.append(_typed_row(part, texts, drawn, len(rows), complaints))
    return _whole(part.field, rows, complaints)


def _typed_row(
    part: LinesPart,
    texts: Mapping[str, Sequence[str]],
    drawn: bool,
    place: int,
    complaints: Complaints,
) -> Row:
    row: Row = {"id": _known_id(next(iter(texts.get("id", ())), ""))}
    for id_, cell in part.field.cells.items():
        if not cell.settable or (id_ not in texts and not (drawn and _silent(part, cell))):
            continue
        try:
            row[id_] = cell.parse_all(tuple(texts.get(id_, ())))
        except NotAcceptable as refused:
            complain(part.field, place, cell, refused.message, complaints)
    return row


def _silent(part: LinesPart, cell: Field) -> bool:
    """Browsers send nothing for boxes that are not ticked and lists without a choice."""
    kind_is_silent = cell.multiple or cell.type in ("yes_no", "rating")
    return kind_is_silent and cell.id not in part.rows.readonly


def _known_id(text: str) -> str | None:
    try:
        return one_id(text)
    except NotAcceptable:
        return None


def read_rows(part: LinesPart, data: Any, complaints: Complaints) -> Value:
    """Read the rows that a program sent."""
    field = part.field
    if data is None:
        return None
    if not isinstance(data, list | tuple):
        complaints[field.id] = (_about(field, Message("应为列表")),)
        return None
    if len(data) > field.max_rows:
        complaints[field.id] = (_about(field, Message("最多 {most} 行", most=field.max_rows)),)
        return None
    rows = [_sent_row(field, row, place, complaints) for place, row in enumerate(data)]
    return tuple(rows) or None


def _sent_row(field: Lines, data: Any, place: int, complaints: Complaints) -> Row:
    if not isinstance(data, Mapping):
        message = Message("第 {row} 行应为对象", row=place + 1)
        complaints[f"{field.id}.{place}"] = (_about(field, message),)
        return {"id": None}
    row: Row = {"id": None}
    for name, sent in data.items():
        cell = field.cells.get(name)
        try:
            if name == "id":
                row["id"] = sent_id(sent)
            elif cell is None:
                raise NotAcceptable(_no_such_cell(field, name))
            elif not cell.settable:
                raise NotAcceptable(Message("由系统算出，不能填写"))
            else:
                row[name] = cell.read(sent)
        except NotAcceptable as refused:
            complain(field, place, cell or str(name)[:60], refused.message, complaints)
    return row


def complain(
    field: Lines, place: int, cell: Field | str, problem: Message, complaints: Complaints
) -> None:
    """Note what is wrong with one cell."""
    id_, label = (cell, cell) if isinstance(cell, str) else (cell.id, cell.label)
    message = Message(
        "“{field}”第 {row} 行“{cell}”：{problem}",
        field=field.label,
        row=place + 1,
        cell=label,
        problem=problem,
    )
    key = f"{field.id}.{place}.{id_}"
    complaints[key] = (*complaints.get(key, ()), message)


def _whole(field: Lines, rows: list[Row], complaints: Complaints) -> Value:
    if len(rows) > field.max_rows:
        complaints[field.id] = (_about(field, Message("最多 {most} 行", most=field.max_rows)),)
    return tuple(rows) or None


def _about(field: Field, problem: Message) -> Message:
    return Message("“{field}”：{problem}", field=field.label, problem=problem)


def _no_such_cell(field: Lines, name: object) -> Message:
    return Message("没有这一列，可有：{known}", known=list(field.cells))

"""Into what of a record can the columns of a sheet go, for this person?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field
from engine.fields.lines import Lines
from engine.wording import Label

FILES = frozenset({"file", "image", "signature"})
"""What no cell can hold."""
KEY_TYPES = frozenset(
    {"text", "auto_number", "phone", "email", "id_number", "barcode", "integer", "url"}
)
"""What a record can be told by."""

Kind = Literal["field", "cell", "key", "record", "history"]

ID = "id"
RECORD: Mapping[str, Label] = {
    "id": {"zh": "记录ID", "en": "Record ID"},
    "pipeline": {"zh": "流程", "en": "Pipeline"},
    "stage": {"zh": "阶段", "en": "Stage"},
}
HISTORY: Mapping[str, Label] = {
    "owner": {"zh": "负责人", "en": "Owner"},
    "department": {"zh": "所属部门", "en": "Department"},
    "created_by": {"zh": "创建人", "en": "Created by"},
    "created_at": {"zh": "创建时间", "en": "Created at"},
    "updated_by": {"zh": "修改人", "en": "Updated by"},
    "updated_at": {"zh": "修改时间", "en": "Updated at"},
}
"""What tells whose a record is and when it was made; for who may give records to others."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """One thing that a column can be."""

    id: str
    label: Label
    kind: Kind
    field: Field | None = None
    lines: Lines | None = None
    required: bool = False


def targets_of(form: Form, sight: Sight) -> dict[str, Target]:
    """Return everything that the columns of a person's sheet can be, fields first."""
    found = [*_fields(form, sight), *_record(form, sight)]
    return {target.id: target for target in found}


def keys_of(form: Form, sight: Sight) -> tuple[str, ...]:
    """Return the targets by which records that are there can be found: what is unique."""
    shut = sight.hidden | sight.masked
    own = (
        field.id
        for field in form.fields.values()
        if field.id not in shut and field.type in KEY_TYPES and is_key(field)
    )
    return (*own, ID)


def is_key(field: Field) -> bool:
    """Tell whether no two records share the value of a field."""
    return field.unique is True or field.type == "auto_number"


def may_tell_history(sight: Sight) -> bool:
    """Tell whether the person may say whose records are and since when."""
    return not sight.transfer.none


def _fields(form: Form, sight: Sight) -> Iterator[Target]:
    shut = sight.hidden | sight.readonly | sight.masked
    keys = keys_of(form, sight)
    for id_, field in form.fields.items():
        if isinstance(field, Lines):
            if id_ not in shut:
                yield from _cells(field)
        elif field.settable and id_ not in shut and field.type not in FILES:
            need = form.logic.required.get(id_)
            required = need is not None and need.when is None
            yield Target(id=id_, label=field.label, kind="field", field=field, required=required)
        elif id_ in keys:
            yield Target(id=id_, label=field.label, kind="key", field=field)


def _cells(lines: Lines) -> Iterator[Target]:
    for cell in lines.fields:
        if cell.settable and cell.type not in FILES:
            yield Target(
                id=f"{lines.id}.{cell.id}",
                label=_beside(lines.label, cell.label),
                kind="cell",
                field=cell,
                lines=lines,
                required=cell.required is True,
            )


def _record(form: Form, sight: Sight) -> Iterator[Target]:
    for id_, label in RECORD.items():
        if id_ == ID or (form.pipelines and (id_ != "pipeline" or len(form.pipelines) > 1)):
            yield Target(id=id_, label=label, kind="record")
    if may_tell_history(sight):
        for id_, label in HISTORY.items():
            yield Target(id=id_, label=label, kind="history")


def _beside(lines: Label, cell: Label) -> Label:
    if isinstance(lines, str) and isinstance(cell, str):
        return f"{lines}.{cell}"
    both = (lines if isinstance(lines, dict) else {}) | (cell if isinstance(cell, dict) else {})
    return {locale: f"{_in(lines, locale)}.{_in(cell, locale)}" for locale in both}


def _in(label: Label, locale: str) -> str:
    if isinstance(label, str):
        return label
    return label.get(locale) or label.get("zh", "")

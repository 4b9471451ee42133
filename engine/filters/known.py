"""Which field does a condition mean, and how may it be asked about?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.app import App, Form
from engine.expressions import Kind, Type
from engine.field import Field, Storage
from engine.filters.visual import BadFilter
from engine.problems import did_you_mean
from engine.wording import Message


class Sort(StrEnum):
    """What a field is to somebody who filters by it."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    DURATION = "duration"
    RECORD = "record"
    PERSON = "person"
    DEPARTMENT = "department"
    MANY = "many"
    ROWS = "rows"
    RECORDS = "records"
    ADDRESS = "address"
    OTHER = "other"
    """Only asked whether there is anything."""


_BY_KIND = {
    Kind.NUMBER: Sort.NUMBER,
    Kind.BOOLEAN: Sort.YES_NO,
    Kind.DATE: Sort.DATE,
    Kind.DATETIME: Sort.MOMENT,
    Kind.TIME: Sort.TIME,
    Kind.DAYS: Sort.DURATION,
}
_BY_FORM = {"person": Sort.PERSON, "department": Sort.DEPARTMENT}
_BY_STORAGE = {Storage.LINES: Sort.ROWS, Storage.LINKS: Sort.RECORDS}


@dataclass(frozen=True)
class Known:
    """A field that a condition may name."""

    path: str
    type: Type
    sort: Sort
    field: Field | None = None
    """None for what the system keeps of every record, and for people."""

    @property
    def label(self) -> object:
        """What it is called."""
        return self.field.label if self.field else self.path


def known_at(app: App, form: Form, path: str) -> Known:
    """Return the field that a path points to. Raises BadFilter."""
    types, fields, here = form.scope.names, form.fields, form
    *steps, last = path.split(".")
    for step in steps:
        target = types[step].form if step in types else None
        if target is None or target not in form.scope.forms or not types[step].is_reference:
            raise _unknown(here if target is None else None, path)
        types = form.scope.forms[target]
        beyond = app.forms.get(target)
        fields = beyond.fields if beyond else {}
    if last not in types:
        raise _unknown(None if steps else form, path)
    field = fields.get(last)
    return Known(path, types[last], _sort_of(types[last], field), field)


def _sort_of(kind: Type, field: Field | None) -> Sort:
    if field is not None and (not field.filterable or field.storage in _BY_STORAGE):
        return _BY_STORAGE.get(field.storage, Sort.OTHER)
    if kind.kind is Kind.TEXT:
        return _text_sort(kind)
    if kind.kind is Kind.LIST and (field is None or field.type in ("tags", "multi_select")):
        return Sort.MANY
    if field is not None and field.type == "address":
        return Sort.ADDRESS
    return _BY_KIND.get(kind.kind, Sort.OTHER)


def _text_sort(kind: Type) -> Sort:
    if kind.form is not None:
        return _BY_FORM.get(kind.form, Sort.RECORD)
    return Sort.CHOICE if kind.options is not None else Sort.TEXT


def _unknown(form: Form | None, name: str) -> BadFilter:
    close = did_you_mean(name, form.scope.names) if form else None
    if close:
        return BadFilter(Message("没有字段“{name}”，是否想写“{close}”？", name=name, close=close))
    return BadFilter(Message("没有字段“{name}”", name=name))

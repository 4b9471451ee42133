"""What stands in a cell of a sheet for a value of a record?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_of
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from engine.app import App, Form
from engine.field import Field
from engine.masking import STAR
from engine.record import Record, Value
from engine.sources import source_of
from engine.typed.rich import plain_words
from engine.wording import LOCALES, Message, Translate, words
from runtime.sheets.writing import Cell, Heading
from runtime.use_cases.name_values import Names, target_of

SYSTEM_LABELS: Mapping[str, Message] = {
    "id": Message("记录标识"),
    "owner": Message("负责人"),
    "department": Message("所属部门"),
    "pipeline": Message("流程"),
    "stage": Message("阶段"),
    "stage_entered_at": Message("进入阶段时间"),
    "created_at": Message("创建时间"),
    "created_by": Message("创建人"),
    "updated_at": Message("更新时间"),
    "updated_by": Message("更新人"),
    "last_activity_at": Message("最近动态"),
}
PEOPLE = frozenset({"owner", "created_by", "updated_by"})
AS_IT_IS = (Decimal, int, date, time)
"""What a cell holds as it is."""


Draw: TypeAlias = Callable[[Any], Cell]


@dataclass(kw_only=True)
class PlainCells:
    """Values as cells, for one reader. What a column needs is found once, not for each value."""

    app: App
    locale: str
    translate: Translate
    zone: ZoneInfo
    names: Names = made_of(default_factory=Names)
    """Of the records at hand; it is replaced as one goes on."""

    def columns(self, form: Form, names: Sequence[str]) -> Callable[[Record], list[Cell]]:
        """Return what makes the cells of some columns of a record."""
        cells = [
            self._own(form, name) if name in form.fields else self._system(form, name)
            for name in names
        ]
        return lambda record: [cell(record) for cell in cells]

    def of_field(self, form: Form, field: Field) -> Draw:
        """Return what makes the cell of a field, which may be a cell of a row itself. What is
        masked is a text already."""
        source = source_of(self.app, form, field)
        words_of = self._words(form, source)
        zone = getattr(plain(self.app, form, field), "zone", None)
        there = ZoneInfo(zone) if zone else self.zone
        rich = source.type == "rich_text"

        def cell(value: Any) -> Cell:
            if value is None or value == ():
                return None
            if isinstance(value, str):
                return value if STAR in value and not rich else words_of(value) or None
            if isinstance(value, datetime):
                return value.astimezone(there).replace(tzinfo=None)
            if isinstance(value, AS_IT_IS) and not isinstance(value, bool):
                return value
            return words_of(value) or None

        return cell

    def say(self, message: Message) -> str:
        """Finish a text of the code in the reader's language."""
        return message.fill(self.translate, self.locale)

    def _words(self, form: Form, field: Field) -> Callable[[Any], str]:
        """Return what says a value of a field in words."""
        locale = self.locale
        match field.type:
            case "person":
                return lambda value: self._listed(self.names.people, value)
            case "department":
                return lambda value: self._listed(self.names.departments, value)
            case "reference" | "reference_list":
                return self._titles(*target_of(form, field))
            case "file" | "image" | "signature":
                return lambda value: self._joined(
                    self.names.files[id_].name for id_ in _several(value) if id_ in self.names.files
                )
            case "rich_text":
                return lambda value: plain_words(str(value))
            case "lines":
                return lambda value: self.say(Message("{n} 行", n=len(_several(value))))
        return lambda value: field.show(value, locale)

    def _titles(self, app: str, form: str) -> Callable[[Any], str]:
        unseen = self.say(Message("无权查看"))
        return lambda value: self._joined(
            self.names.records.get((app, form, id_)) or unseen for id_ in _several(value)
        )

    def _listed(self, known: Mapping[str, str], value: Value) -> str:
        return self._joined(known.get(id_, "") for id_ in _several(value))

    def _joined(self, texts: Iterable[str]) -> str:
        return ("、" if self.locale == LOCALES[0] else ", ").join(text for text in texts if text)

    def _own(self, form: Form, name: str) -> Callable[[Record], Cell]:
        draw = self.of_field(form, form.fields[name])
        return lambda record: draw(record.values.get(name))

    def _system(self, form: Form, name: str) -> Callable[[Record], Cell]:
        draw = self._of_system(form, name)
        return lambda record: draw(getattr(record, name))

    def _of_system(self, form: Form, name: str) -> Draw:
        if name in PEOPLE:
            return lambda value: self.names.people.get(value or "") or None
        if name == "department":
            return lambda value: self.names.departments.get(value or "") or None
        labels: Mapping[str, str] = {}
        if name == "stage":
            labels = {id_: words(one.label, self.locale) for id_, one in form.stages.items()}
        elif name == "pipeline":
            labels = {one.id: words(one.label, self.locale) for one in form.pipelines}
        return lambda value: self._plain(labels, value)

    def _plain(self, labels: Mapping[str, str], value: Value) -> Cell:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return labels.get(str(value), str(value)) if value is not None else None


def headings(
    app: App, form: Form, columns: Sequence[str], locale: str, translate: Translate
) -> list[Heading]:
    """Return the columns of a sheet of records."""
    return [
        heading(app, form, form.fields[name], locale)
        if name in form.fields
        else Heading(label=SYSTEM_LABELS[name].fill(translate, locale))
        for name in columns
    ]


def heading(app: App, form: Form, field: Field, locale: str) -> Heading:
    """Return the column of one field."""
    shown = plain(app, form, field)
    percent = shown.type == "percent"
    return Heading(
        label=words(field.label, locale),
        places=getattr(shown, "places", None) if shown.type in ("money", "percent") else None,
        percent=percent,
    )


def plain(app: App, form: Form, field: Field) -> Field:
    """Return the field that people would type such a value into: what a formula or a lookup
    gives is of the type of its source."""
    found = source_of(app, form, field)
    like: Field = getattr(found, "like", found)
    return like


def _several(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

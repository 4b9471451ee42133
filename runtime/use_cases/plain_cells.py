"""What stands in a cell of a sheet for a value of a record?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
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
FILES = frozenset({"file", "image", "signature"})


@dataclass(frozen=True, kw_only=True)
class PlainCells:
    """Values as cells, for one reader and the records that were named."""

    app: App
    names: Names
    locale: str
    translate: Translate
    zone: ZoneInfo

    def of_record(self, form: Form, record: Record, columns: Sequence[str]) -> list[Cell]:
        """Return the cells of some columns of a record."""
        return [
            self.cell(form, form.fields[name], record.values.get(name))
            if name in form.fields
            else self._system(form, name, getattr(record, name))
            for name in columns
        ]

    def cell(self, form: Form, field: Field, value: Value) -> Cell:
        """Return the cell of a field, which may be a cell of a row itself. What is masked is a
        text already."""
        if value is None or value == ():
            return None
        if isinstance(value, str) and STAR in value and field.type != "rich_text":
            return value
        if isinstance(value, Decimal | int | time) and not isinstance(value, bool):
            return value
        if isinstance(value, datetime):
            zone = getattr(plain(self.app, form, field), "zone", None)
            return self._local(value, ZoneInfo(zone) if zone else self.zone)
        if isinstance(value, date):
            return value
        return self._text(form, source_of(self.app, form, field), value) or None

    def say(self, message: Message) -> str:
        """Finish a text of the code in the reader's language."""
        return message.fill(self.translate, self.locale)

    def _local(self, moment: datetime, zone: ZoneInfo) -> datetime:
        return moment.astimezone(zone).replace(tzinfo=None)

    def _text(self, form: Form, field: Field, value: Value) -> str:
        named = self._named(form, field, value)
        if named is not None:
            return ("、" if self.locale == LOCALES[0] else ", ").join(
                each for each in named if each
            )
        if field.type == "rich_text":
            return plain_words(str(value))
        if field.type == "lines":
            return self.say(Message("{n} 行", n=len(_several(value))))
        return field.show(value, self.locale)

    def _named(self, form: Form, field: Field, value: Value) -> list[str] | None:
        ids = _several(value)
        match field.type:
            case "person":
                return [self.names.people.get(id_, "") for id_ in ids]
            case "department":
                return [self.names.departments.get(id_, "") for id_ in ids]
            case "reference" | "reference_list":
                app, to = target_of(form, field)
                unseen = self.say(Message("无权查看"))
                return [self.names.records.get((app, to, id_)) or unseen for id_ in ids]
            case _ if field.type in FILES:
                known = self.names.files
                return [known[id_].name for id_ in ids if id_ in known]
        return None

    def _system(self, form: Form, name: str, value: Value) -> Cell:
        if isinstance(value, datetime):
            return self._local(value, self.zone)
        text = str(value) if value is not None else ""
        if name in PEOPLE:
            return self.names.people.get(text) or None
        if name == "department":
            return self.names.departments.get(text) or None
        if name == "stage":
            stage = form.stage(text)
            return words(stage.label, self.locale) if stage else text or None
        if name == "pipeline":
            labels = {one.id: one.label for one in form.pipelines}
            return words(labels.get(text, text), self.locale) or None
        return text or None


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

"""What does one record say in one document, to whoever makes it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.app import Document, Form
from engine.documents.capitals import capitals
from engine.documents.pieces import Picture
from engine.documents.reader import Shown, Table
from engine.documents.texts import CAPITALS, MADE, Blank, filled
from engine.expressions import Compiled
from engine.field import Field, Storage
from engine.record import Record
from engine.wording import Label, Message
from runtime.language import translate
from runtime.use_cases.documents import other_forms
from runtime.use_cases.documents.saying import Saying
from runtime.use_cases.documents.sights import reading_sight
from runtime.use_cases.name_values import names_within
from runtime.use_cases.reach import Work
from runtime.use_cases.seen_paths import SeenPaths

UNSEEN = "***"
"""What stands for what the maker may not see."""
PICTURES = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "webp": "webp"}
LARGEST = 5 * 1024 * 1024
"""Bytes of one picture."""
MOST_PICTURES = 20


@dataclass(frozen=True)
class Maker:
    """Who makes a document: what texts can tell of it."""

    name: str
    number: str = ""
    """The employee number; the login of who has none."""


@dataclass(kw_only=True)
class RecordReader:
    """Reads a record for a document, inside one act: nothing that its maker may not see."""

    work: Work
    document: Document
    record: Record
    """As the maker may see it."""
    row: Mapping[str, Any]
    """As expressions see it; asked only for what the maker may see."""
    maker: Maker
    locale: str
    used: list[Mapping[str, str]]
    """Which records of other forms were taken over."""

    def __post_init__(self) -> None:
        self._translate = translate(self.locale)
        sights = SeenPaths(self.work, self.row, reading_sight)
        self._seen = sights
        self._saying = self.saying_of(self.work, (self.record,))

    def saying_of(self, work: Work, records: Sequence[Record]) -> Saying:
        """Return how the values of some records are said."""
        return Saying(
            app=work.app,
            names=names_within(work, [record.row() for record in records]),
            locale=self.locale,
            zone=ZoneInfo(work.services.settings.zone),
            say=self.say,
        )

    def say(self, message: Message) -> str:
        return message.fill(self._translate, self.locale)

    def fill(self, label: Label | None) -> str:
        return filled(label, self.locale, self._blank)

    def holds(self, feel: str) -> bool:
        compiled = self.document.logic[f"if {feel}"]
        return self._may_know(compiled) and compiled.holds(self.row, self.work.env)

    def field(self, name: str) -> Shown | None:
        if not self._seen.may_see((name,)) and name not in self.work.sight.masked:
            return None
        form = self.work.form
        number, wide = self._saying.looks(form, form.fields.get(name))
        text = self._saying.of_record(form, name, self._value(name))
        return Shown(self._saying.label(form, name), text, number, wide)

    def capitals(self, name: str) -> str:
        value = self._value(name)
        return capitals(value) if isinstance(value, Decimal) else ""

    def lines(self, name: str, columns: Sequence[str], totals: Sequence[str]) -> Table:
        rows: Any = self.record.values.get(name) or ()
        field = self.work.form.fields[name]
        cells: dict[str, Field] = {cell.id: cell for cell in getattr(field, "fields", ())}
        names = tuple(columns or cells)
        said, form = self._saying, self.work.form
        shown = (said.looks(form, cells[id_]) for id_ in names)
        labels = (said.label_of(cells[id_]) for id_ in names)
        heads = zip(labels, shown, strict=True)
        return Table(
            columns=tuple(Shown(label, "", *look) for label, look in heads),
            names=names,
            rows=tuple(
                tuple(said.of_field(form, cells[id_], row.get(id_)) for id_ in names)
                for row in rows
            ),
            totals={id_: said.of_field(form, cells[id_], _sum(rows, id_)) for id_ in totals},
        )

    def related(self, block: Any) -> Table:
        return other_forms.related(self, block)

    def clauses(self, block: Any) -> Sequence[Mapping[str, str]]:
        found = other_forms.clauses(self, block)
        self.used += ({"form": block.form, **one} for one in found)
        return found

    def pictures(self, name: str) -> Sequence[Picture]:
        ids = self._value(name)
        several = ids if isinstance(ids, tuple) else (ids,)
        files = self._saying.names.files
        known = [files[id_] for id_ in several if isinstance(id_, str) and id_ in files]
        return [
            Picture(self.work.services.store.files.path(one.sha256).read_bytes(), _format(one.type))
            for one in known[:MOST_PICTURES]
            if one.type in PICTURES and one.size <= LARGEST
        ]

    def _value(self, name: str) -> Any:
        if name in self.work.form.fields:
            return self.record.values.get(name)
        return getattr(self.record, name, None)

    def _blank(self, blank: Blank) -> str:
        if blank.name is None:
            return self._worked_out(blank.text)
        if blank.name in MADE and blank.name not in self.work.form.fields:
            return self._made(blank.name)
        if blank.way == CAPITALS:
            return self.capitals(blank.name)
        shown = self.field(blank.name)
        return UNSEEN if shown is None else shown.text

    def _made(self, name: str) -> str:
        now = self.work.services.local(self.work.now)
        match name:
            case "maker":
                return self.maker.name
            case "maker_no":
                return self.maker.number
            case "made_on":
                return now.date().isoformat()
        return now.strftime("%Y-%m-%d %H:%M")

    def _worked_out(self, feel: str) -> str:
        compiled = self.document.logic[feel]
        if not self._may_know(compiled):
            return UNSEEN
        value = compiled.value(self.row, self.work.env)
        there = self._field_at(feel)
        return self._saying.of_field(*there, value) if there else self._saying.free(value)

    def _may_know(self, compiled: Compiled) -> bool:
        return all(map(self._seen.may_see, compiled.reads))

    def _field_at(self, path: str) -> tuple[Form, Field] | None:
        """Return the field at the end of a plain path, whose value is said as the field says it."""
        form: Form | None = self.work.form
        *through, last = path.split(".")
        for step in through:
            field = form.fields.get(step) if form else None
            form = self.work.app.forms.get(str(getattr(field, "to", "")))
        field = form.fields.get(last) if form else None
        if form is None or field is None or field.storage in (Storage.LINK, Storage.LINKS):
            return None
        return form, field


def _sum(rows: Any, name: str) -> Any:
    values = [row.get(name) for row in rows]
    numbers = [value for value in values if value is not None]
    return sum(numbers[1:], numbers[0]) if numbers else None


def _format(ending: str) -> Any:
    return PICTURES[ending]

"""How is a value of a record said on paper, as the record page says it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engine.app import App, Form
from engine.field import Field
from engine.masking import STAR
from engine.sources import source_of
from engine.typed.rich import plain_words
from engine.wording import Message, words
from runtime.use_cases.name_values import Names, target_of
from runtime.use_cases.plain_cells import PEOPLE, SYSTEM_LABELS, plain

NUMBERS = frozenset({"money", "number", "integer", "percent", "duration", "rollup"})
WIDE = frozenset({"long_text", "rich_text", "reference", "address"})
YES, NO = Message("是"), Message("否")
NOT_SEEN = Message("无权查看")


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Values in words, for one reader and the records that were named."""

    app: App
    names: Names
    locale: str
    zone: ZoneInfo
    say: Callable[[Message], str]

    def label(self, form: Form, name: str) -> str:
        """Return what a field is called."""
        field = form.fields.get(name)
        return self.label_of(field) if field else self.say(SYSTEM_LABELS[name])

    def label_of(self, field: Field) -> str:
        """Return what a field or a cell of a row is called."""
        return words(field.label, self.locale)

    def looks(self, form: Form, field: Field | None) -> tuple[bool, bool]:
        """Tell whether a field is a number, and whether it is a longer text."""
        if field is None:
            return False, False
        found = plain(self.app, form, field)
        kind = getattr(found, "result", None) or found.type
        return kind in NUMBERS, source_of(self.app, form, field).type in WIDE

    def of_record(self, form: Form, name: str, value: Any) -> str:
        """Return the value of a field or of what every record has."""
        if value is None or value == ():
            return ""
        field = form.fields.get(name)
        return self.of_field(form, field, value) if field else self._system(form, name, value)

    def of_field(self, form: Form, field: Field, value: Any) -> str:
        """Return the value of a field, which may be a cell of a row."""
        if value is None or value == ():
            return ""
        source = source_of(self.app, form, field)
        if source.type == "rich_text":
            return plain_words(str(value))
        if isinstance(value, str) and STAR in value:
            return value  # masked, and so a text already
        named = self._named(form, source, value)
        return source.show(value, self.locale) if named is None else self.listed(named)

    def free(self, value: Any) -> str:
        """Return what an expression gives."""
        match value:
            case bool():
                return self.say(YES if value else NO)
            case Decimal():
                return f"{value:,f}"
            case datetime():
                there = value.astimezone(self.zone) if value.tzinfo else value
                return there.strftime("%Y-%m-%d %H:%M")
            case tuple() | list():
                return self.listed([self.free(one) for one in value])
            case Mapping():
                return self.listed([self.free(one) for one in value.values()])
        return "" if value is None else str(value)

    def listed(self, texts: list[str]) -> str:
        """Return several texts as one."""
        return ("、" if self.locale == "zh" else ", ").join(filter(None, texts))

    def _system(self, form: Form, name: str, value: Any) -> str:
        if name in PEOPLE:
            return self.names.people.get(str(value), "")
        if name == "department":
            return self.names.departments.get(str(value), "")
        if name == "stage":
            stage = form.stage(str(value))
            return words(stage.label, self.locale) if stage else str(value)
        if name == "pipeline":
            paths = {one.id: one.label for one in form.pipelines}
            return words(paths.get(str(value), str(value)), self.locale)
        return self.free(value)

    def _named(self, form: Form, field: Field, value: Any) -> list[str] | None:
        ids = [str(one) for one in value] if isinstance(value, tuple | list) else [str(value)]
        match field.type:
            case "person":
                return [self.names.people.get(id_, "") for id_ in ids]
            case "department":
                return [self.names.departments.get(id_, "") for id_ in ids]
            case "reference" | "reference_list":
                app, to = target_of(form, field)
                known = self.names.records
                return [known.get((app, to, id_)) or self.say(NOT_SEEN) for id_ in ids]
            case "file" | "image" | "signature":
                files = self.names.files
                return [files[id_].name for id_ in ids if id_ in files]
        return None

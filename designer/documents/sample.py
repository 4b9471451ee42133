"""What does a document say while there is no record to make it of?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.app import App, Form
from engine.documents.pieces import Picture
from engine.documents.reader import Shown, Table
from engine.documents.texts import Blank, filled
from engine.wording import Label, Message, words
from runtime.language import translate
from runtime.use_cases.plain_cells import SYSTEM_LABELS

ROWS = 2
MADE: Mapping[str, Message] = {
    "maker": Message("生成人"),
    "maker_no": Message("工号"),
    "made_at": Message("生成时间"),
    "made_on": Message("生成日期"),
}
EXPRESSION = Message("算式")
NUMBERS = frozenset({"money", "number", "integer", "percent", "formula", "rollup"})


@dataclass(frozen=True)
class SampleReader:
    """Reads what things are called instead of what they are."""

    app: App
    form: Form
    locale: str

    def say(self, message: Message) -> str:
        return message.fill(translate(self.locale), self.locale)

    def fill(self, label: Label | None) -> str:
        return filled(label, self.locale, self._blank)

    def holds(self, feel: str) -> bool:
        return True

    def field(self, name: str) -> Shown | None:
        return self._shown(self.form, name)

    def capitals(self, name: str) -> str:
        return ""

    def lines(self, name: str, columns: Sequence[str], totals: Sequence[str]) -> Table:
        cells = {cell.id: cell for cell in getattr(self.form.fields[name], "fields", ())}
        names = tuple(columns or cells)
        labels = [words(cells[id_].label, self.locale) for id_ in names]
        looks = [cells[id_].type in NUMBERS for id_ in names]
        shown = tuple(Shown(label, "", look) for label, look in zip(labels, looks, strict=True))
        return _table(shown, names, dict.fromkeys(totals, "0"))

    def related(self, block: Any) -> Table:
        other = self.app.forms[block.form]
        return _table(
            tuple(self._shown(other, name) for name in block.columns), tuple(block.columns), {}
        )

    def clauses(self, block: Any) -> Sequence[Mapping[str, str]]:
        other = self.app.forms[block.form]
        texts = {key: self._shown(other, getattr(block, key)).text for key in ("heading", "text")}
        version = self._shown(other, block.version).text if block.version else ""
        return [{"id": "", "title": texts["heading"], "text": texts["text"], "version": version}]

    def pictures(self, name: str) -> Sequence[Picture]:
        return ()

    def _shown(self, form: Form, name: str) -> Shown:
        field = form.fields.get(name)
        label = words(field.label, self.locale) if field else self.say(SYSTEM_LABELS[name])
        return Shown(label, f"〔{label}〕", field is not None and field.type in NUMBERS)

    def _blank(self, blank: Blank) -> str:
        if blank.name is None:
            return f"〔{self.say(EXPRESSION)}〕"
        if blank.name in MADE and blank.name not in self.form.fields:
            return f"〔{self.say(MADE[blank.name])}〕"
        return self._shown(self.form, blank.name).text


def _table(columns: tuple[Shown, ...], names: tuple[str, ...], totals: Mapping[str, str]) -> Table:
    row = tuple(f"〔{one.label}〕" for one in columns)
    return Table(
        tuple(Shown(one.label, "", one.right) for one in columns), names, (row,) * ROWS, totals
    )

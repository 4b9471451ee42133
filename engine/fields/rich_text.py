"""The `rich_text` field type."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.rich import harmless, plain_words
from engine.typed.text import as_text, tidy_lines
from engine.wording import Message

_MARKUP = 10
"""Markup may be this many times as long as what it says."""


class RichText(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rich_text"):
    """Text with headings, lists, links and tables; kept as harmless HTML."""

    storage: ClassVar = Storage.LONG_TEXT
    widget: ClassVar = "rich_text"
    title: ClassVar = {"zh": "富文本", "en": "Rich text"}
    about: ClassVar = {
        "zh": "带标题、列表、链接和表格的文字。",
        "en": "Text with headings, lists, links and tables.",
    }
    searchable: ClassVar = True
    sortable: ClassVar = False
    filterable: ClassVar = False

    max_length: Annotated[
        Annotated[int, Meta(ge=1, le=50_000)],
        option("最多字数", "Greatest length", "不计格式", "Formatting does not count"),
    ] = 10_000

    def feel_type(self) -> Type:
        return TEXT

    def parse(self, text: str) -> str | None:
        clean = harmless(tidy_lines(text, self.max_length * _MARKUP)).strip()
        said = plain_words(clean)
        if not said:
            return None
        if len(said) > self.max_length:
            message = "最多 {most} 个字，现在有 {now} 个"
            raise NotAcceptable(Message(message, most=self.max_length, now=len(said)))
        return clean

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

    def show(self, value: Value, locale: str = "zh") -> str:
        return plain_words(value) if isinstance(value, str) else ""

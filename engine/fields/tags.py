"""The `tags` field type."""

import re
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import NotAcceptable, option
from engine.record import Value
from engine.typed.lists import MOST, counted, joined, without_repeats
from engine.typed.several import Several
from engine.typed.text import cut, tidy
from engine.wording import Message

_BETWEEN = re.compile(r"[,，、;；\n]")


class Tags(Several, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="tags"):
    """Short words that people make up."""

    widget: ClassVar = "tags"
    group: ClassVar = "choice"
    title: ClassVar = {"zh": "标签", "en": "Tags"}
    about: ClassVar = {
        "zh": "随手写的几个短词，便于归类和查找。",
        "en": "A few short words of one's own, to sort and find things by.",
    }
    searchable: ClassVar = True

    suggestions: Annotated[
        tuple[str, ...],
        option("候选", "Suggestions", "输入时可选", "Offered while typing"),
    ] = ()
    only_suggestions: Annotated[
        bool, option("只能用候选", "Only these", "不接受其他标签", "Other tags are refused")
    ] = False
    max_items: Annotated[
        Annotated[int, Meta(ge=1, le=100)],
        option("最多几个", "At most", "更多不能保存", "More are refused"),
    ] = 20
    max_length: Annotated[
        Annotated[int, Meta(ge=1, le=100)],
        option("每个最多几字", "Longest", "更长不能保存", "Longer tags are refused"),
    ] = 30

    def parse(self, text: str) -> tuple[str, ...] | None:
        if len(text) > 20_000:
            raise NotAcceptable(Message("“{text}”太长了", text=cut(text)))
        return self.parse_all((text,))

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        if len(texts) > MOST:
            raise NotAcceptable(Message("最多 {most} 项", most=self.max_items))
        parts = (part for text in texts for part in _BETWEEN.split(text[:20_000]))
        words = (tidy(part, self.max_length).removeprefix("#").strip() for part in parts)
        return self._accepted(without_repeats(word for word in words if word))

    def show(self, value: Value, locale: str = "zh") -> str:
        return joined(map(str, value), locale) if isinstance(value, tuple) else ""

    def _accepted(self, tags: tuple[str, ...]) -> tuple[str, ...] | None:
        complaint = counted(len(tags), None, self.max_items)
        if complaint:
            raise NotAcceptable(complaint)
        strange = [tag for tag in tags if self.only_suggestions and tag not in self.suggestions]
        if strange:
            message = "没有“{text}”这个标签，可选：{offered}"
            offered = list(self.suggestions[:12])
            raise NotAcceptable(Message(message, text=strange[0], offered=offered))
        return tags or None

"""The `multi_select` field type."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.env import Env
from engine.expressions.feel_types import Type, choice, list_of
from engine.field import NotAcceptable, option
from engine.record import Value
from engine.typed.choosing import Choosing
from engine.typed.lists import counted, joined, sent_texts
from engine.typed.options import Option, doubts, misplaced, open_to, unknown, unknown_id
from engine.typed.several import Several
from engine.typed.text import tidy
from engine.wording import Message, words

_BETWEEN = re.compile(r"[,，、;；\n]")


class MultiSelect(
    Choosing, Several, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="multi_select"
):
    """Several of several options."""

    widget: ClassVar = "multi_select"
    group: ClassVar = "choice"
    title: ClassVar = {"zh": "多选", "en": "Multi-select"}
    about: ClassVar = {
        "zh": "从选项中选几个；选项可随其他字段变化。",
        "en": "Several of the options, which may depend on other fields.",
    }
    searchable: ClassVar = True

    options: Annotated[
        Annotated[tuple[Option, ...], Meta(min_length=1, max_length=1000)],
        option(
            "选项",
            "Options",
            "每项有标识和名称，可有颜色、停用和出现条件",
            "Each with an id and a label; colour, retired and when if wanted",
        ),
    ]
    style: Annotated[
        Literal["list", "buttons"],
        option("样式", "Style", "下拉列表或平铺按钮", "A list that opens, or buttons"),
    ] = "list"
    min_items: Annotated[
        Annotated[int, Meta(ge=1, le=1000)] | None,
        option("最少选几项", "At least", "选了就不能更少", "Fewer are refused, none is not"),
    ] = None
    max_items: Annotated[
        Annotated[int, Meta(ge=1, le=1000)] | None,
        option("最多选几项", "At most", "更多不能保存", "More are refused"),
    ] = None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {one.id: place for place, one in enumerate(self.options)}

    def feel_type(self) -> Type:
        return list_of(choice(tuple(self._ids)))

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        found = list(doubts(self.options))
        if not found and self.min_items and self.max_items and self.min_items > self.max_items:
            found = [("min_items", "field.range", Message("最小值不能大于最大值"))]
        yield from found or super().mistakes()

    def parse(self, text: str) -> tuple[str, ...] | None:
        return self.parse_all(tuple(_BETWEEN.split(tidy(text, 20_000))))

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        return self._ordered([self._meant(text) for text in texts if text.strip()])

    def read(self, data: Any) -> tuple[str, ...] | None:
        sent = sent_texts(data)
        for text in sent:
            if text not in self._ids:
                raise unknown_id(text, self.options)
        return self._ordered(sent)

    def show(self, value: Value, locale: str = "zh") -> str:
        ids = value if isinstance(value, tuple) else ()
        chosen = (self._ids.get(str(id_)) for id_ in ids)
        return joined((words(one.label, locale) for one in chosen if one), locale)

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        stood = before if isinstance(before, tuple) else ()
        for id_ in value if isinstance(value, tuple) else ():
            chosen = self._ids.get(str(id_))
            if chosen and chosen.retired and id_ not in stood:
                return Message("选项“{label}”已停用，请重新选择", label=chosen.label)
            if chosen and not open_to(chosen, row):
                return misplaced(chosen)
        return None

    def _meant(self, text: str) -> str:
        typed = tidy(text, 100)
        meant = self._words.get(typed.casefold())
        if meant is None:
            raise unknown(typed, self.options)
        return meant.id

    def _ordered(self, ids: list[str]) -> tuple[str, ...] | None:
        chosen = tuple(sorted(set(ids), key=self._places.__getitem__))
        complaint = counted(len(chosen), self.min_items, self.max_items)
        if complaint:
            raise NotAcceptable(complaint)
        return chosen or None

"""The `select` field type."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.env import Env
from engine.expressions.feel_types import TEXT, Type, choice
from engine.field import Field, Storage, option
from engine.record import Value
from engine.typed.choosing import Choosing
from engine.typed.options import Option, doubts, misplaced, open_to, unknown, unknown_id
from engine.typed.text import as_text, tidy
from engine.wording import Message, words


class Select(Choosing, Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="select"):
    """One of several options."""

    storage: ClassVar = Storage.TEXT
    widget: ClassVar = "select"
    group: ClassVar = "choice"
    title: ClassVar = {"zh": "单选", "en": "Select"}
    about: ClassVar = {
        "zh": "从选项中选一个；选项可随其他字段变化。",
        "en": "One of several options, which may depend on other fields.",
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
    allow_other: Annotated[
        bool, option("可填其他", "Other", "也可以填选项之外的文字", "Other texts are taken too")
    ] = False

    def feel_type(self) -> Type:
        return TEXT if self.allow_other else choice(tuple(self._ids))

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        found = list(doubts(self.options))
        yield from found or super().mistakes()

    def parse(self, text: str) -> str | None:
        if text in self._ids:
            return text
        typed = tidy(text, 100)
        if not typed:
            return None
        meant = self._words.get(typed.casefold())
        if meant is not None:
            return meant.id
        if self.allow_other:
            return typed
        raise unknown(typed, self.options)

    def read(self, data: Any) -> str | None:
        if data is None:
            return None
        sent = as_text(data)
        if sent in self._ids:
            return sent
        if not self.allow_other:
            raise unknown_id(sent, self.options)
        return self.parse(sent)

    def show(self, value: Value, locale: str = "zh") -> str:
        chosen = self.option(value)
        return words(chosen.label, locale) if chosen else str(value or "")

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        chosen = self.option(value)
        if chosen is None:
            return None
        if chosen.retired and value != before:
            return Message("选项“{label}”已停用，请重新选择", label=chosen.label)
        return None if open_to(chosen, row) else misplaced(chosen)

"""The `rating` field type."""

from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.feel_types import INTEGER, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.numbers import sent_number, typed_number
from engine.wording import Label, Message, words


class Rating(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="rating"):
    """A mark from 1 up."""

    storage: ClassVar = Storage.INTEGER
    widget: ClassVar = "rating"
    group: ClassVar = "number"
    title: ClassVar = {"zh": "评分", "en": "Rating"}
    about: ClassVar = {
        "zh": "从 1 开始的分数，用星形等符号表示。",
        "en": "A mark from 1 up, drawn as stars or the like.",
    }

    max: Annotated[
        Annotated[int, Meta(ge=2, le=10)], option("最高分", "Best", "2 到 10", "From 2 to 10")
    ] = 5
    symbol: Annotated[
        Literal["star", "heart", "flag", "number"],
        option("符号", "Symbol", "star、heart、flag 或 number", "What each point is drawn as"),
    ] = "star"
    captions: Annotated[
        tuple[Label, ...],
        option("各分说明", "Captions", "从 1 分起，如 很差、较差", "What each mark means, from 1"),
    ] = ()

    def feel_type(self) -> Type:
        return INTEGER

    def parse(self, text: str) -> int | None:
        number = typed_number(text, 0)
        return None if number is None else self._limited(int(number))

    def read(self, data: Any) -> int | None:
        number = sent_number(data, 0)
        return None if number is None else self._limited(int(number))

    def data(self, value: Value) -> int | None:
        return value if isinstance(value, int) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, int):
            return ""
        shown = f"{value}/{self.max}"
        caption = self.captions[value - 1] if 0 < value <= len(self.captions) else None
        return f"{shown} {words(caption, locale)}" if caption else shown

    def _limited(self, value: int) -> int:
        if 1 <= value <= self.max:
            return value
        raise NotAcceptable(Message("应为 1 到 {max} 的整数", max=self.max))

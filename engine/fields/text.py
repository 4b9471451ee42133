"""The `text` field type."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.typed.patterns import fits, is_pattern
from engine.typed.text import as_text, tidy
from engine.wording import Label, Message, Said


class Text(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="text"):
    """One line of text."""

    title: ClassVar = {"zh": "单行文字", "en": "Text"}
    about: ClassVar = {
        "zh": "一行文字，如名称、编号、型号。",
        "en": "One line of text, such as a name, a number or a model.",
    }
    searchable: ClassVar = True

    min_length: Annotated[
        Annotated[int, Meta(ge=1, le=500)] | None,
        option("最少字数", "Least length", "少于这个字数不能保存", "Shorter texts are refused"),
    ] = None
    max_length: Annotated[
        Annotated[int, Meta(ge=1, le=500)],
        option("最多字数", "Greatest length", "超过这个字数不能保存", "Longer texts are refused"),
    ] = 200
    pattern: Annotated[
        Annotated[str, Meta(max_length=300, extra_json_schema={"format": "re2"})] | None,
        option(
            "格式",
            "Pattern",
            "RE2 正则表达式，要与全文相符",
            "A regular expression (RE2) that the whole text must match",
        ),
    ] = None
    pattern_message: Annotated[
        Label | None,
        option("格式不符时的提示", "Pattern message", "说明应怎样填写", "Says what is accepted"),
    ] = None
    suggestions: Annotated[
        tuple[str, ...],
        option("候选", "Suggestions", "输入时可选，也可另填", "Offered while typing, not binding"),
    ] = ()
    uppercase: Annotated[
        bool, option("转为大写", "Upper case", "字母一律存为大写", "Letters are kept in capitals")
    ] = False

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.pattern is not None and not is_pattern(self.pattern):
            text = Message("“{pattern}”不是有效的 RE2 正则表达式", pattern=self.pattern)
            yield "pattern", "field.pattern", text
            return
        if self.min_length is not None and self.min_length > self.max_length:
            yield "min_length", "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> str | None:
        clean = tidy(text, self.max_length)
        if not clean:
            return None
        if self.uppercase:
            clean = clean.upper()
        if self.min_length is not None and len(clean) < self.min_length:
            raise NotAcceptable(Message("最少 {least} 个字", least=self.min_length))
        if self.pattern is not None and not fits(self.pattern, clean):
            raise NotAcceptable(self._misfit())
        return clean

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

    def _misfit(self) -> Message:
        if self.pattern_message is None:
            return Message("格式不符，应符合 {pattern}", pattern=self.pattern)
        return Said(self.pattern_message)

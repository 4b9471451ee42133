"""The `long_text` field type."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.typed.text import as_text, tidy_lines
from engine.wording import Message


class LongText(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="long_text"):
    """Several lines of text."""

    storage: ClassVar = Storage.LONG_TEXT
    widget: ClassVar = "long_text"
    title: ClassVar = {"zh": "多行文字", "en": "Long text"}
    about: ClassVar = {
        "zh": "几行文字，如说明、备注、经过。",
        "en": "Several lines of text, such as a description or a remark.",
    }
    searchable: ClassVar = True
    sortable: ClassVar = False

    min_length: Annotated[
        Annotated[int, Meta(ge=1, le=100_000)] | None,
        option("最少字数", "Least length", "少于这个字数不能保存", "Shorter texts are refused"),
    ] = None
    max_length: Annotated[
        Annotated[int, Meta(ge=1, le=100_000)],
        option("最多字数", "Greatest length", "超过这个字数不能保存", "Longer texts are refused"),
    ] = 5000
    rows: Annotated[
        Annotated[int, Meta(ge=2, le=30)],
        option("行高", "Rows", "输入框显示几行", "How many lines the input shows"),
    ] = 4

    def feel_type(self) -> Type:
        return TEXT

    def parse(self, text: str) -> str | None:
        clean = tidy_lines(text, self.max_length)
        if not clean:
            return None
        if self.min_length is not None and len(clean) < self.min_length:
            raise NotAcceptable(Message("最少 {least} 个字", least=self.min_length))
        return clean

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

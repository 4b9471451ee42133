"""The `json` field type."""

from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from engine.expressions.feel_types import ANY, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.json_values import checked, frozen, json_in, thawed
from engine.wording import Message


class Json(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="json"):
    """A JSON value, for what programs exchange."""

    storage: ClassVar = Storage.JSON
    widget: ClassVar = "json"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "JSON", "en": "JSON"}
    about: ClassVar = {
        "zh": "程序之间交换的结构化内容。",
        "en": "Structured content that programs exchange.",
    }
    sortable: ClassVar = False
    filterable: ClassVar = False

    shape: Annotated[
        Literal["any", "object", "list"],
        option("形状", "Shape", "任意、对象或列表", "Anything, an object or a list"),
    ] = "any"
    max_length: Annotated[
        Annotated[int, Meta(ge=2, le=1_000_000)],
        option("最多字符", "Greatest length", "超过不能保存", "Longer is refused"),
    ] = 20_000

    def feel_type(self) -> Type:
        return ANY

    def parse(self, text: str) -> Any:
        typed = text if len(text) > self.max_length else text.strip()
        return self._shaped(json_in(typed, self.max_length)) if typed else None

    def read(self, data: Any) -> Any:
        return None if data is None else self._shaped(checked(data, self.max_length))

    def write(self, value: Value) -> str:
        if value is None:
            return ""
        return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()

    def data(self, value: Value) -> Any:
        return thawed(value)

    def show(self, value: Value, locale: str = "zh") -> str:
        return "" if value is None else msgspec.json.encode(value).decode()

    def _shaped(self, value: Any) -> Any:
        if value in ("", []):
            return None
        if self.shape == "object" and not isinstance(value, dict):
            raise NotAcceptable(Message("应为 JSON 对象，如 {example}", example='{"a": 1}'))
        if self.shape == "list" and not isinstance(value, list):
            raise NotAcceptable(Message("应为 JSON 列表，如 {example}", example="[1, 2]"))
        return frozen(value)

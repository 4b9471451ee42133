"""The `signature` field type."""

from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type, list_of
from engine.field import Field, Storage, option
from engine.record import StoredFile, Value
from engine.typed.file_kinds import refusal
from engine.typed.ids import some_ids
from engine.typed.lists import sent_texts
from engine.wording import Label, Message

_SIGNED = {"zh": "已签名", "en": "Signed"}


class Signature(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="signature"):
    """A name written by hand on the screen, kept as a picture."""

    storage: ClassVar = Storage.JSON
    widget: ClassVar = "signature"
    group: ClassVar = "media"
    title: ClassVar = {"zh": "手写签名", "en": "Signature"}
    about: ClassVar = {
        "zh": "在屏幕上手写的签名。",
        "en": "A name written by hand on the screen.",
    }
    sortable: ClassVar = False
    multiple: ClassVar = True

    statement: Annotated[
        Label | None,
        option("签署声明", "Statement", "显示在签名框上方", "Stands above the signature"),
    ] = None
    megabytes: Annotated[
        Annotated[int, Meta(ge=1, le=5)],
        option("最大（MB）", "Greatest size in MB", "更大的不接受", "Larger ones are refused"),
    ] = 1

    def feel_type(self) -> Type:
        return list_of(TEXT)

    def parse(self, text: str) -> tuple[str, ...] | None:
        return self.parse_all((text.strip(),))

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        return some_ids(tuple(text for text in texts if text), 1)

    def read(self, data: Any) -> tuple[str, ...] | None:
        return self.parse_all(tuple(sent_texts(data)))

    def write(self, value: Value) -> str:
        return str(value[0]) if isinstance(value, tuple) and value else ""

    def write_all(self, value: Value) -> tuple[str, ...]:
        return tuple(map(str, value)) if isinstance(value, tuple) else ()

    def data(self, value: Value) -> list[Any] | None:
        return list(value) if isinstance(value, tuple) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        return _SIGNED.get(locale, _SIGNED["zh"]) if value else ""

    def refusal_of(self, file: StoredFile) -> Message | None:
        return refusal(file, ("png",), self.megabytes)

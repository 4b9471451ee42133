"""The `phone` field type."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.record import Value
from engine.typed.phones import grouped, is_region, kind_of, typed_phone
from engine.typed.text import as_text
from engine.wording import Message


class Phone(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="phone"):
    """A telephone number, kept as +8613812345678."""

    widget: ClassVar = "phone"
    group: ClassVar = "people"
    title: ClassVar = {"zh": "电话", "en": "Phone"}
    about: ClassVar = {
        "zh": "手机或座机，国内外均可，按位数校验。",
        "en": "A mobile or landline number of any country.",
    }
    searchable: ClassVar = True

    kind: Annotated[
        Literal["any", "mobile", "landline"],
        option("种类", "Kind", "任意、手机或座机", "Any, mobile or landline"),
    ] = "any"
    country: Annotated[
        Annotated[str, Meta(pattern="^[A-Z]{2}$")],
        option("默认国家", "Country", "不写国际区号时按此国家", "Meant where no code is written"),
    ] = "CN"

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if not is_region(self.country):
            yield "country", "field.country", Message("没有代码为 {code} 的国家", code=self.country)
            return
        yield from super().mistakes()

    def parse(self, text: str) -> str | None:
        number = typed_phone(text, self.country)
        if number is None or self.kind == "any" or kind_of(number) in (self.kind, "either"):
            return number
        if self.kind == "mobile":
            raise NotAcceptable(Message("应为手机号码"))
        raise NotAcceptable(Message("应为座机号码"))

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

    def show(self, value: Value, locale: str = "zh") -> str:
        return grouped(value) if isinstance(value, str) else ""

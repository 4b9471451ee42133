"""The `region` field type."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.record import Value
from engine.typed.regions import REGIONS, children, full_name, region_in
from engine.typed.text import as_text
from engine.wording import Message

_DIGITS = {"province": 2, "city": 4, "district": 6}

Level = Literal["province", "city", "district"]


class Region(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="region"):
    """A province, city or district of China, kept as its GB/T 2260 code."""

    widget: ClassVar = "region"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "地区", "en": "Region"}
    about: ClassVar = {
        "zh": "省、市、区三级行政区划。",
        "en": "A province, city or district of China.",
    }
    searchable: ClassVar = True

    level: Annotated[
        Level,
        option("选到", "Level", "选到省、市或区", "How far down one chooses"),
    ] = "district"
    within: Annotated[
        str | None,
        option("限定范围", "Within", "只能选此地区之内，如 33", "Only below this code, as 33"),
    ] = None

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.within is not None and self.within not in REGIONS:
            yield "within", "field.region", Message("没有代码为 {code} 的地区", code=self.within)
            return
        yield from super().mistakes()

    def parse(self, text: str) -> str | None:
        code = region_in(text)
        if code is None:
            return None
        if self.within and not code.startswith(self.within):
            raise NotAcceptable(Message("应在{region}之内", region=full_name(self.within)))
        complaint = depth(code, self.level)
        if complaint:
            raise NotAcceptable(complaint)
        return code

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

    def show(self, value: Value, locale: str = "zh") -> str:
        return full_name(value) if isinstance(value, str) else ""


@lru_cache(maxsize=8192)
def depth(code: str, level: Level) -> Message | None:
    """Return the complaint about a region that is not as far down as it must be."""
    if len(code) > _DIGITS[level]:
        return _choose(level)
    deeper = any(len(below) <= _DIGITS[level] for below, _ in children(code))
    return _choose(level) if deeper else None


def _choose(level: Level) -> Message:
    match level:
        case "province":
            return Message("请选择到省")
        case "city":
            return Message("请选择到市")
        case _:
            return Message("请选择到区县")

"""The `address` field type."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type, context_of
from engine.field import Field, NotAcceptable, Storage, option
from engine.fields.region import Level, depth
from engine.record import Value
from engine.typed.json_values import object_in, parts_in
from engine.typed.regions import full_name, leading_region, region_in
from engine.typed.text import as_text, narrow, tidy
from engine.wording import Message

_PARTS = frozenset({"region", "detail"})
_TYPE = context_of({"region": TEXT, "detail": TEXT})


class Address(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="address"):
    """A region and what stands below it: street, number, building."""

    storage: ClassVar = Storage.JSON
    widget: ClassVar = "address"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "地址", "en": "Address"}
    about: ClassVar = {
        "zh": "省市区加详细地址。",
        "en": "A region with street, number and building.",
    }
    sortable: ClassVar = False
    searchable: ClassVar = True

    level: Annotated[
        Level, option("选到", "Level", "选到省、市或区", "How far down one chooses")
    ] = "district"
    detail: Annotated[
        Literal["required", "optional"],
        option("详细地址", "Detail", "要填或可不填", "Whether it may be left out"),
    ] = "required"
    max_length: Annotated[
        Annotated[int, Meta(ge=10, le=300)],
        option("详细地址最多字数", "Greatest length", "超过不能保存", "Longer is refused"),
    ] = 100

    def feel_type(self) -> Type:
        return _TYPE

    def parse(self, text: str) -> dict[str, Any] | None:
        sent = object_in(text) if len(text) < 5000 else None
        if sent is not None:
            return self.read(sent)
        region, rest = leading_region(narrow(text, self.max_length + 50))
        return self._whole(region, rest)

    def parse_all(self, texts: tuple[str, ...]) -> dict[str, Any] | None:
        if len(texts) < 2:
            return self.parse(texts[0] if texts else "")
        return self._whole(region_in(texts[0]), texts[1])

    def read(self, data: Any) -> dict[str, Any] | None:
        if data is None:
            return None
        parts = parts_in(data, _PARTS)
        region, detail = parts.get("region"), parts.get("detail")
        return self._whole(
            None if region is None else region_in(as_text(region)),
            "" if detail is None else as_text(detail),
        )

    def write(self, value: Value) -> str:
        return msgspec.json.encode(value).decode() if isinstance(value, Mapping) else ""

    def data(self, value: Value) -> dict[str, Any] | None:
        return dict(value) if isinstance(value, Mapping) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, Mapping):
            return ""
        return f"{full_name(value.get('region') or '')}{value.get('detail') or ''}"

    def _whole(self, region: str | None, detail: str) -> dict[str, Any] | None:
        street = tidy(detail, self.max_length)
        if region is None and not street:
            return None
        if region is None:
            raise NotAcceptable(Message("请选择省市区"))
        complaint = depth(region, self.level)
        if complaint:
            raise NotAcceptable(complaint)
        if not street and self.detail == "required":
            raise NotAcceptable(Message("请填写详细地址"))
        return {"region": region, "detail": street or None}

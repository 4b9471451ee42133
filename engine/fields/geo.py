"""The `geo` field type."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

from engine.expressions.feel_types import NUMBER, TEXT, Type, context_of
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.json_values import object_in, parts_in
from engine.typed.numbers import plain, rounded, sent_number
from engine.typed.text import as_text, cut, narrow, tidy
from engine.wording import Message

_PARTS = frozenset({"latitude", "longitude", "label", "accuracy"})
_TYPE = context_of({"latitude": NUMBER, "longitude": NUMBER, "label": TEXT, "accuracy": NUMBER})
_PAIR = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)[,; ]+(-?[0-9]{1,3}(?:\.[0-9]{1,12})?)")
_PLACES = 6
"""About a decimetre; devices do not know it better."""


class Geo(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="geo"):
    """A place on the earth, as a device located it or as it was picked."""

    storage: ClassVar = Storage.JSON
    widget: ClassVar = "geo"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "定位", "en": "Position"}
    about: ClassVar = {
        "zh": "经纬度，可由手机定位。",
        "en": "Latitude and longitude, taken from the device if wanted.",
    }
    sortable: ClassVar = False
    filterable: ClassVar = False

    accuracy_within: Annotated[
        Annotated[int, Meta(ge=1, le=10_000)] | None,
        option(
            "精度要求（米）",
            "Accuracy in metres",
            "只接受设备定位，且误差不超过此数",
            "Only what a device located, no worse than this",
        ),
    ] = None

    def feel_type(self) -> Type:
        return _TYPE

    def parse(self, text: str) -> dict[str, Any] | None:
        sent = object_in(text) if len(text) < 5000 else None
        if sent is not None:
            return self.read(sent)
        typed = narrow(text)
        if not typed:
            return None
        pair = _PAIR.fullmatch(typed)
        if pair is None:
            message = "“{text}”不是位置，请填如 31.2304,121.4737 的纬度和经度"
            raise NotAcceptable(Message(message, text=cut(text)))
        return self._placed({"latitude": pair[1], "longitude": pair[2]})

    def read(self, data: Any) -> dict[str, Any] | None:
        if data is None:
            return None
        return self._placed(parts_in(data, _PARTS))

    def write(self, value: Value) -> str:
        return msgspec.json.encode(self.data(value)).decode() if value is not None else ""

    def data(self, value: Value) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            return None
        return {
            part: plain(item) if isinstance(item, Decimal) else item for part, item in value.items()
        }

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, Mapping):
            return ""
        place = f"{plain(value['latitude'])}, {plain(value['longitude'])}"
        return f"{value['label']} ({place})" if value.get("label") else place

    def _placed(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        place: dict[str, Any] = {
            "latitude": _degrees(parts.get("latitude"), 90),
            "longitude": _degrees(parts.get("longitude"), 180),
        }
        label = parts.get("label")
        if label is not None and (said := tidy(as_text(label), 200)):
            place["label"] = said
        accuracy = sent_number(_short(parts.get("accuracy")), 12)
        if accuracy is not None:
            place["accuracy"] = rounded(accuracy, 1)
        self._accept(accuracy)
        return place

    def _accept(self, accuracy: Decimal | None) -> None:
        if self.accuracy_within is None:
            return
        if accuracy is None:
            raise NotAcceptable(Message("请用设备定位"))
        if accuracy < 0 or accuracy > self.accuracy_within:
            message = "定位误差 {now} 米，应在 {limit} 米以内，请重新定位"
            now = plain(rounded(accuracy, 0))
            raise NotAcceptable(Message(message, now=now, limit=self.accuracy_within))


def _degrees(data: Any, limit: int) -> Decimal:
    value = sent_number(_short(data), 12)
    if value is None or abs(value) > limit:
        message = Message("纬度应在 -90 到 90 之间，经度应在 -180 到 180 之间")
        raise NotAcceptable(message)
    return rounded(value, _PLACES)


def _short(data: Any) -> Any:
    """Devices send more digits than they know."""
    return f"{data:.9f}" if isinstance(data, float) and abs(data) < 10**9 else data

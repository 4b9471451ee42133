"""What does a value become when its field changes its type, without bending it?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from engine.field import Field, NotAcceptable, Storage
from engine.record import Value
from engine.wording import Message
from runtime.store.migrate.shape import FieldShape
from runtime.store.types import from_json, to_json

_TEXTUAL = {Storage.TEXT, Storage.LONG_TEXT}
_FREE_TEXT = {"text", "long_text", "rich_text"}


def convert(value: Any, old: FieldShape, field: Field) -> Value:
    """Return the value as the new field keeps it. Raises NotAcceptable if it would have to be
    bent for that."""
    if field.storage in (Storage.LINK, Storage.LINKS):
        return _link(value, old, field)
    if field.storage is Storage.JSON:
        return _several(value, old, field)
    if isinstance(value, tuple) and field.type not in _FREE_TEXT:
        value = _only_one(value)
    if field.storage in (Storage.DECIMAL, Storage.INTEGER) and isinstance(value, Decimal | int):
        return _number(value, field)
    return field.parse(as_text(value, old))


def as_text(value: Any, old: FieldShape) -> str:
    """Return the text that a person would read for a value; options by their labels."""
    match value:
        case str():
            return (old.options or {}).get(value, value)
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case timedelta():
            return f"PT{_seconds(value)}S"
        case tuple():
            return "、".join(as_text(item, old) for item in value)
        case Mapping():
            return to_json(value)
        case datetime() | date():
            return value.isoformat()
    return str(value)


def _seconds(value: timedelta) -> str:
    return f"{Decimal(value // timedelta(microseconds=1)) / 1_000_000:f}"


def _number(value: Decimal | int, field: Field) -> Value:
    digits = field.scale() if field.storage is Storage.DECIMAL else 0
    number = Decimal(value)
    exact = number.quantize(Decimal(1).scaleb(-digits)) if abs(number) < 10**24 else number
    if exact != number:
        raise NotAcceptable(Message("应有至多 {digits} 位小数", digits=digits))
    return field.read(int(exact) if field.storage is Storage.INTEGER else f"{exact:f}")


def _only_one(value: tuple[Any, ...]) -> Any:
    if len(value) != 1:
        raise NotAcceptable(Message("应只有一个值"))
    return value[0]


def _link(value: Any, old: FieldShape, field: Field) -> Value:
    kinds = {old.type.partition("_")[0], field.type.partition("_")[0]}
    if old.to != getattr(field, "to", None) or len(kinds) > 1:
        raise NotAcceptable(Message("应指向同一张表单的记录"))
    if field.storage is Storage.LINKS:
        return value if isinstance(value, tuple) else (value,)
    return _only_one(value) if isinstance(value, tuple) else value  # type: ignore[no-any-return]  # an id


def _several(value: Any, old: FieldShape, field: Field) -> Value:
    if old.storage is Storage.JSON:
        return field.read(_thawed(value))
    if isinstance(value, str) and field.multiple:
        return field.parse_all((as_text(value, old),))
    if old.storage in _TEXTUAL:
        return field.read(_thawed(from_json(value)) if _is_json(value) else value)
    raise NotAcceptable(Message("不能转换为这种类型"))


def _is_json(text: str) -> bool:
    return text[:1] in "[{"


def _thawed(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_thawed(item) for item in value]
    return value

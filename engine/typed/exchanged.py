"""Which values do we exchange with other programs, and how does JSON write each?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

import msgspec

from engine.expressions.feel_types import BOOLEAN, DATE, DATETIME, NUMBER, TEXT, Type
from engine.field import NotAcceptable
from engine.wording import Message

Kind = Literal["text", "number", "yes_no", "date", "datetime"]

FEEL_TYPES: Mapping[str, Type] = {
    "text": TEXT, "number": NUMBER, "yes_no": BOOLEAN, "date": DATE, "datetime": DATETIME,
}  # fmt: skip
LONGEST = 10_000
"""Characters of one text."""
MOST_DIGITS = 34
WANTED: Mapping[str, Message] = {
    "text": Message("应为文字"),
    "number": Message("应为数字"),
    "yes_no": Message("应为 true 或 false"),
    "date": Message("应为日期，如 2026-03-02"),
    "datetime": Message("应为时间，如 2026-03-02T09:00:00+08:00"),
}

_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number", uuid_format="canonical")


def decoded(content: bytes) -> Any:
    """Return what JSON says, its fractions exact; None if it is no JSON."""
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, InvalidOperation):
        return None


def encoded(value: Any) -> bytes:
    """Return JSON whose numbers are numbers."""
    return _ENCODER.encode(plain(value))


def plain(value: Any) -> Any:
    """Return a value as JSON has it: dates and moments as texts."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int | Decimal):
        return value
    return str(value)


def value_in(kind: str, data: Any, zone: tzinfo) -> Any:
    """Return the value that something in JSON is; nothing for null. Raises NotAcceptable."""
    if data is None:
        return None
    found = _READ[kind](data, zone)
    if found is None:
        raise NotAcceptable(WANTED[kind])
    return found


def _text(data: Any, _: tzinfo) -> str | None:
    if isinstance(data, bool) or not isinstance(data, str | int | Decimal):
        return None
    text = str(data)
    return text if len(text) <= LONGEST and "\x00" not in text else None


def _number(data: Any, _: tzinfo) -> Decimal | int | None:
    if isinstance(data, bool) or not isinstance(data, str | int | Decimal):
        return None
    if len(str(data)) > MOST_DIGITS:
        return None
    try:
        found = Decimal(data)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= MOST_DIGITS else None


def _yes_no(data: Any, _: tzinfo) -> bool | None:
    return data if isinstance(data, bool) else None


def _date(data: Any, _: tzinfo) -> date | None:
    try:
        return date.fromisoformat(data) if isinstance(data, str) else None
    except ValueError:
        return None


def _datetime(data: Any, zone: tzinfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(data) if isinstance(data, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or zone) if found else None


_READ: Mapping[str, Any] = {
    "text": _text, "number": _number, "yes_no": _yes_no, "date": _date, "datetime": _datetime,
}  # fmt: skip

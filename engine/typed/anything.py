"""How is a value read, written and shown when only the value itself is known?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.typed.moments import iso_duration
from engine.typed.numbers import grouped

_YES = {"zh": ("否", "是"), "en": ("No", "Yes")}


def data_of(value: Any) -> Any:
    """Return a value as JSON."""
    if isinstance(value, tuple | list):
        return [data_of(item) for item in value]
    if isinstance(value, Mapping):
        return {key: data_of(item) for key, item in value.items()}
    write = _WRITE.get(type(value))
    return write(value) if write else value


def shown(value: Any, locale: str) -> str:
    """Return a value as a person reads it."""
    if isinstance(value, bool):
        return _YES.get(locale, _YES["zh"])[value]
    if isinstance(value, int | Decimal):
        return grouped(Decimal(value))
    if isinstance(value, Mapping):
        return " ".join(shown(item, locale) for item in value.values() if item is not None)
    if isinstance(value, tuple | list):
        return ("、" if locale == "zh" else ", ").join(shown(item, locale) for item in value)
    return "" if value is None else str(value)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


_WRITE: Mapping[type, Callable[[Any], str]] = {
    Decimal: lambda value: f"{value:f}",
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: iso_duration,
}

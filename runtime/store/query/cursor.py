"""How does a page say where the next one begins?"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from engine.field import Storage
from engine.wording import Message
from runtime.store.query.asked import NotUnderstood
from runtime.store.types import seconds, storable

_LONGEST = 4000


@dataclass(frozen=True)
class Place:
    """A place in an order: the values of the sort keys there, and in which direction to go on."""

    values: tuple[Any, ...]
    backwards: bool = False


def written(place: Place, order: Sequence[str]) -> str:
    """Return the place as opaque text."""
    data = [list(order), [_plain(value) for value in place.values], place.backwards]
    return base64.urlsafe_b64encode(msgspec.json.encode(data)).decode().rstrip("=")


def read(text: str, order: Sequence[str], kinds: Sequence[Storage]) -> Place:
    """Read a place; one of another order, or none at all, raises NotUnderstood."""
    try:
        padded = text[:_LONGEST] + "=" * (-len(text) % 4)
        data = msgspec.json.decode(base64.b64decode(padded, b"-_", validate=True))
        said, values, backwards = data
        if said != list(order) or len(values) != len(kinds) or not isinstance(backwards, bool):
            raise ValueError
        read_ = tuple(
            None if value is None else _READ[kind](value)
            for kind, value in zip(kinds, values, strict=True)
        )
    except (ValueError, TypeError, KeyError, ArithmeticError, binascii.Error, msgspec.DecodeError):
        raise NotUnderstood(Message("翻页位置已失效，请从第一页重新看起")) from None
    return Place(read_, backwards)


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case timedelta():
            return str(seconds(value))
        case datetime() | date() | time():
            return value.isoformat()
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not storable(value):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or abs(value) >= 2**63:
        raise TypeError
    return value


def _decimal(value: Any) -> Decimal:
    number = Decimal(_text(value))
    if not number.is_finite() or abs(number.adjusted()) > 18:
        raise InvalidOperation
    return number


def _moment(value: Any) -> datetime:
    read_ = datetime.fromisoformat(_text(value))
    if read_.tzinfo is None:
        raise ValueError
    return read_


_READ: Mapping[Storage, Callable[[Any], Any]] = {
    Storage.TEXT: _text,
    Storage.LONG_TEXT: _text,
    Storage.LINK: _text,
    Storage.INTEGER: _whole,
    Storage.YES_NO: lambda value: bool(_whole(int(value))),
    Storage.DECIMAL: _decimal,
    Storage.DATE: lambda value: date.fromisoformat(_text(value)),
    Storage.DATETIME: _moment,
    Storage.TIME: lambda value: time.fromisoformat(_text(value)),
    Storage.DURATION: lambda value: timedelta(microseconds=int(_decimal(value) * 1_000_000)),
}

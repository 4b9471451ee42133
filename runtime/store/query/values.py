"""Which value of a column does a question mean by what it says?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.field import NotAcceptable, Storage
from engine.wording import Message
from runtime.store.query.asked import NotUnderstood
from runtime.store.query.fields import Asked
from runtime.store.types import storable

_LARGEST = 2**63
_MOST_DIGITS = 30


def value_of(asked: Asked, said: Any, zone: Any) -> Any:
    """Return the value as its column holds it. Raises NotUnderstood."""
    try:
        value = _READ[asked.storage](asked, said, zone)
    except (ValueError, TypeError, InvalidOperation, NotAcceptable):
        raise NotUnderstood(_not_fitting(asked, said)) from None
    if isinstance(value, Decimal | int) and not _fits(asked, value):
        raise NotUnderstood(_not_fitting(asked, said))
    return value


def day_of(said: Any) -> date | None:
    """Return the day if a whole day is meant, not a moment."""
    if isinstance(said, datetime):
        return None
    if isinstance(said, date):
        return said
    if isinstance(said, str) and len(said.strip()) == len("2026-01-01"):
        try:
            return date.fromisoformat(said.strip())
        except ValueError:
            return None
    return None


def beginning(day: date, zone: Any) -> datetime:
    """Return the moment at which a day begins."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def _not_fitting(asked: Asked, said: Any) -> Message:
    label = asked.field.label if asked.field else asked.name
    return Message("“{field}”不能与“{value}”比较", field=label, value=str(said)[:40])


def _fits(asked: Asked, value: Decimal | int) -> bool:
    if isinstance(value, bool):
        return True
    number = Decimal(value)
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        return False
    scale = asked.field.scale() if asked.field and asked.storage is Storage.DECIMAL else 0
    return abs(number.scaleb(scale)) < _LARGEST


def _text(_asked: Asked, said: Any, _zone: Any) -> str:
    if not isinstance(said, str | int | Decimal) or isinstance(said, bool):
        raise TypeError
    text = str(said)
    return text if storable(text) else _refuse()


def _whole(_asked: Asked, said: Any, _zone: Any) -> int | Decimal:
    number = _number(_asked, said, _zone)
    # A fraction may be compared with whole numbers: more than 2.5 is 3 and up.
    return int(number) if number == number.to_integral_value() else number


def _number(_asked: Asked, said: Any, _zone: Any) -> Decimal:
    if isinstance(said, bool) or not isinstance(said, str | int | float | Decimal):
        raise TypeError
    number = Decimal(str(said).strip())
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError
    return number


def _yes_no(_asked: Asked, said: Any, _zone: Any) -> bool:
    if isinstance(said, bool):
        return said
    return {"true": True, "false": False}[str(said).lower()] if said in _FLAGS else _refuse()


_FLAGS = ("true", "false", "True", "False")


def _refuse() -> Any:
    raise ValueError


def _date(_asked: Asked, said: Any, zone: Any) -> date:
    if isinstance(said, datetime):
        return said.astimezone(zone).date()
    return said if isinstance(said, date) else date.fromisoformat(str(said).strip())


def _moment(_asked: Asked, said: Any, zone: Any) -> datetime:
    if isinstance(said, datetime):
        return said if said.tzinfo else said.replace(tzinfo=zone)
    if isinstance(said, date):
        return beginning(said, zone)
    read = datetime.fromisoformat(str(said).strip())
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _clock(_asked: Asked, said: Any, _zone: Any) -> time:
    return said if isinstance(said, time) else time.fromisoformat(str(said).strip())


def _span(asked: Asked, said: Any, _zone: Any) -> Any:
    if isinstance(said, timedelta):
        return said
    return asked.field.parse(str(said)) if asked.field else _refuse()


_READ: Mapping[Storage, Callable[[Asked, Any, Any], Any]] = {
    Storage.TEXT: _text,
    Storage.LONG_TEXT: _text,
    Storage.LINK: _text,
    Storage.LINKS: _text,
    Storage.JSON: _text,
    Storage.LINES: _text,
    Storage.INTEGER: _whole,
    Storage.DECIMAL: _number,
    Storage.YES_NO: _yes_no,
    Storage.DATE: _date,
    Storage.DATETIME: _moment,
    Storage.TIME: _clock,
    Storage.DURATION: _span,
}

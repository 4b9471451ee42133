"""How does each kind of value stand in a column, on either database?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    LargeBinary,
    Numeric,
    Text,
    Time,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.field import Storage

Processor = Callable[[Any], Any] | None

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_MICROSECOND = timedelta(microseconds=1)
DURATION_SCALE = 6

flag = Boolean(create_constraint=False)
whole = BigInteger()
day = Date()
clock_time = Time()
content = LargeBinary()


class Words(TypeDecorator[str]):
    """Text that sorts by code point on both databases, whatever the server's locale is. What no
    database can hold, NUL and halves of characters, becomes the replacement character: such a
    text from outside finds nothing, instead of being an error."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text() if dialect.name == "sqlite" else Text(collation="C")

    def bind_processor(self, dialect: Dialect) -> Processor:
        return _held


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with fixed digits after the point: NUMERIC, or a scaled integer on SQLite."""

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__(38, scale)
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(38, self.scale))

    def bind_processor(self, dialect: Dialect) -> Processor:
        scale = self.scale
        if dialect.name == "sqlite":
            return lambda value: None if value is None else scaled(value, scale)
        return lambda value: None if value is None else fixed(value, scale)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        if dialect.name != "sqlite":
            return None
        digits = -self.scale
        return lambda value: None if value is None else Decimal(value).scaleb(digits, _WIDE)

    def coerce_compared_value(self, op: object, value: object) -> TypeEngine[Any]:
        return self


class Span(TypeDecorator[timedelta]):
    """A length of time in seconds, exact to the microsecond."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(38, DURATION_SCALE))

    def bind_processor(self, dialect: Dialect) -> Processor:
        if dialect.name == "sqlite":
            return lambda value: None if value is None else value // _MICROSECOND
        return lambda value: None if value is None else seconds(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        if dialect.name == "sqlite":
            return lambda value: None if value is None else timedelta(microseconds=int(value))
        return lambda value: (
            None if value is None else timedelta(microseconds=int(value.scaleb(6, _WIDE)))
        )

    def coerce_compared_value(self, op: object, value: object) -> TypeEngine[Any]:
        return self


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timestamptz, or text on SQLite that sorts as the moments do."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Processor:
        return moment_text if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return _moment if dialect.name == "sqlite" else None

    def coerce_compared_value(self, op: object, value: object) -> TypeEngine[Any]:
        return self


class JsonText(TypeDecorator[Any]):
    """A list or mapping as JSON; lists come back as tuples, fractions as exact decimals."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else to_json(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else from_json(value)


_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def to_json(value: Any) -> str:
    """Return the JSON text of a value; decimals keep their point, so that they come back exact."""
    return _encoder.encode(_pointed(value)).decode()


def from_json(text: str | bytes) -> Any:
    """Read JSON text; a list at the top and below becomes a tuple."""
    return _frozen(_decoder.decode(text))


def _pointed(value: Any) -> Any:
    if isinstance(value, Decimal):
        whole_number = value == value.to_integral_value()
        return value.quantize(Decimal("0.1"), context=_WIDE) if whole_number else value
    if isinstance(value, Mapping):
        return {key: _pointed(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_pointed(item) for item in value]
    return value


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _held(text: str | None) -> str | None:
    if text is None or (text.isascii() and "\0" not in text) or storable(text):
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def storable(text: str) -> bool:
    """Tell whether a database can hold the text: no NUL, no half of a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def fixed(value: Decimal | int, scale: int) -> Decimal:
    """Return the number with exactly so many digits after the point."""
    return Decimal(value).quantize(Decimal(1).scaleb(-scale), context=_WIDE)


def scaled(value: Decimal | int, scale: int) -> int:
    """Return the number in units of its last digit."""
    return int(fixed(value, scale).scaleb(scale, _WIDE))


def seconds(value: timedelta) -> Decimal:
    """Return a length of time in seconds, exactly."""
    return Decimal(value // _MICROSECOND).scaleb(-DURATION_SCALE, _WIDE)


def moment_text(value: datetime | None) -> str | None:
    """Return a moment as SQLite keeps it."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _moment(text: str | None) -> datetime | None:
    # Five times as fast as to read it without a zone and put one in.
    return None if text is None else datetime.fromisoformat(text + "+00:00")


words = Words()


def column_type(storage: Storage, scale: int = 0) -> TypeEngine[Any]:
    """Return the type of the column that keeps such values."""
    if storage is Storage.DECIMAL:
        return ExactDecimal(scale)
    return _TYPES[storage]


_TYPES: dict[Storage, TypeEngine[Any]] = {
    Storage.TEXT: words,
    Storage.LONG_TEXT: words,
    Storage.INTEGER: whole,
    Storage.YES_NO: flag,
    Storage.DATE: day,
    Storage.DATETIME: Moment(),
    Storage.TIME: clock_time,
    Storage.DURATION: Span(),
    Storage.JSON: JsonText(),
    Storage.LINK: words,
}

"""What is a part of a statement that stands for a value of an expression?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    Numeric,
    Text,
    bindparam,
    cast,
    false,
    literal,
    null,
    true,
    type_coerce,
)
from sqlalchemy.sql.elements import Grouping
from sqlalchemy.types import TypeDecorator, TypeEngine

from engine.expressions import Kind, Type, YearsMonths
from engine.expressions.values import Value
from runtime.store.types import (
    ExactDecimal,
    Moment,
    Processor,
    Span,
    clock_time,
    day,
    flag,
    words,
)

Condition: TypeAlias = ColumnElement[bool]
LARGEST = 2**63 - 1
"""What an integer of SQLite holds."""
FINE = 34
"""Digits after the point of a number of which nothing is known but its precision."""


class LocalMoment(TypeDecorator[datetime]):
    """A moment without a zone; on SQLite a text that sorts as the moments do."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=False))

    def bind_processor(self, dialect: Dialect) -> Processor:
        if dialect.name != "sqlite":
            return None
        return lambda value: value and value.isoformat(" ", "microseconds")

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        if dialect.name != "sqlite":
            return None
        return lambda value: value and datetime.fromisoformat(value)


class Count(TypeDecorator[int]):
    """An integer, which Python may have worked out as a decimal."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else int(value)


class Months(TypeDecorator[YearsMonths]):
    """A duration in whole months."""

    impl = Integer
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Processor:
        return lambda value: None if value is None else value.months

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor:
        return lambda value: None if value is None else YearsMonths(int(value))


class Wide(ExactDecimal):
    """An exact decimal of any size: on SQLite a scaled integer, as text where it is too large."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(Numeric())

    def bind_processor(self, dialect: Dialect) -> Processor:
        scaled = super().bind_processor(dialect)
        if dialect.name != "sqlite" or scaled is None:
            return None
        return lambda value: None if value is None else str(scaled(value))


@dataclass(frozen=True, slots=True)
class Part:
    """A value: its SQL, and what is known of it."""

    sql: ColumnElement[Any]
    type: Type
    nullable: bool = True
    scale: int = 0
    """Of a number, the digits after the point; on SQLite the integer counts units of the last."""
    bound: int | None = None
    """Of a number, the largest integer that it can be; None where that may be too large for one,
    so that SQLite has it as text then, and only our own functions count with it."""
    integer: bool = False
    """Whether PostgreSQL has it in a column of integers."""
    known: Decimal | None = None
    """Of a number, its value, if it stands in the expression itself."""

    @property
    def kind(self) -> Kind:
        """What it is at run time."""
        return self.type.kind


NOTHING = Part(null(), Type(Kind.NULL))


def answer(value: bool) -> Condition:
    """Return a condition that is known."""
    return true() if value else false()


def column_like(kind: Type) -> TypeEngine[Any]:
    """Return the type of a column that would hold such values; not for numbers."""
    if kind.kind is Kind.DATETIME and not kind.zoned:
        return LocalMoment()
    return _TYPES[kind.kind]


_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: words,
    Kind.BOOLEAN: flag,
    Kind.DATE: day,
    Kind.TIME: clock_time,
    Kind.DATETIME: Moment(),
    Kind.DAYS: Span(),
    Kind.MONTHS: Months(),
}


def constant(value: Value, kind: Type) -> Part:
    """Return a value that is known, other than a number, as a parameter of the statement."""
    held: Any = value
    if isinstance(value, datetime) and value.tzinfo is not None:
        held = value.astimezone(UTC)
    return Part(literal(held, column_like(kind)), kind, nullable=False)


def parameter(name: str, kind: Type, nullable: bool, *, sqlite: bool) -> Part:
    """Return what is known when the statement runs."""
    if kind.kind is Kind.NUMBER:
        return _number_parameter(name, kind, sqlite=sqlite)
    given: ColumnElement[Any] = bindparam(name, type_=column_like(kind))
    if kind.kind is Kind.BOOLEAN and not sqlite:
        # The driver names no type for it, and where it stands alone PostgreSQL takes it for a text.
        given = cast(given, flag)
    return Part(given, kind, nullable)


def _number_parameter(name: str, kind: Type, *, sqlite: bool) -> Part:
    if kind.scale == 0:
        return Part(bindparam(name, type_=Count()), kind, bound=LARGEST, integer=not sqlite)
    scale = FINE if kind.scale is None else kind.scale
    if not sqlite:
        return Part(bindparam(name, type_=EXACT), kind, scale=scale, bound=LARGEST)
    return Part(bindparam(name, type_=Wide(scale)), kind, scale=scale)


BIG = BigInteger()
EXACT = Numeric(asdecimal=True)


def exact(part: Part) -> ColumnElement[Any]:
    """Return a number as PostgreSQL counts with it: never as an integer that could overflow."""
    return cast(part.sql, EXACT) if part.integer else part.sql


def as_type(sql: ColumnElement[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """Return SQL as of another type, without a conversion in the database."""
    # SQLAlchemy would change how the value of a parameter is handed over.
    return type_coerce(Grouping(sql) if isinstance(sql, BindParameter) else sql, kind)

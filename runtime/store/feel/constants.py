"""How do values that are known stand in a statement?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from sqlalchemy import literal

from engine.expressions import BOOLEAN, TEXT, Kind, Type
from engine.expressions.checker.results import type_of_value
from engine.expressions.tree import Bool, Null, Num, Str, Temporal
from engine.expressions.values import Value, kind_of
from runtime.store.feel.numbers import literal_number
from runtime.store.feel.part import NOTHING, Part, constant
from runtime.store.feel.writer import Writer, valued
from runtime.store.types import flag, words

_OTHER_CLOCK = Type(Kind.TIME, zoned=False)
"""A time with a zone, which no time of a column can be compared with."""
_DATED = (Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.DAYS, Kind.MONTHS)


def known(value: Value, writer: Writer) -> Part:
    """Return a value as a parameter of the statement."""
    kind = kind_of(value)
    if kind is Kind.NULL:
        return NOTHING
    if kind is Kind.NUMBER:
        return literal_number(cast("Decimal | int", value), sqlite=writer.sqlite)
    if kind is Kind.TEXT:
        return Part(literal(value, words), TEXT, nullable=False)
    if kind is Kind.BOOLEAN:
        return Part(literal(value, flag), BOOLEAN, nullable=False)
    if kind is Kind.TIME and getattr(value, "tzinfo", None) is not None:
        return Part(literal(None), _OTHER_CLOCK, nullable=False)
    if kind not in _DATED:
        # Nothing in the database is of this kind, so that nothing equals it.
        return Part(literal(None), Type(kind), nullable=False)
    return constant(value, type_of_value(value))


@valued(Num, Str, Bool, Temporal)
def written(writer: Writer, node: Num | Str | Bool | Temporal) -> Part:
    """Write a value that stands in the text."""
    return replace(known(node.value, writer), type=node.type)


@valued(Null)
def null(writer: Writer, node: Null) -> Part:
    """Write null."""
    return NOTHING

"""Of which type is the result of a call, given the types of the arguments?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import reduce

from engine.expressions.builtins import Overload
from engine.expressions.feel_types import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    DAYS,
    INTEGER,
    LIST,
    LOCAL_DATETIME,
    MAX_SCALE,
    MONTHS,
    NUMBER,
    TEXT,
    TIME,
    Kind,
    Type,
    joined,
    list_of,
    number,
)
from engine.expressions.tree import Node, Num
from engine.expressions.values import Value, kind_of

_WORDS: Mapping[str, Type] = {
    "any": ANY,
    "number": NUMBER,
    "integer": INTEGER,
    "text": TEXT,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "days": DAYS,
    "months": MONTHS,
    "any duration": ANY,
    "any list": LIST,
    "texts": list_of(TEXT),
    "positions": list_of(INTEGER),
    "quotient": number(MAX_SCALE),
}
_BY_KIND = {
    Kind.DATE: DATE, Kind.TIME: TIME, Kind.DAYS: DAYS, Kind.MONTHS: MONTHS,
}  # fmt: skip


def result_type(overload: Overload, arguments: Sequence[Node]) -> Type:
    """Return the type of what a function gives for checked arguments."""
    word = overload.result
    if word in _WORDS:
        return _WORDS[word]
    return _DERIVED[word](arguments)


def _same(arguments: Sequence[Node]) -> Type:
    kinds = [argument.type for argument in arguments]
    first: Type | None = kinds[0]
    return reduce(lambda a, b: None if a is None else joined(a, b), kinds[1:], first) or ANY


def _item(arguments: Sequence[Node]) -> Type:
    return arguments[0].type.item or ANY


def _list(arguments: Sequence[Node]) -> Type:
    items = [
        argument.type.item or ANY if argument.type.kind is Kind.LIST else argument.type
        for argument in arguments
    ]
    return list_of(items[0] if all(item == items[0] for item in items) else ANY)


def _same_list(arguments: Sequence[Node]) -> Type:
    return arguments[0].type if arguments[0].type.kind is Kind.LIST else LIST


def _scaled(arguments: Sequence[Node]) -> Type:
    if len(arguments) == 1:
        return INTEGER
    scale = arguments[1]
    if isinstance(scale, Num) and 0 <= scale.value <= MAX_SCALE:
        return number(int(scale.value))
    return NUMBER


def _moment(arguments: Sequence[Node]) -> Type:
    kind = arguments[0].type
    return kind if kind.kind is Kind.DATETIME and len(arguments) == 1 else LOCAL_DATETIME


_DERIVED: Mapping[str, Callable[[Sequence[Node]], Type]] = {
    "same": _same,
    "item": _item,
    "list": _list,
    "same list": _same_list,
    "scaled": _scaled,
    "local datetime": _moment,
}


def type_of_value(value: Value) -> Type:
    """Return the type of a known date, time, date and time or duration."""
    if isinstance(value, datetime):
        return DATETIME if value.tzinfo is not None else LOCAL_DATETIME
    return _BY_KIND[kind_of(value)]

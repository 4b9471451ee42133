"""Which condition could a part of an expression be?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.expressions import Node
from engine.expressions.tree import (
    And,
    Between,
    Bool,
    Call,
    Cmp,
    In,
    Name,
    Not,
    OpTest,
    Path,
    Quant,
    RangeTest,
    Str,
)  # fmt: skip
from engine.filters.known import Known, Sort
from engine.filters.literals import read
from engine.filters.periods import PERIODS
from engine.filters.sameness import TURNED

Guess = tuple[str, tuple[str, ...]]
_NEGATED = {"in": "not_in", "has_any": "has_none", "contains": "not_contains", "=": "!="}


def candidates(known: Known, node: Node) -> Iterator[Guess]:
    """Yield what a part may say about a field; it need not be so."""
    yield from _fixed(known)
    match node:
        case Name() | Path():
            yield "=", ("true",)
        case Not(operand=Name() | Path()):
            yield "=", ("false",)
        case Not(operand=operand):
            yield from _negated(known, operand)
        case Cmp(op="!=", left=left, right=Bool(value=True)) if not isinstance(left, Name | Path):
            yield from _negated(known, left)
        case Cmp():
            yield from _compared(known, node)
        case _:
            yield from _within(known, node)


def _within(known: Known, node: Node) -> Iterator[Guess]:
    match node:
        case Between(low=low, high=high):
            yield from _between(known, low, high)
        case In(tests=(RangeTest(low=low, high=high),)):
            yield from _one("=", known, _inside(low))
            yield from _between(known, low, high)
        case In(tests=tests):
            yield from _several(known, "in", map(_test, _items(tests)))
        case _:
            yield from _asked(known, node)


def _fixed(known: Known) -> Iterator[Guess]:
    yield "empty", ()
    yield "filled", ()
    if known.sort in (Sort.PERSON, Sort.DEPARTMENT):
        yield "mine", ()
        yield "mine_under", ()
    if known.sort in (Sort.DATE, Sort.MOMENT):
        for name in PERIODS:
            yield "in_period", (name,)


def _negated(known: Known, node: Node) -> Iterator[Guess]:
    for op, values in candidates(known, node):
        if op in _NEGATED:
            yield _NEGATED[op], values


def _compared(known: Known, node: Cmp) -> Iterator[Guess]:
    for op, value in ((node.op, node.right), (TURNED[node.op], node.left)):
        yield from _one(op, known, value)
        days = _days(value)
        if days is not None:
            yield ("older_than" if op == "<" else "later_than"), (days,)
        yield from _one(op, known, _inside(value))


def _inside(node: Node) -> Node:
    """Return the day of which the beginning or the end is meant."""
    match node:
        case Call(function="start of day" | "end of day", arguments=(day,)):
            return day
    return node


def _one(op: str, known: Known, value: Node) -> Iterator[Guess]:
    text = read(known, value)
    if text is not None:
        yield op, (text,)


def _between(known: Known, low: Node, high: Node) -> Iterator[Guess]:
    first, last = _days(low), _days(high)
    if first is not None:
        yield "last_days", (_one_more(first),)
    if last is not None:
        yield "next_days", (_one_more(last),)
    lowest, highest = read(known, _inside(low)), read(known, _inside(high))
    if lowest and highest:
        yield "between", (lowest, highest)


def _one_more(days: str) -> str:
    # Today is one of the days.
    return str(int(days) + 1) if days.isascii() and days.isdigit() else days


def _days(node: Node) -> str | None:
    """Return the number of days that is added to or taken from another day."""
    match _inside(node):
        case moved if hasattr(moved, "op") and hasattr(moved, "right"):
            match moved.right:
                case Call(function="duration", arguments=(Str(value=text),)):
                    return text.removeprefix("P").removesuffix("D")
    return None


def _items(tests: Iterable[Node]) -> Iterator[Node]:
    for test in tests:
        items = getattr(getattr(test, "operand", None), "items", None)
        yield from items if isinstance(items, tuple) else (test,)


def _test(test: Node) -> Node:
    match test:
        case OpTest(operand=operand):
            return operand
        case RangeTest(low=low):
            return _inside(low)
    return test


def _several(known: Known, op: str, items: Iterable[Node]) -> Iterator[Guess]:
    texts = [read(known, item) for item in items]
    values = tuple(text for text in texts if text is not None)
    if values and len(values) == len(texts):
        yield op, values


def _asked(known: Known, node: Node) -> Iterator[Guess]:
    match node:
        case Call(function="list contains", arguments=(_, item)):
            yield from _several(known, "has_any", (item,))
        case Quant(body=In(tests=tests)):
            yield from _several(known, "has_any", map(_test, _items(tests)))
        case And(items=items):
            found = [item.arguments[-1] for item in items if isinstance(item, Call)]
            if len(found) == len(items):
                yield from _several(known, "has_all", found)
        case Call(function=function, arguments=(_, text)):
            yield from _said(function, text)


def _said(function: str, node: Node) -> Iterator[Guess]:
    op = {"contains": "contains", "starts with": "starts_with"}.get(function)
    match node:
        case Str(value=text) | Call(arguments=(Str(value=text),)):
            if op is not None:
                yield op, (text,)

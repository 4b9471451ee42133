"""What does a table answer by each hit policy when several of its rules match?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.decisions.table import Policy, Table
from engine.expressions import Value
from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.registry import guarded
from engine.expressions.operations import equal
from engine.wording import Message

Answer = tuple[Value, ...]
"""What one rule says: a value for each output."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answers of the rules that match, in the order of the table."""

    table: Table
    answers: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Judged:
    """The value that a policy makes of the answers, or why there is none."""

    value: Value
    complaint: Message | None = None


def shaped(table: Table, answer: Answer) -> Value:
    """Return an answer as the table gives it: a value, or a context of several."""
    if len(table.outputs) == 1:
        return answer[0]
    return {output.name: value for output, value in zip(table.outputs, answer, strict=True)}


def _unique(found: Found) -> Judged:
    if len(found.answers) > 1:
        return Judged(None, Message("决策表有多条规则同时成立，但它只允许一条"))
    return _first(found)


def _any(found: Found) -> Judged:
    if any(not _same(found.answers[0], other) for other in found.answers[1:]):
        return Judged(None, Message("决策表中同时成立的规则给出了不同的结果"))
    return _first(found)


def _first(found: Found) -> Judged:
    if not found.answers:
        return Judged(None, Message("决策表中没有一条规则成立"))
    return Judged(shaped(found.table, found.answers[0]))


def _priority(found: Found) -> Judged:
    return _first(Found(found.table, _by_importance(found)))


def _rule_order(found: Found) -> Judged:
    return Judged(tuple(shaped(found.table, answer) for answer in found.answers))


def _output_order(found: Found) -> Judged:
    return _rule_order(Found(found.table, _by_importance(found)))


def _total(function: str) -> Callable[[Found], Judged]:
    total = guarded(BUILTINS[function].overloads[0])

    def judged(found: Found) -> Judged:
        if len(found.table.outputs) == 1:
            return Judged(_over([answer[0] for answer in found.answers], total))
        columns = zip(*found.answers, strict=True) if found.answers else ()
        return Judged(shaped(found.table, tuple(_over(column, total) for column in columns)))

    return judged


def _over(values: Sequence[Value], total: Callable[..., Value]) -> Value:
    return total(list(values)) if values else None


def _count(found: Found) -> Judged:
    different: list[Answer] = []
    for answer in found.answers:
        if not any(_same(answer, other) for other in different):
            different.append(answer)
    return Judged(len(different))


def _same(one: Answer, other: Answer) -> bool:
    return all(equal(a, b) is True for a, b in zip(one, other, strict=True))


def _by_importance(found: Found) -> list[Answer]:
    orders = [output.order for output in found.table.outputs]

    def importance(answer: Answer) -> tuple[int, ...]:
        return tuple(map(_place, orders, answer))

    return sorted(found.answers, key=importance)


def _place(order: Sequence[Value], value: Value) -> int:
    places = (n for n, listed in enumerate(order) if equal(listed, value) is True)
    return next(places, len(order))


POLICIES: Mapping[Policy, Callable[[Found], Judged]] = {
    Policy.UNIQUE: _unique,
    Policy.ANY: _any,
    Policy.FIRST: _first,
    Policy.PRIORITY: _priority,
    Policy.RULE_ORDER: _rule_order,
    Policy.OUTPUT_ORDER: _output_order,
    Policy.COLLECT: _rule_order,
    Policy.COLLECT_SUM: _total("sum"),
    Policy.COLLECT_MIN: _total("min"),
    Policy.COLLECT_MAX: _total("max"),
    Policy.COLLECT_COUNT: _count,
}

"""Which built-in functions sum up lists of numbers?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce

from engine.expressions.builtins.registry import builtin
from engine.expressions.operations import arith, divide, rounded
from engine.expressions.scope import EVERYWHERE, HOSTS
from engine.expressions.values import EXACT, Value, kind_of

Numbers = Sequence[Decimal]
_add = EXACT.add


def sum_numbers(items: Numbers | None) -> Decimal | None:
    """Return the sum of known numbers; null for an empty list or one with a null."""
    if not items:
        return None
    try:
        return reduce(_add, items)
    except TypeError:
        return None


def sum_integers(items: Sequence[int] | None) -> int | None:
    """Return the sum of known integers; null for an empty list or one with a null."""
    if not items:
        return None
    try:
        return sum(items)
    except TypeError:
        return None


@builtin("sum(list: numbers) -> item", EVERYWHERE, sum_numbers)
def _sum(items: Numbers) -> Value:
    return sum_numbers(items)


@builtin("sum(*n: number) -> same", EVERYWHERE)
def _sum_of(*items: Decimal) -> Value:
    return sum_numbers(items)


@builtin("sum(list: durations) -> item")
def _sum_durations(items: Sequence[Value]) -> Value:
    kinds = {kind_of(item) for item in items}
    return reduce(lambda a, b: arith("+", a, b), items) if len(kinds) == 1 else None


@builtin("mean(list: numbers) -> quotient", EVERYWHERE)
def _mean(items: Numbers) -> Value:
    total = sum_numbers(items)
    return None if total is None else divide(total, len(items))


@builtin("mean(*n: number) -> quotient", EVERYWHERE)
def _mean_of(*items: Decimal) -> Value:
    return _mean(items)


@builtin("median(list: numbers) -> number", HOSTS)
def _median(items: Numbers) -> Value:
    if not items or None in items:
        return None
    ordered, half = sorted(items), len(items) // 2
    if len(items) % 2:
        return ordered[half]
    return divide(EXACT.add(ordered[half - 1], ordered[half]), 2)


@builtin("median(*n: number) -> number", HOSTS)
def _median_of(*items: Decimal) -> Value:
    return _median(items)


@builtin("stddev(list: numbers) -> number", HOSTS)
def _stddev(items: Numbers) -> Value:
    if len(items) < 2 or None in items:
        return None
    mean = EXACT.divide(reduce(_add, items), len(items))
    squares = [EXACT.power(EXACT.subtract(item, mean), 2) for item in items]
    return rounded(EXACT.sqrt(EXACT.divide(reduce(_add, squares), len(items) - 1)))


@builtin("stddev(*n: number) -> number", HOSTS)
def _stddev_of(*items: Decimal) -> Value:
    return _stddev(items)


@builtin("mode(list: numbers) -> list", HOSTS)
def _mode(items: Numbers) -> Value:
    if None in items:
        return None
    most = max((items.count(item) for item in items), default=0)
    return sorted({item for item in items if items.count(item) == most})


@builtin("mode(*n: number) -> list", HOSTS)
def _mode_of(*items: Decimal) -> Value:
    return _mode(items)

"""Which built-in functions work on lists?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cmp_to_key, reduce
from typing import Any

from engine.expressions.builtins.registry import builtin
from engine.expressions.operations import equal, less
from engine.expressions.scope import EVERYWHERE
from engine.expressions.values import EXACT, Function, Value, kind_of

Items = Sequence[Value]


def _fast_count(items: Items | None) -> int | None:
    return None if items is None else len(items)


@builtin("count(list: list) -> integer", EVERYWHERE, _fast_count)
def _count(items: Items) -> int:
    return len(items)


@builtin("list contains(list: list, element: any) -> boolean", EVERYWHERE)
def _contains(items: Items, element: Value) -> bool:
    return any(equal(item, element) is True for item in items)


@builtin("concatenate(*list: list) -> list")
def _concatenate(*lists: Items) -> Items:
    return [item for items in lists for item in items]


@builtin("append(list: list, *item: any) -> list")
def _append(items: Items, *added: Value) -> Items:
    return [*items, *added]


@builtin("insert before(list: list, position: number, newItem: any) -> list")
def _insert(items: Items, position: Decimal, added: Value) -> Value:
    index = _index(items, position)
    return None if index is None else [*items[:index], added, *items[index:]]


@builtin("remove(list: list, position: number) -> list")
def _remove(items: Items, position: Decimal) -> Value:
    index = _index(items, position)
    return None if index is None else [*items[:index], *items[index + 1 :]]


def _index(items: Items, position: Decimal) -> int | None:
    index = int(position)
    if index == 0 or abs(index) > len(items):
        return None
    return index - 1 if index > 0 else len(items) + index


@builtin("list replace(list: list, position: number, newItem: any) -> list")
def _replace(items: Items, position: Decimal, added: Value) -> Value:
    index = _index(items, position)
    return None if index is None else [*items[:index], added, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any) -> list")
def _replace_matching(items: Items, match: Function, added: Value) -> Value:
    answers = [match.call(item, added) for item in items] if len(match.parameters) == 2 else [None]
    if any(not isinstance(answer, bool) for answer in answers):
        return None
    return [added if answer else item for item, answer in zip(items, answers, strict=True)]


@builtin("sublist(list: list, start position: number, length?: number) -> list")
def _sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Value:
    index = _index(items, start)
    if index is None:
        return None
    end = len(items) if length is None else index + int(length)
    return list(items[index:end]) if end <= len(items) else None


@builtin("reverse(list: list) -> list")
def _reverse(items: Items) -> Items:
    return list(reversed(items))


@builtin("index of(list: list, match: any) -> positions")
def _positions(items: Items, match: Value) -> Items:
    return [place for place, item in enumerate(items, 1) if equal(item, match) is True]


@builtin("distinct values(list: list) -> list")
def _distinct(items: Items) -> Items:
    found: list[Value] = []
    for item in items:
        if not _contains(found, item):
            found.append(item)
    return found


@builtin("union(*list: list) -> list")
def _union(*lists: Items) -> Items:
    return _distinct(_concatenate(*lists))


@builtin("flatten(list: list) -> any list")
def _flatten(items: Items) -> Items:
    return list(_leaves(items))


def _leaves(items: Items) -> Iterator[Value]:
    for item in items:
        if isinstance(item, list | tuple):
            yield from _leaves(item)
        else:
            yield item


@builtin("sort(list: list, precedes?: function) -> list")
def _sort(items: Items, precedes: Function | None = None) -> Value:
    if precedes is not None and len(precedes.parameters) != 2:
        return None
    before = less if precedes is None else precedes.call

    def order(left: Value, right: Value) -> int:
        if before(left, right) is True:
            return -1
        return int(before(right, left) is True)

    return sorted(items, key=cmp_to_key(order))


@builtin("min(list: points) -> item", EVERYWHERE)
def _min(items: Items) -> Value:
    return _extreme(items, min)


@builtin("min(*n: point) -> same", EVERYWHERE)
def _min_of(*items: Value) -> Value:
    return _extreme(items, min)


@builtin("max(list: points) -> item", EVERYWHERE)
def _max(items: Items) -> Value:
    return _extreme(items, max)


@builtin("max(*n: point) -> same", EVERYWHERE)
def _max_of(*items: Value) -> Value:
    return _extreme(items, max)


def _extreme(items: Items, choose: Any) -> Value:
    if not items or any(kind_of(item) is not kind_of(items[0]) for item in items):
        return None
    chosen: Value = choose(items) if items[0] is not None else None
    return chosen


@builtin("all(list: booleans) -> boolean", EVERYWHERE)
def _all(items: Items) -> bool | None:
    return False if False in items else None if None in items else True


@builtin("all(*b: boolean|null) -> boolean", EVERYWHERE)
def _all_of(*items: Value) -> bool | None:
    return None if items == (None,) else _all(items)


@builtin("any(list: booleans) -> boolean", EVERYWHERE)
def _any(items: Items) -> bool | None:
    return True if True in items else None if None in items else False


@builtin("any(*b: boolean|null) -> boolean", EVERYWHERE)
def _any_of(*items: Value) -> bool | None:
    return None if items == (None,) else _any(items)


@builtin("product(list: numbers) -> number")
def _product(items: Sequence[Decimal]) -> Value:
    return None if not items or None in items else reduce(_times, items)


@builtin("product(*n: number) -> number")
def _product_of(*items: Decimal) -> Value:
    return _product(items)


def _times(left: Decimal, right: Decimal) -> Decimal:
    return EXACT.multiply(left, right)

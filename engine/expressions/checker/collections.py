"""What do lists, contexts, filters and loops hold?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from msgspec.structs import replace

from engine.expressions.checker.conditions import item_type
from engine.expressions.checker.names import source_path, type_label
from engine.expressions.checker.operators import in_one_zone
from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import ANY, RANGE, Kind, Type, context_of, joined, list_of
from engine.expressions.tree import (
    ContextLit,
    Filter,
    For,
    Index,
    ListLit,
    Name,
    Node,
    RangeLit,
    children,
)
from engine.wording import Message


def list_literal(checking: Checking, node: ListLit) -> Node:
    """Check a list; items of different types make a list of anything."""
    items = in_one_zone(checking, tuple(map(checking.check, node.items)))
    return replace(node, items=items, type=list_of(_common(items)), nullable=False)


def _common(items: Iterable[Node]) -> Type:
    kinds = [item.type for item in items]
    if not kinds:
        return ANY
    first: Type | None = kinds[0]
    found = reduce(lambda a, b: None if a is None else joined(a, b), kinds[1:], first)
    return found or ANY


def context_literal(checking: Checking, node: ContextLit) -> Node:
    """Check a context, whose later entries can use the earlier ones."""
    entries: list[tuple[str, Node]] = []
    ids: list[str] = []
    with checking.binding() as frame:
        for key, value in node.entries:
            if key in frame.locals:
                message = Message("“{name}”在这里出现了两次", name=key)
                checking.refuse("feel.repeated_key", message, value)
            checked = checking.check(value)
            entries.append((key, checked))
            local = checking.local(key, checked.type)
            frame.locals[key] = local
            ids.append(local.id)
    kind = context_of({key: value.type for key, value in entries})
    return replace(node, entries=tuple(entries), vars=tuple(ids), type=kind, nullable=False)


def range_literal(checking: Checking, node: RangeLit) -> Node:
    """Check a range; both ends must be of one type."""
    low, high = checking.check(node.low), checking.check(node.high)
    item = joined(low.type, high.type)
    if item is None:
        message = Message(
            "区间的两端要是同一类，现在是{low}与{high}",
            low=type_label(low.type), high=type_label(high.type),
        )  # fmt: skip
        checking.mistype("feel.range_ends", message, node)
    kind = replace(RANGE, item=item or ANY)
    return replace(node, low=low, high=high, type=kind, nullable=False)


def filtered(checking: Checking, node: Filter) -> Node:
    """Check a filter; a number in the brackets is a position."""
    base = checking.check(node.base)
    item = checking.local("item", item_type(checking, base), source_path(base))
    with checking.binding(("item", item), item=item):
        predicate = checking.check(node.predicate)
    kind = base.type if base.type.kind is Kind.LIST else list_of(item.type)
    if predicate.type.kind is Kind.NUMBER:
        return Index(base, predicate, span=node.span, type=item.type)
    if predicate.type.kind is Kind.ANY:
        kind = ANY if not _mentions_item(predicate, item.id) else kind
    elif predicate.type.kind not in (Kind.BOOLEAN, Kind.NULL):
        message = Message("方括号里要写条件或位置，现在是{type}", type=type_label(predicate.type))
        checking.mistype("feel.filter", message, predicate)
    return replace(node, base=base, predicate=predicate, var=item.id, type=kind)


def _mentions_item(predicate: Node, item: str) -> bool:
    if isinstance(predicate, Name) and predicate.id == item:
        return True
    return any(_mentions_item(child, item) for child in children(predicate))


def loop(checking: Checking, node: For) -> Node:
    """Check `for … return …`."""
    return _loop(checking, node, 0, ())


def _loop(checking: Checking, node: For, position: int, done: tuple[tuple[str, Node], ...]) -> Node:
    if position == len(node.bindings):
        partial = checking.local("partial", list_of(ANY))
        with checking.binding(("partial", partial)):
            body = checking.check(node.body)
        return replace(node, bindings=done, body=body, partial=partial.id, type=list_of(body.type))
    name, source = node.bindings[position]
    checked = checking.check(source)
    kind = _iterated(checking, checked)
    var = checking.local(name, kind, source_path(checked))
    with checking.binding((name, var)):
        return _loop(checking, node, position + 1, (*done, (var.id, checked)))


def _iterated(checking: Checking, source: Node) -> Type:
    kind = item_type(checking, source)
    if source.type.kind is Kind.RANGE and kind.kind not in (Kind.NUMBER, Kind.DATE, Kind.ANY):
        message = Message("循环只能走整数或日期的区间，不能走{type}", type=type_label(kind))
        checking.mistype("feel.range_steps", message, source)
    return kind

"""What keeps an expression from running in the database?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from engine.expressions.builtins import BUILTINS
from engine.expressions.checker.instead import instead
from engine.expressions.checker.losses import DECIDING, Loss
from engine.expressions.feel_types import ORDERED, Kind
from engine.expressions.scope import HOSTS, Target
from engine.expressions.settled import constant, settled
from engine.expressions.tree import (
    Apply,
    Arith,
    Call,
    Cmp,
    ContextLit,
    Filter,
    For,
    In,
    Index,
    InstanceOf,
    ItemName,
    Lambda,
    ListLit,
    Name,
    Node,
    OpTest,
    Path,
    Quant,
    RangeLit,
    children,
)
from engine.wording import Message

Losses = Iterator[Loss]
_SIMPLE = ORDERED | {Kind.BOOLEAN}
_OVER_LISTS = frozenset({"count", "sum", "min", "max", "mean", "all", "any", "list contains"})
_READING = frozenset({"date", "date and time", "duration"})
_SHOWN = frozenset({Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.DATE, Kind.NULL})
_MOST_RELATIONS = 3
_REASONS = {
    "untyped": Message("类型未知的值不能在数据库里计算"),
    "function": Message("自己写的函数不能在数据库里运行"),
    "list_result": Message("数据库里不能构造列表、记录或区间"),
    "index": Message("数据库里的行没有次序，不能按位置取"),
    "list_source": Message("数据库里只能逐行检查明细表的行、关联记录或多选项"),
    "entry": Message("数据库里不能取这个值的内部内容"),
    "power": Message("乘方不能在数据库里计算"),
    "time": Message("时刻的加减不能在数据库里计算"),
    "reading": Message("数据库里不能把文字读成日期或时长，请用日期、时长字段"),
    "shown": Message("数据库里只能把数字、日期和是否写成文字"),
    "pattern": Message("数据库里没有正则表达式"),
}


def database_losses(node: Node) -> Losses:
    """Yield what keeps an expression from becoming SQL.

    A part that no row changes is worked out before the database is asked: it may be anything
    whose result is a plain value, or a list of these after `in`.
    """
    if settled(node):
        if not _is_known(node):
            yield _loss(node, "untyped" if node.type.kind is Kind.ANY else "list_result")
        return
    rule = _RULES.get(type(node))
    if rule is not None:
        yield from rule(node)
        return
    yield from _below(node)


def _is_known(node: Node) -> bool:
    return (
        node.type.kind in _SIMPLE
        or node.type.kind is Kind.NULL
        or (node.type.kind is Kind.ANY and constant(node))
    )


def _loss(node: Node, code: str, reason: Message | None = None) -> Loss:
    return Loss(node.span, code, reason or _REASONS[code], HOSTS, instead(node))


def _below(node: Node) -> Losses:
    for child in children(node):
        yield from database_losses(child)


def _refused(code: str) -> Callable[[Node], Losses]:
    def rule(node: Node) -> Losses:
        yield _loss(node, code)
        yield from _below(node)

    return rule


def _name(node: Name) -> Losses:
    yield from _value_of(node)


def _value_of(node: Node) -> Losses:
    """A value of the row must be plain; a list is one only for what goes over lists."""
    if node.type.kind is Kind.ANY:
        yield _loss(node, "untyped")
    elif node.type.kind not in _SIMPLE:
        yield _loss(node, "list_result")


def _path(node: Path) -> Losses:
    yield from _step(node)
    if node.how != "any":
        yield from _value_of(node)


def _step(node: Path) -> Losses:
    if node.how == "any":
        yield _loss(node, "untyped")
    elif node.how == "entry":
        if not _is_column(node.base) or node.type.kind is not Kind.TEXT:
            yield _loss(node, "entry")
    elif node.how == "property":
        yield from database_losses(node.base)
    elif len(node.path) > _MOST_RELATIONS + 1:
        message = Message("关联太深：数据库里最多 {most} 级", most=_MOST_RELATIONS)
        yield _loss(node, "depth", message)
    else:
        yield from _passes_through(node.base)


def _is_column(node: Node) -> bool:
    """Whether a record stands in a column, so that the database can look into it."""
    kept = node.type.kind is Kind.CONTEXT and node.type.form is None
    return kept and isinstance(node, Name | Path) and bool(node.path)


def _passes_through(base: Node) -> Losses:
    """What a path goes through: names and paths are rows or references, not values."""
    if isinstance(base, Path):
        yield from _step(base)
    elif not isinstance(base, Name):
        yield from _list(base)


def _arith(node: Arith) -> Losses:
    kinds = (node.left.type.kind, node.right.type.kind)
    if node.op == "**":
        yield _loss(node, "power")
    elif Kind.TIME in kinds:
        yield _loss(node, "time")
    elif node.type.kind is Kind.ANY and Kind.NULL not in kinds:
        yield _loss(node, "untyped")
    yield from _below(node)


def _cmp(node: Cmp) -> Losses:
    sides = (node.left, node.right)
    if Kind.NULL in (side.type.kind for side in sides):
        for side in sides:
            yield from _nullable(side)
        return
    yield from _below(node)


def _nullable(node: Node) -> Losses:
    """What is only asked whether it is null may be a list or a record, too."""
    if node.type.kind is Kind.LIST and not settled(node):
        yield from _list(node)
    elif isinstance(node, Name | Path) and node.type.kind is Kind.CONTEXT:
        yield from _passes_through(node)
    else:
        yield from database_losses(node)


def _in(node: In) -> Losses:
    yield from database_losses(node.value)
    for test in node.tests:
        if isinstance(test, OpTest) and test.op == "in":
            yield from _container(test.operand)
        elif isinstance(test, OpTest):
            yield from database_losses(test.operand)
        else:
            yield from _below(test)


def _container(node: Node) -> Losses:
    if isinstance(node, ListLit):
        for item in node.items:
            yield from _container(item)
    elif isinstance(node, RangeLit) and not node.sign:
        yield from _below(node)
    elif node.type.kind is Kind.LIST:
        yield from _list(node, known=True)
    else:
        yield from database_losses(node)


def _quantifier(node: Quant) -> Losses:
    yield from _list(node.source)
    yield from database_losses(node.body)


def _list(node: Node, *, known: bool = False) -> Losses:
    """A list must be one that the database can go through; or a known one, where that will do."""
    if settled(node):
        item = node.type.item
        if not (known and item is not None and (constant(node) or item.kind is Kind.TEXT)):
            yield _loss(node, "list_source")
        return
    rule = _LISTS.get(type(node))
    if rule is not None:
        yield from rule(node)
    else:
        yield _loss(node, "list_source")


def _filtered(node: Filter) -> Losses:
    yield from _list(node.base)
    yield from database_losses(node.predicate)


def _list_at(node: Name | Path) -> Losses:
    if isinstance(node, Name) or node.how != "projection":
        if node.type.kind is not Kind.LIST:
            yield _loss(node, "list_source")
        elif isinstance(node, Path):
            yield from _step(node)
        return
    yield from _list(node.base)
    if node.type.item is None or node.type.item.kind not in _SIMPLE:
        yield _loss(node, "list_result")


def _call(node: Call) -> Losses:
    if node.function == "decide":
        yield _loss(node, "decide", DECIDING)
        yield from _below(node)
        return
    overload = BUILTINS[node.function].overloads[node.overload]
    if Target.SQL not in overload.targets:
        yield _unknown_function(node)
    elif node.function in _READING and node.arguments[0].type.kind is Kind.TEXT:
        yield _loss(node, "reading")
    elif node.function == "string" and node.arguments[0].type.kind not in _SHOWN:
        yield _loss(node, "shown")
    if node.function not in _OVER_LISTS:
        yield from _below(node)
        return
    first, *others = node.arguments
    yield from _over(node, first)
    for other in others:
        yield from database_losses(other)


def _unknown_function(node: Call) -> Loss:
    if node.function in ("matches", "replace", "split"):
        return _loss(node, "pattern")
    return _loss(node, "function", Message("{name}() 不能在数据库里运行", name=node.function))


def _over(node: Call, first: Node) -> Losses:
    if isinstance(first, ListLit) and node.function != "count":
        for item in first.items:
            yield from database_losses(item)
    elif first.type.kind is Kind.LIST:
        yield from _list(first, known=node.function == "list contains")
    else:
        yield from database_losses(first)


_LISTS: dict[type[Node], Callable[[Any], Losses]] = {
    Filter: _filtered,
    Name: _list_at,
    Path: _list_at,
    Index: database_losses,
    For: database_losses,
}
_RULES: dict[type[Node], Callable[[Any], Losses]] = {
    Name: _name,
    Path: _path,
    Arith: _arith,
    Cmp: _cmp,
    In: _in,
    Quant: _quantifier,
    Call: _call,
    Filter: _refused("list_result"),
    ListLit: _refused("list_result"),
    RangeLit: _refused("list_result"),
    ContextLit: _refused("list_result"),
    For: _refused("list_result"),
    Index: _refused("index"),
    InstanceOf: _refused("untyped"),
    ItemName: _refused("untyped"),
    Lambda: _refused("function"),
    Apply: _refused("function"),
}

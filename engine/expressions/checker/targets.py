"""Where can a checked expression run, and what keeps it from running elsewhere?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.browser_patterns import (
    PATTERN_FUNCTIONS,
    browser_pattern,
    is_written,
)
from engine.expressions.errors import Span
from engine.expressions.feel_types import Kind
from engine.expressions.scope import EVERYWHERE, HOSTS, SERVER, Target
from engine.expressions.tree import (
    Apply,
    Arith,
    Call,
    Cmp,
    ContextLit,
    Filter,
    For,
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

_TOTALS = frozenset({"count", "sum", "min", "max", "mean", "list contains", "all", "any"})
_MOST_RELATIONS = 3


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of an expression that runs only on some targets, and why."""

    span: Span
    code: str
    reason: Message
    left: frozenset[Target]


def losses(node: Node) -> Iterator[Loss]:
    """Yield what keeps an expression from running everywhere."""
    yield from _own(node)
    for child in children(node):
        if not _taken_whole(node, child):
            yield from losses(child)


def targets(found: Iterable[Loss]) -> frozenset[Target]:
    """Return the targets that no loss excludes."""
    return EVERYWHERE.intersection(*(loss.left for loss in found))


def _taken_whole(node: Node, child: Node) -> bool:
    # A list of constants after `in`, or the list that a total goes over, is no value by itself.
    if isinstance(node, OpTest) and isinstance(child, ListLit):
        return all(not list(children(item)) for item in child.items)
    return False


def _own(node: Node) -> Iterator[Loss]:
    found = _SIMPLE.get(type(node))
    if found is not None:
        yield Loss(node.span, *found)
    match node:
        case Call():
            yield from _call(node)
        case Path():
            yield from _path(node)
        case Quant() | Filter():
            yield from _source(node)
        case Arith() | Cmp():
            yield from _kind(node)


_UNTYPED = ("untyped", Message("类型未知的值只能在服务器上计算"), SERVER)
_FUNCTION = ("function", Message("自己写的函数只能在服务器上运行"), SERVER)
_RESULT = ("list_result", Message("数据库里不能构造列表、记录或区间"), HOSTS)
_UNKNOWN_PATTERN = Message("浏览器里的正则式和替换文字要直接写在表达式里，不能是算出来的")
_OTHER_PATTERN = Message(
    "这个正则式在浏览器里含义不同：不要用反向引用、带 m 的 ^、带 i 的字符类别，"
    "replace 里不要重复带括号的组"
)
_SIMPLE: dict[type[Node], tuple[str, Message, frozenset[Target]]] = {
    Lambda: _FUNCTION,
    Apply: _FUNCTION,
    InstanceOf: _UNTYPED,
    ItemName: _UNTYPED,
    For: _RESULT,
    ListLit: _RESULT,
    ContextLit: _RESULT,
    RangeLit: _RESULT,
    Index: ("index", Message("数据库里的行没有次序，不能按位置取"), HOSTS),
}


def _call(node: Call) -> Iterator[Loss]:
    if node.function not in BUILTINS:
        return
    overload = BUILTINS[node.function].overloads[node.overload]
    if Target.SQL not in overload.targets:
        message = Message("{name}() 不能在数据库里运行", name=node.function)
        yield _loss(node, "function", message, overload.targets)
    elif node.function in _TOTALS and len(node.arguments) == 1:
        yield from _total(node)
    if node.function in PATTERN_FUNCTIONS and browser_pattern(node) is None:
        yield _pattern(node)


def _pattern(node: Call) -> Loss:
    written = all(map(is_written, node.arguments[1:]))
    reason = _OTHER_PATTERN if written else _UNKNOWN_PATTERN
    return _loss(node.arguments[1], "pattern", reason, SERVER)


def _total(node: Call) -> Iterator[Loss]:
    argument = node.arguments[0]
    if argument.type.kind is Kind.LIST and not _from_rows(argument):
        message = Message("数据库里只能汇总明细表的行")
        yield _loss(argument, "list_source", message, HOSTS)


def _path(node: Path) -> Iterator[Loss]:
    if node.how == "any":
        yield Loss(node.span, *_UNTYPED)
    elif len(node.path) > _MOST_RELATIONS + 1:
        message = Message("关联太深：数据库里最多 {most} 级", most=_MOST_RELATIONS)
        yield _loss(node, "depth", message, HOSTS)


def _source(node: Quant | Filter) -> Iterator[Loss]:
    source = node.source if isinstance(node, Quant) else node.base
    if not _from_rows(source):
        message = Message("数据库里只能逐行检查明细表的行")
        yield _loss(source, "list_source", message, HOSTS)


def _from_rows(node: Node) -> bool:
    if isinstance(node, Filter):
        return _from_rows(node.base)
    return isinstance(node, Name | Path) and bool(node.path) and node.type.kind is Kind.LIST


def _kind(node: Node) -> Iterator[Loss]:
    if isinstance(node, Arith) and node.op == "**":
        yield _loss(node, "power", Message("乘方不能在数据库里计算"), HOSTS)
    if isinstance(node, Arith | Cmp) and Kind.ANY in (node.left.type.kind, node.right.type.kind):
        yield Loss(node.span, *_UNTYPED)
    if node.type.kind is Kind.TIME and isinstance(node, Arith):
        yield _loss(node, "time", Message("时刻的加减不能在数据库里计算"), HOSTS)


def _loss(node: Node, code: str, reason: Message, left: frozenset[Target]) -> Loss:
    return Loss(node.span, code, reason, left)

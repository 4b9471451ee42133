"""Where can a checked expression run, and what keeps it from running elsewhere?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.browser_patterns import (
    PATTERN_FUNCTIONS,
    browser_pattern,
    is_written,
)
from engine.expressions.checker.database import database_losses
from engine.expressions.checker.losses import DECIDING, Loss
from engine.expressions.feel_types import Kind
from engine.expressions.scope import EVERYWHERE, Target
from engine.expressions.tree import (
    Apply,
    Arith,
    Call,
    Cmp,
    InstanceOf,
    ItemName,
    Lambda,
    Node,
    Path,
    children,
)
from engine.wording import Message

_LEFT = EVERYWHERE - {Target.BROWSER}
_UNTYPED = Message("类型未知的值只能在服务器上计算")
_FUNCTION = Message("自己写的函数只能在服务器上运行")
_UNKNOWN_PATTERN = Message("浏览器里的正则式和替换文字要直接写在表达式里，不能是算出来的")
_OTHER_PATTERN = Message(
    "这个正则式在浏览器里含义不同：不要用反向引用、带 m 的 ^、带 i 的字符类别，"
    "replace 里不要重复带括号的组"
)


def losses(node: Node) -> Iterator[Loss]:
    """Yield what keeps an expression from running everywhere."""
    yield from _in_browser(node)
    yield from database_losses(node)


def targets(found: Iterable[Loss]) -> frozenset[Target]:
    """Return the targets that no loss excludes."""
    return EVERYWHERE.intersection(*(loss.left for loss in found))


def _in_browser(node: Node) -> Iterator[Loss]:
    match node:
        case Lambda() | Apply():
            yield Loss(node.span, "function", _FUNCTION, _LEFT)
        case InstanceOf() | ItemName() | Path(how="any"):
            yield Loss(node.span, "untyped", _UNTYPED, _LEFT)
        case Arith() | Cmp() if Kind.ANY in (node.left.type.kind, node.right.type.kind):
            yield Loss(node.span, "untyped", _UNTYPED, _LEFT)
        case Call(function="decide"):
            yield Loss(node.span, "decide", DECIDING, _LEFT)
        case Call() if not _in_browsers(node):
            message = Message("{name}() 不能在浏览器里运行", name=node.function)
            yield Loss(node.span, "function", message, _LEFT)
        case Call() if node.function in PATTERN_FUNCTIONS and browser_pattern(node) is None:
            yield _pattern(node)
    for child in children(node):
        yield from _in_browser(child)


def _in_browsers(node: Call) -> bool:
    builtin = BUILTINS.get(node.function)
    return builtin is None or Target.BROWSER in builtin.overloads[node.overload].targets


def _pattern(node: Call) -> Loss:
    written = all(map(is_written, node.arguments[1:]))
    reason = _OTHER_PATTERN if written else _UNKNOWN_PATTERN
    return Loss(node.arguments[1].span, "pattern", reason, _LEFT)

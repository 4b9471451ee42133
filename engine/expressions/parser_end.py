"""Does the text end where the expression ends, and is its tree not too deep?"""

from __future__ import annotations

from engine.expressions.errors import FeelError
from engine.expressions.lexer import Sort
from engine.expressions.limits import MAX_DEPTH
from engine.expressions.names import KEYWORDS, SPACED_BUILTINS
from engine.expressions.reading import Reading, too_deep
from engine.expressions.tree import Node, children
from engine.problems import did_you_mean
from engine.wording import Message


def require_end(reading: Reading) -> None:
    """Refuse what stands behind the end of an expression."""
    token = reading.token
    if token.sort is Sort.END:
        return
    before = reading.tokens[max(reading.position - 1, 0)]
    if before.sort is Sort.NAME and token.sort is Sort.NAME and before.text not in KEYWORDS:
        name, called = f"{before.text} {token.text}", reading.ahead().text == "("
        near = did_you_mean(name, SPACED_BUILTINS) if called else None
        if near is not None:
            message = Message("没有函数 {name}，是否想写 {near}？", name=name, near=near)
            raise FeelError("feel.unknown_function", message, (before.span[0], token.span[1]), near)
        message = Message(
            "名称中不能有空格：“{first}”与“{second}”之间缺少运算符",
            first=before.text,
            second=token.text,
        )
        raise FeelError("feel.spaced_name", message, (before.span[0], token.span[1]))
    message = Message("表达式到这里应该结束了，后面还有“{found}”", found=token.text)
    raise FeelError("feel.trailing", message, token.span)


def refuse_deep(root: Node, nodes: int) -> None:
    """Refuse a tree of so many nodes that is deeper than the limit."""
    if nodes <= MAX_DEPTH:
        return
    # Left-leaning chains (a + b + c ...) nest without recursion in the parser.
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise too_deep(level[0].span)

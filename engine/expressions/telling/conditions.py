"""How is a condition said in words?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

from engine.expressions.feel_types import Kind
from engine.expressions.telling.names import Teller, Unsayable, in_brackets, quoted, where_of
from engine.expressions.telling.parts import literal, value
from engine.expressions.tree import (
    And,
    Bool,
    Call,
    Cmp,
    Coerce,
    In,
    Name,
    Node,
    Not,
    Null,
    Num,
    OpTest,
    Or,
    Quant,
    RangeTest,
    Str,
    Temporal,
)
from engine.wording import Message

Pair = Callable[[Message, Message], Message]

COMPARED: Mapping[str, Pair] = {
    "=": lambda one, other: Message("{one}等于{other}", one=one, other=other),
    "!=": lambda one, other: Message("{one}不等于{other}", one=one, other=other),
    ">": lambda one, other: Message("{one}大于{other}", one=one, other=other),
    ">=": lambda one, other: Message("{one}不小于{other}", one=one, other=other),
    "<": lambda one, other: Message("{one}小于{other}", one=one, other=other),
    "<=": lambda one, other: Message("{one}不大于{other}", one=one, other=other),
}
IN_TIME: Mapping[str, Pair] = {
    ">": lambda one, other: Message("{one}晚于{other}", one=one, other=other),
    ">=": lambda one, other: Message("{one}不早于{other}", one=one, other=other),
    "<": lambda one, other: Message("{one}早于{other}", one=one, other=other),
    "<=": lambda one, other: Message("{one}不晚于{other}", one=one, other=other),
}
CHOSEN: Mapping[str, Pair] = {
    "=": lambda one, other: Message("{one}是{other}", one=one, other=other),
    "!=": lambda one, other: Message("{one}不是{other}", one=one, other=other),
}
TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
ASKED: Mapping[str, Pair] = {
    "contains": lambda one, other: Message("{one}含有{other}", one=one, other=other),
    "list contains": lambda one, other: Message("{one}里有{other}", one=one, other=other),
    "starts with": lambda one, other: Message("{one}以{other}开头", one=one, other=other),
    "ends with": lambda one, other: Message("{one}以{other}结尾", one=one, other=other),
}
FIXED = (Null, Bool, Num, Str, Temporal)
"""What stands behind the sign in a sentence, wherever it was written."""
MOMENTS = frozenset({Kind.DATE, Kind.DATETIME, Kind.TIME})


def condition(teller: Teller, node: Node) -> Message:
    """Return what must hold. Raises Unsayable."""
    match node:
        case And(items=items):
            return reduce(_and, (_part(teller, item, And) for item in items))
        case Or(items=items):
            return reduce(_or, (_part(teller, item, Or) for item in items))
        case Not(operand=operand):
            return _not(teller, operand)
        case Coerce(operand=operand):
            return condition(teller, operand)
        case Bool(value=True):
            return Message("总是")
        case Bool():
            return Message("从不")
        case _:
            return _test(teller, node)


def _test(teller: Teller, node: Node) -> Message:
    match node:
        case Cmp(op=op, left=left, right=right):
            return _compared(teller, op, left, right)
        case In(value=tested, tests=tests):
            return _among(teller, tested, tests)
        case Quant(kind=kind, source=source, body=body):
            return _each(teller, kind, source, body)
        case Call(
            function=function,
            arguments=(
                Call(function="lower case", arguments=(one,)),
                Call(function="lower case", arguments=(other,)),
            ),
        ) if function in ASKED:
            asked = ASKED[function](value(teller, one), literal(teller, other, where_of(one)))
            return Message("{asked}（不分大小写）", asked=asked)
        case Call(function=function, arguments=(one, other)) if function in ASKED:
            return ASKED[function](value(teller, one), literal(teller, other, where_of(one)))
        case Name() if node.type.kind is Kind.BOOLEAN:
            return _answered(teller, node, True)
        case _ if where_of(node) and node.type.kind is Kind.BOOLEAN:
            return _answered(teller, node, True)
    raise Unsayable


def _and(one: Message, other: Message) -> Message:
    return Message("{one}，且{other}", one=one, other=other)


def _or(one: Message, other: Message) -> Message:
    return Message("{one}，或{other}", one=one, other=other)


def _part(teller: Teller, node: Node, around: type[Node]) -> Message:
    mixed = isinstance(node, And | Or) and not isinstance(node, around)
    return in_brackets(condition(teller, node), mixed)


def _not(teller: Teller, node: Node) -> Message:
    match node:
        case In(value=tested, tests=tests) if _plain(tests):
            options = _options(teller, tested, tests)
            if len(options) == 1:
                return CHOSEN["!="](value(teller, tested), options[0])
            return Message(
                "{value}不是{options}中的任何一个", value=value(teller, tested), options=options
            )
        case Name():
            return _answered(teller, node, False)
    return Message("以下不成立：{condition}", condition=in_brackets(condition(teller, node)))


def _compared(teller: Teller, op: str, left: Node, right: Node) -> Message:
    if isinstance(left, FIXED) and not isinstance(right, FIXED):
        left, right, op = right, left, TURNED[op]
    match right:
        case Null():
            return _filled(teller, left, op)
        case Bool(value=wanted):
            return _answered(teller, left, wanted is (op == "="))
    if left.type.kind is Kind.BOOLEAN:
        return _both(teller, op, left, right)
    one = literal(teller, left, where_of(right))
    other = literal(teller, right, where_of(left))
    kinds = {left.type.kind, right.type.kind}
    if kinds & MOMENTS and op in IN_TIME:
        return IN_TIME[op](one, other)
    if kinds & {Kind.TEXT, Kind.DATE, Kind.DATETIME} and op in CHOSEN:
        return CHOSEN[op](one, other)
    return COMPARED[op](one, other)


def _filled(teller: Teller, node: Node, op: str) -> Message:
    if where_of(node) == ("id",):
        return Message("这是新记录") if op == "=" else Message("记录已保存过")
    said = value(teller, node)
    return Message("{one}未填写", one=said) if op == "=" else Message("{one}已填写", one=said)


def _answered(teller: Teller, node: Node, wanted: bool) -> Message:
    where = where_of(node)
    said = teller.names.value(where, wanted) if where else None
    answer = quoted(said) if said else Message("“是”") if wanted else Message("“否”")
    if not where and not isinstance(node, Name):
        held = in_brackets(condition(teller, node))
        return held if wanted else Message("以下不成立：{condition}", condition=held)
    return Message("{one}为{answer}", one=value(teller, node), answer=answer)


def _both(teller: Teller, op: str, left: Node, right: Node) -> Message:
    one, other = in_brackets(condition(teller, left)), in_brackets(condition(teller, right))
    if op == "=":
        return Message("{one}与{other}同时成立，或同时不成立", one=one, other=other)
    if op == "!=":
        return Message("{one}与{other}只有一个成立", one=one, other=other)
    raise Unsayable


def _among(teller: Teller, tested: Node, tests: tuple[Node, ...]) -> Message:
    said = value(teller, tested)
    if _plain(tests):
        options = _options(teller, tested, tests)
        if len(options) == 1:
            return CHOSEN["="](said, options[0])
        return Message("{value}是{options}之一", value=said, options=options)
    return reduce(_or, (_passes(teller, tested, said, test) for test in tests))


def _plain(tests: tuple[Node, ...]) -> bool:
    return all(isinstance(test, OpTest) and test.op == "=" for test in tests)


def _options(teller: Teller, tested: Node, tests: tuple[Node, ...]) -> list[Message]:
    where = where_of(tested)
    return [literal(teller, test.operand, where) for test in tests if isinstance(test, OpTest)]


def _passes(teller: Teller, tested: Node, said: Message, test: Node) -> Message:
    where = where_of(tested)
    match test:
        case OpTest(op=op, operand=operand):
            return _compared(teller, op, tested, operand)
        case RangeTest(low=low, high=high, low_closed=from_low, high_closed=to_high):
            lowest, highest = literal(teller, low, where), literal(teller, high, where)
            above = COMPARED[">=" if from_low else ">"](said, lowest)
            return _and(above, COMPARED["<=" if to_high else "<"](said, highest))
    raise Unsayable


def _each(teller: Teller, kind: str, source: Node, body: Node) -> Message:
    items, holds = value(teller, source), condition(teller, body)
    if kind == "every":
        return Message("{items}中每一个都满足：{holds}", items=items, holds=holds)
    return Message("{items}中至少有一个满足：{holds}", items=items, holds=holds)

"""Is it a condition, and do its parts fit together?"""

from __future__ import annotations

from msgspec.structs import replace

from engine.expressions.checker.names import source_path, type_label
from engine.expressions.checker.operators import compared, same_zone
from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import ANY, BOOLEAN, INTEGER, Kind, Type, joined
from engine.expressions.tree import (
    And,
    Cmp,
    Held,
    If,
    In,
    ListLit,
    Node,
    Not,
    OpTest,
    Or,
    Quant,
    RangeTest,
    TrueTest,
)
from engine.wording import Message


def connective(checking: Checking, node: And | Or) -> Node:
    """Check `and` and `or`."""
    items = tuple(condition(checking, item) for item in node.items)
    nullable = any(item.nullable or item.type.kind is not Kind.BOOLEAN for item in items)
    return replace(node, items=items, type=BOOLEAN, nullable=nullable)


def inverted(checking: Checking, node: Not) -> Node:
    """Check `not(…)`."""
    operand = condition(checking, node.operand)
    return replace(node, operand=operand, type=BOOLEAN, nullable=operand.nullable)


def condition(checking: Checking, node: Node) -> Node:
    """Return a checked node that must answer yes or no."""
    checked = checking.check(node)
    require_condition(checking, checked)
    return checked


def require_condition(checking: Checking, checked: Node) -> None:
    """Note a mistake if a checked node does not answer yes or no."""
    if checked.type.kind in (Kind.BOOLEAN, Kind.ANY, Kind.NULL):
        return
    message = Message(
        "这里要写一个条件（是或否），现在得到的是{type}", type=type_label(checked.type)
    )
    checking.mistype("feel.not_a_condition", message, checked)


def choice_of_two(checking: Checking, node: If) -> Node:
    """Check `if … then … else …`; both results must be of one type."""
    test = condition(checking, node.condition)
    then, otherwise = same_zone(checking, checking.check(node.then), checking.check(node.otherwise))
    kind = joined(then.type, otherwise.type)
    if kind is None:
        message = Message(
            "then 得到{then}，else 得到{otherwise}，两者要是同一类",
            then=type_label(then.type), otherwise=type_label(otherwise.type),
        )  # fmt: skip
        checking.mistype("feel.branches", message, node)
    nullable = then.nullable or otherwise.nullable
    made = replace(node, condition=test, then=then, otherwise=otherwise, nullable=nullable)
    return replace(made, type=kind or ANY)


def quantifier(checking: Checking, node: Quant) -> Node:
    """Check `some` and `every`."""
    source = checking.check(node.source)
    var = checking.local(node.var, item_type(checking, source), source_path(source))
    with checking.binding((node.var, var)):
        body = condition(checking, node.body)
    return replace(node, source=source, var=var.id, body=body, type=BOOLEAN)


def item_type(checking: Checking, source: Node) -> Type:
    """Return the type of the items of a checked list; anything else is a mistake."""
    kind = source.type
    if kind.kind is Kind.LIST:
        return kind.item or ANY
    if kind.kind is Kind.RANGE:
        return kind.item or INTEGER
    if kind.kind not in (Kind.ANY, Kind.NULL):
        message = Message("这里要写一个列表，现在是{type}", type=type_label(kind))
        checking.mistype("feel.not_a_list", message, source)
        return kind
    return ANY


def membership(checking: Checking, node: In) -> Node:
    """Check `in` with its tests."""
    value = checking.check(node.value)
    tests = tuple(_test(checking, test, value) for test in node.tests)
    return replace(node, value=value, tests=tests, type=BOOLEAN)


def _test(checking: Checking, test: Node, value: Node) -> Node:
    held = Held("", span=value.span, type=value.type, nullable=value.nullable)
    match test:
        case OpTest():
            return _sign_test(checking, test, value, held)
        case RangeTest():
            return _range_test(checking, test, held)
        case TrueTest():
            local = checking.local("?", value.type, source_path(value))
            with checking.binding(("?", local)):
                inner = condition(checking, test.condition)
            return replace(test, condition=inner, var=local.id, type=BOOLEAN)
    raise AssertionError(test)


def _sign_test(checking: Checking, test: OpTest, value: Node, held: Node) -> Node:
    operand = checking.check(test.operand)
    if not test.written and operand.type.kind in (Kind.LIST, Kind.ANY, Kind.RANGE):
        if isinstance(operand, ListLit):
            for item in operand.items:
                _refuse_item(checking, held, value, item)
        elif operand.type.kind is Kind.LIST:
            _refuse_list(checking, test, value.type, operand.type)
        return replace(test, op="in", operand=operand, type=BOOLEAN)
    made = compared(checking, Cmp(test.op, held, operand, span=test.span), held, operand)
    assert isinstance(made, Cmp)
    nullable = made.nullable
    return replace(test, operand=made.right, type=BOOLEAN, nullable=nullable)


def _refuse_item(checking: Checking, held: Node, value: Node, item: Node) -> None:
    if item.type.kind not in (Kind.RANGE, Kind.LIST) and value.type.kind is not Kind.LIST:
        compared(checking, Cmp("=", held, item, span=item.span), held, item)


def _refuse_list(checking: Checking, test: OpTest, value: Type, kind: Type) -> None:
    item = kind.item or ANY
    if value.kind is Kind.LIST or item.kind in (Kind.RANGE, Kind.LIST):
        return
    if joined(value, item) is None:
        message = Message(
            "{item}的列表里不会有{value}", item=type_label(item), value=type_label(value)
        )
        checking.mistype("feel.compare", message, test)


def _range_test(checking: Checking, test: RangeTest, held: Node) -> Node:
    low, high = checking.check(test.low), checking.check(test.high)
    at_least = compared(checking, Cmp(">=", held, low, span=test.span), held, low)
    at_most = compared(checking, Cmp("<=", held, high, span=test.span), held, high)
    assert isinstance(at_least, Cmp)
    assert isinstance(at_most, Cmp)
    return replace(test, low=at_least.right, high=at_most.right, type=BOOLEAN)

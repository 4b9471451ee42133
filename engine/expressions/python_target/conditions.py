"""How does Python decide conditions: is it true, is it false, or which of the three?"""

from __future__ import annotations

from collections.abc import Callable

from engine.expressions.feel_types import Kind
from engine.expressions.python_target.operators import plainly_compared
from engine.expressions.python_target.writer import Writer
from engine.expressions.tree import (
    And,
    Bool,
    Cmp,
    Held,
    If,
    In,
    ListLit,
    Node,
    Not,
    Null,
    Num,
    OpTest,
    Or,
    RangeTest,
    Str,
    Temporal,
    TrueTest,
)

_LITERALS = (Num, Str, Bool, Null, Temporal)


def conjunction(writer: Writer, node: And) -> str:
    """Write the value of `and`."""
    if not node.nullable:
        return writer.true(node)
    return three_valued([answered(writer, item) for item in node.items], "False", "True", writer)


def disjunction(writer: Writer, node: Or) -> str:
    """Write the value of `or`."""
    if not node.nullable:
        return writer.true(node)
    return three_valued([answered(writer, item) for item in node.items], "True", "False", writer)


def answered(writer: Writer, item: Node) -> str:
    """Write the value of a condition."""
    # What is no condition counts as null; Python warns of `1 is True`.
    return writer.value(item) if item.type.kind in (Kind.BOOLEAN, Kind.ANY) else "None"


def three_valued(values: list[str], decisive: str, other: str, writer: Writer) -> str:
    """Write a junction: decisive if one is, other if all are, else null."""
    names = [writer.fresh() for _ in values]
    one = " or ".join(
        f"({name} := {value}) is {decisive}" for name, value in zip(names, values, strict=True)
    )
    rest = " and ".join(f"{name} is {other}" for name in names)
    return f"({decisive} if {one} else {other} if {rest} else None)"


def conjunction_true(writer: Writer, node: And) -> str:
    """Write whether `and` is true."""
    return f"({' and '.join(map(writer.true, node.items))})"


def conjunction_false(writer: Writer, node: And) -> str:
    """Write whether `and` is false."""
    return f"({' or '.join(map(writer.false, node.items))})"


def disjunction_true(writer: Writer, node: Or) -> str:
    """Write whether `or` is true."""
    return f"({' or '.join(map(writer.true, node.items))})"


def disjunction_false(writer: Writer, node: Or) -> str:
    """Write whether `or` is false."""
    return f"({' and '.join(map(writer.false, node.items))})"


def inversion(writer: Writer, node: Not) -> str:
    """Write the value of `not`."""
    if not node.operand.nullable and node.operand.type.kind is Kind.BOOLEAN:
        return writer.false(node.operand)
    held = writer.fresh()
    value = answered(writer, node.operand)
    return f"(False if ({held} := {value}) is True else True if {held} is False else None)"


def inversion_true(writer: Writer, node: Not) -> str:
    """Write whether `not` is true."""
    return writer.false(node.operand)


def inversion_false(writer: Writer, node: Not) -> str:
    """Write whether `not` is false."""
    return writer.true(node.operand)


def two_ways(writer: Writer, node: If) -> str:
    """Write the value of `if`."""
    test = writer.true(node.condition)
    return f"({writer.value(node.then)} if {test} else {writer.value(node.otherwise)})"


def two_ways_true(writer: Writer, node: If) -> str:
    """Write whether `if` gives true."""
    test = writer.true(node.condition)
    return f"({writer.true(node.then)} if {test} else {writer.true(node.otherwise)})"


def two_ways_false(writer: Writer, node: If) -> str:
    """Write whether `if` gives false."""
    test = writer.true(node.condition)
    return f"({writer.false(node.then)} if {test} else {writer.false(node.otherwise)})"


def membership(writer: Writer, node: In) -> str:
    """Write the value of `in`."""
    constant = _constants(writer, node)
    if constant is not None:
        return f"({writer.value(node.value)} in {constant})"

    def decided(held: Held) -> str:
        values = [_test(writer, "value", test, held) for test in node.tests]
        if len(values) == 1:
            return values[0]
        return three_valued(values, "True", "False", writer)

    return _holding(writer, node, decided)


def membership_true(writer: Writer, node: In) -> str:
    """Write whether `in` is true."""
    constant = _constants(writer, node)
    if constant is not None:
        return f"({writer.value(node.value)} in {constant})"
    return _holding(
        writer,
        node,
        lambda held: " or ".join(_test(writer, "true", test, held) for test in node.tests),
    )


def membership_false(writer: Writer, node: In) -> str:
    """Write whether `in` is false."""
    constant = _constants(writer, node)
    if constant is not None:
        return f"({writer.value(node.value)} not in {constant})"
    return _holding(
        writer,
        node,
        lambda held: " and ".join(_test(writer, "false", test, held) for test in node.tests),
    )


def _constants(writer: Writer, node: In) -> str | None:
    items: list[Node] = []
    for test in node.tests:
        if not isinstance(test, OpTest):
            return None
        if test.op == "=":
            items.append(test.operand)
        elif test.op == "in" and isinstance(test.operand, ListLit):
            items.extend(test.operand.items)
        else:
            return None
    for item in items:
        known = isinstance(item, Null) or plainly_compared(node.value.type, item.type)
        if not isinstance(item, _LITERALS) or not known:
            return None
    return writer.constant(tuple(getattr(item, "value", None) for item in items))


def _holding(writer: Writer, node: In, decided: Callable[[Held], str]) -> str:
    variable = writer.fresh("x")
    held = Held(variable, span=node.value.span, type=node.value.type, nullable=node.value.nullable)
    value = writer.value(node.value)
    with writer.seeing([variable]):
        python = decided(held)
    return f"(({variable} := {value}), ({python}))[1]"


def _test(writer: Writer, mode: str, test: Node, held: Held) -> str:
    write: Callable[[Node], str] = getattr(writer, mode)
    match test:
        case OpTest(op="in"):
            return _contained(writer, mode, held, test.operand)
        case OpTest():
            return write(Cmp(test.op, held, test.operand, type=test.type, nullable=test.nullable))
        case RangeTest():
            low = Cmp(">=" if test.low_closed else ">", held, test.low, type=test.type)
            high = Cmp("<=" if test.high_closed else "<", held, test.high, type=test.type)
            return write(And((low, high), type=test.type))
        case TrueTest():
            with writer.bound(test.var, held.variable):
                return write(test.condition)
    raise AssertionError(test)


def _contained(writer: Writer, mode: str, held: Held, container: Node) -> str:
    item = container.type.item
    value = held.variable
    if item is None or not plainly_compared(held.type, item):
        call = f"WITHIN({value}, {writer.value(container)})"
        return call if mode == "value" else f"({call} is {mode.capitalize()})"
    items = writer.fresh()
    assigned = f"({items} := {writer.value(container)})"
    if mode == "value":
        return f"(None if {assigned} is None else {value} in {items})"
    found = "in" if mode == "true" else "not in"
    return f"({assigned} is not None and {value} {found} {items})"

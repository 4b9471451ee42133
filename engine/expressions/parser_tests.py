"""How are the tests after `in` and in the cells of a decision table read?"""

from __future__ import annotations

from engine.expressions.lexer import Sort
from engine.expressions.parser_forms import Parsing
from engine.expressions.tree import (
    Name,
    Node,
    OpTest,
    RangeLit,
    RangeTest,
    TrueTest,
    UnaryTests,
    children,
)

_SIGNS = ("<", "<=", ">", ">=", "=", "!=")
_ABOVE_COMPARISON = 3


def in_tests(parser: Parsing) -> tuple[Node, ...]:
    """Parse one test, or several in brackets."""
    reading = parser.reading
    if not reading.at_sign("("):
        return (one_test(parser, _ABOVE_COMPARISON),)
    start = reading.take().span[0]
    first = one_test(parser)
    if reading.at_sign("..") and isinstance(first, OpTest):
        return (_range(parser.range_after(first.operand, "(", start)),)
    tests = [first]
    while reading.skip_sign(","):
        tests.append(one_test(parser))
    reading.expect_sign(")")
    return tuple(tests)


def one_test(parser: Parsing, binding: int = 0) -> Node:
    """Parse one test: a sign with an operand, a range, or a value."""
    reading = parser.reading
    start = reading.token.span[0]
    if reading.at_sign(*_SIGNS):
        sign = reading.take().text
        operand = parser.expression(_ABOVE_COMPARISON)
        return OpTest(sign, operand, span=reading.spanned(start))
    node = parser.expression(binding)
    if isinstance(node, RangeLit) and not node.sign:
        return _range(node)
    if _mentions_tested(node):
        return TrueTest(node, span=node.span)
    return OpTest("=", node, written=False, span=node.span)


def _range(node: Node) -> Node:
    assert isinstance(node, RangeLit)
    return RangeTest(node.low, node.high, node.low_closed, node.high_closed, span=node.span)


def unary_tests(parser: Parsing) -> UnaryTests:
    """Parse a cell: `-`, tests, or `not(tests)`."""
    reading = parser.reading
    if reading.at_sign("-") and reading.ahead().sort is Sort.END:
        reading.take()
        return UnaryTests(())
    if reading.at_word("not") and reading.ahead().text == "(":
        reading.take()
        reading.take()
        tests = _listed(parser)
        reading.expect_sign(")")
        return UnaryTests(tests, negated=True)
    return UnaryTests(_listed(parser))


def _listed(parser: Parsing) -> tuple[Node, ...]:
    tests = [one_test(parser)]
    while parser.reading.skip_sign(","):
        tests.append(one_test(parser))
    return tuple(tests)


def _mentions_tested(node: Node) -> bool:
    if isinstance(node, Name) and node.id == "?":
        return True
    return any(map(_mentions_tested, children(node)))

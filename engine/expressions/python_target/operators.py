"""How does Python compute and compare, with null as FEEL's null?"""

from __future__ import annotations

from engine.expressions.feel_types import MAX_SCALE, Kind, Type
from engine.expressions.operations import operation
from engine.expressions.python_target.names_at_run_time import COMPARE
from engine.expressions.python_target.writer import Writer
from engine.expressions.tree import Arith, Bool, Cmp, Neg, Node, Null, Num, Str, Temporal

_PLAIN = frozenset({Kind.NUMBER, Kind.TEXT, Kind.BOOLEAN, Kind.DATE, Kind.DAYS, Kind.MONTHS})
_PYTHON = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_EXACT = {"+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV", "**": "POW"}


def arith(writer: Writer, node: Arith) -> str:
    """Write an arithmetic operator."""
    left, right = node.left.type, node.right.type
    if Kind.ANY in (left.kind, right.kind) or operation(node.op, left.kind, right.kind) is None:
        return f"ARITH({node.op!r}, {writer.value(node.left)}, {writer.value(node.right)})"
    tests, a, b = _operands(writer, node.left, node.right)
    return _unless_null(tests, _computed(writer, node, a, b))


def _computed(writer: Writer, node: Arith, a: str, b: str) -> str:
    left, right = node.left.type, node.right.type
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return _number(node.op, left, right, a, b)
    if (left.kind is Kind.DATE and right.kind is Kind.DATE) or left.kind is Kind.TEXT:
        return f"({a} {node.op} {b})"
    return f"{writer.constant(operation(node.op, left.kind, right.kind))}({a}, {b})"


def _number(op: str, left: Type, right: Type, a: str, b: str) -> str:
    if left.scale == 0 and right.scale == 0 and op in "+-*":
        return f"({a} {op} {b})"
    if op == "*" and (left.scale or 0) + (right.scale or 0) > MAX_SCALE:
        return f"MULR({a}, {b})"
    return f"{_EXACT[op]}({a}, {b})"


def negation(writer: Writer, node: Neg) -> str:
    """Write a minus in front."""
    if node.operand.type.kind is not Kind.NUMBER:
        return f"NEGATE({writer.value(node.operand)})"
    tests, a, _ = _operands(writer, node.operand, Null())
    tests = tests[:1] if node.operand.nullable else []
    minus = f"(-{a})" if node.operand.type.scale == 0 else f"MINUS({a})"
    return _unless_null(tests, minus)


def _operands(writer: Writer, left: Node, right: Node) -> tuple[list[str], str, str]:
    tests: list[str] = []
    a = _operand(writer, left, right, tests)
    return tests, a, _operand(writer, right, left, tests)


def _operand(writer: Writer, node: Node, other: Node, tests: list[str]) -> str:
    if isinstance(node, Num):
        return _number_like(writer, node, other)
    python = writer.value(node)
    if not node.nullable:
        return python
    if python.isidentifier() and python != "None":
        tests.append(python)
        return python
    variable = writer.fresh()
    tests.append(f"({variable} := {python})")
    return variable


def _number_like(writer: Writer, node: Num, other: Node) -> str:
    # Python compares and adds Decimals to Decimals faster than to ints.
    if other.type.kind is Kind.NUMBER and other.type.scale != 0:
        return writer.constant(node.value)
    return writer.value(node)


def _unless_null(tests: list[str], python: str) -> str:
    if not tests:
        return python
    null = " or ".join(f"{test} is None" for test in tests)
    return f"(None if {null} else {python})"


def comparison(writer: Writer, node: Cmp) -> str:
    """Write the value of a comparison."""
    if _total(node):
        return comparison_true(writer, node)
    if not _typed(node):
        return f"{COMPARE[node.op]}({writer.value(node.left)}, {writer.value(node.right)})"
    tests, a, b = _operands(writer, node.left, node.right)
    return _unless_null(tests, f"({a} {_PYTHON[node.op]} {b})")


def comparison_true(writer: Writer, node: Cmp) -> str:
    """Write whether a comparison is true."""
    return _decided(writer, node, node.op, "True")


def comparison_false(writer: Writer, node: Cmp) -> str:
    """Write whether a comparison is false."""
    return _decided(writer, node, _OPPOSITE[node.op], "False")


def _decided(writer: Writer, node: Cmp, op: str, wanted: str) -> str:
    null = _against_null(node)
    if null is not None and isinstance(null, Num | Str | Bool | Temporal):
        return str(op == "!=")
    if null is not None:
        python = writer.value(null)
        # Python warns of `is` beside texts that it puts together itself.
        held = python if null.nullable else f"({writer.fresh()} := {python})"
        return f"({held} {'is' if op == '=' else 'is not'} None)"
    if not _typed(node):
        call = f"{COMPARE[node.op]}({writer.value(node.left)}, {writer.value(node.right)})"
        return f"({call} is {wanted})"
    if op in ("=", "!="):
        left = _side(writer, node.left, node.right)
        return f"({left} {_PYTHON[op]} {_side(writer, node.right, node.left)})"
    tests, a, b = _operands(writer, node.left, node.right)
    known = [f"{test} is not None" for test in tests]
    return f"({' and '.join([*known, f'{a} {_PYTHON[op]} {b}'])})"


def _side(writer: Writer, node: Node, other: Node) -> str:
    return _number_like(writer, node, other) if isinstance(node, Num) else writer.value(node)


def _against_null(node: Cmp) -> Node | None:
    if node.op not in ("=", "!="):
        return None
    if node.right.type.kind is Kind.NULL:
        return node.left
    return node.right if node.left.type.kind is Kind.NULL else None


def _total(node: Cmp) -> bool:
    return node.op in ("=", "!=") and (_typed(node) or _against_null(node) is not None)


def _typed(node: Cmp) -> bool:
    return plainly_compared(node.left.type, node.right.type)


def plainly_compared(left: Type, right: Type) -> bool:
    """Whether Python's own operators compare values of these types as the language does."""
    if left.kind is not right.kind:
        return False
    return left.kind in _PLAIN or (left.kind is Kind.DATETIME and left.zoned and right.zoned)

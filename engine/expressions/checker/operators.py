"""Do the two sides of an operator go together, and what comes out?"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from msgspec.structs import replace

from engine.expressions.checker.names import type_label
from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import (
    ANY,
    BOOLEAN,
    DAYS,
    MAX_SCALE,
    NUMBER,
    ORDERED,
    TEXT,
    Kind,
    Type,
    number,
)
from engine.expressions.literals import read_date
from engine.expressions.operations import operation
from engine.expressions.tree import And, Arith, Between, Cmp, Coerce, Neg, Node, Null, Num, Str
from engine.problems import did_you_mean
from engine.wording import Message

_OPEN = (Kind.ANY, Kind.NULL)
_LARGE = 19
"""As many digits before the point make a literal a decimal, not an integer."""


def arith(checking: Checking, node: Arith) -> Node:
    """Check an arithmetic operator."""
    left, right = same_zone(checking, checking.check(node.left), checking.check(node.right))
    made = replace(node, left=left, right=right)
    if Kind.ANY in (left.type.kind, right.type.kind):
        return replace(made, type=ANY)
    if operation(node.op, left.type.kind, right.type.kind) is None:
        _refuse_operands(checking, node, left, right)
        return replace(made, type=ANY)
    result = _result(node.op, left.type, right.type)
    plain = result.kind in (Kind.NUMBER, Kind.TEXT) and node.op in ("+", "-", "*")
    nullable = not plain or left.nullable or right.nullable
    return replace(made, type=result, nullable=nullable)


def _refuse_operands(checking: Checking, node: Arith, left: Node, right: Node) -> None:
    message = Message(
        "不能计算{left} {op} {right}",
        left=type_label(left.type), op=node.op, right=type_label(right.type),
    )  # fmt: skip
    checking.mistype("feel.operands", message, node, _as_days(node, left))


def _as_days(node: Arith, left: Node) -> str | None:
    # `due + 5` is what people write who think of days.
    dated = left.type.kind in (Kind.DATE, Kind.DATETIME)
    if dated and isinstance(node.right, Num) and node.op in ("+", "-"):
        return f'duration("P{node.right.value}D")'
    return None


def _result(op: str, left: Type, right: Type) -> Type:
    if left.kind is Kind.NUMBER and right.kind is Kind.NUMBER:
        return _number_result(op, left.scale, right.scale)
    if left.kind is right.kind:
        return _same_kind_result(op, left)
    if op in "*/":
        return left if left.kind is not Kind.NUMBER else right
    moments = (Kind.DATE, Kind.TIME, Kind.DATETIME)
    return left if left.kind in moments else right


def _same_kind_result(op: str, kind: Type) -> Type:
    if op == "/":
        return number(MAX_SCALE)
    if kind.kind is Kind.TEXT:
        return TEXT
    return kind if kind.kind in (Kind.DAYS, Kind.MONTHS) else DAYS


def _number_result(op: str, left: int | None, right: int | None) -> Type:
    if op == "/":
        return number(MAX_SCALE)
    if op == "**" or left is None or right is None:
        return NUMBER
    return number(max(left, right) if op in "+-" else min(left + right, MAX_SCALE))


def negation(checking: Checking, node: Neg) -> Node:
    """Check a minus in front."""
    operand = checking.check(node.operand)
    kind = operand.type.kind
    made = replace(node, operand=operand, nullable=operand.nullable)
    if kind in (Kind.NUMBER, Kind.DAYS, Kind.MONTHS):
        return replace(made, type=operand.type)
    if kind is not Kind.ANY:
        message = Message("{type}不能取负", type=type_label(operand.type))
        checking.mistype("feel.operands", message, node)
    return replace(made, type=ANY, nullable=True)


def comparison(checking: Checking, node: Cmp) -> Node:
    """Check a comparison."""
    return compared(checking, node, checking.check(node.left), checking.check(node.right))


def compared(checking: Checking, node: Cmp, left: Node, right: Node) -> Node:
    """Return the comparison of two checked operands."""
    left, right = same_zone(checking, left, right)
    _refuse_comparison(checking, node, left, right)
    total = node.op in ("=", "!=")
    nullable = left.nullable or right.nullable or not (total and _alike(left, right))
    if total and _alike(left, right):
        nullable = False
    return replace(node, left=left, right=right, type=BOOLEAN, nullable=nullable)


def _alike(left: Node, right: Node) -> bool:
    return left.type.kind is right.type.kind or Kind.NULL in (left.type.kind, right.type.kind)


def _refuse_comparison(checking: Checking, node: Cmp, left: Node, right: Node) -> None:
    kinds = (left.type.kind, right.type.kind)
    if node.op in ("=", "!="):
        if not _alike(left, right) and Kind.ANY not in kinds:
            _refuse_sides(checking, node, left, right)
        _refuse_unknown_options(checking, left, right)
        _refuse_unknown_options(checking, right, left)
        _refuse_other_form(checking, node, left, right)
        return
    if Kind.NULL in kinds:
        message = Message("与空值比较大小没有结果，判断是否为空请用 = null 或 != null")
        checking.mistype("feel.null_order", message, node)
    elif Kind.ANY not in kinds and (kinds[0] is not kinds[1] or kinds[0] not in ORDERED):
        _refuse_sides(checking, node, left, right)


def _refuse_sides(checking: Checking, node: Cmp, left: Node, right: Node) -> None:
    place, suggestion = _plain_literal(left, right)
    words = {"left": type_label(left.type), "right": type_label(right.type)}
    if suggestion is not None and place is not None:
        message = Message("{left}不能与{right}比较，请写 {plain}", plain=suggestion, **words)
        checking.mistype("feel.compare", message, place, suggestion)
        return
    if {left.type.kind, right.type.kind} == {Kind.DATE, Kind.DATETIME}:
        message = Message("{left}不能与{right}比较，请先用 date(…) 取出日期", **words)
    else:
        message = Message("{left}不能与{right}比较", **words)
    checking.mistype("feel.compare", message, node)


def _plain_literal(left: Node, right: Node) -> tuple[Node | None, str | None]:
    for literal, other in ((left, right), (right, left)):
        if not isinstance(literal, Str):
            continue
        if other.type.kind is Kind.NUMBER and _is_number(literal.value):
            return literal, literal.value
        if other.type.kind is Kind.DATE and read_date(literal.value):
            return literal, f'date("{literal.value}")'
        if other.type.kind is Kind.BOOLEAN and literal.value in ("true", "false"):
            return literal, literal.value
    return None, None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _refuse_unknown_options(checking: Checking, side: Node, other: Node) -> None:
    options = side.type.options
    if options is None or not isinstance(other, Str) or other.value in options:
        return
    near = did_you_mean(other.value, options)
    words = {"value": other.value, "options": list(options)}
    if near:
        message = Message("没有选项“{value}”，是否想写“{near}”？", near=near, value=other.value)
    else:
        message = Message("没有选项“{value}”，可选：{options}", **words)
    checking.mistype("feel.unknown_option", message, other, f'"{near}"' if near else None)


def _refuse_other_form(checking: Checking, node: Cmp, left: Node, right: Node) -> None:
    forms = (left.type.form, right.type.form)
    if left.type.is_reference and right.type.is_reference and forms[0] != forms[1]:
        message = Message("两边指向不同的表单：“{left}”与“{right}”", left=forms[0], right=forms[1])
        checking.mistype("feel.other_form", message, node)


def same_zone(checking: Checking, left: Node, right: Node) -> tuple[Node, Node]:
    """Return both, a moment without a zone put into the zone of whoever asks if the other one
    is a moment with a zone."""
    if not checking.slot.strict or left.type.kind is not Kind.DATETIME:
        return left, right
    if right.type.kind is not Kind.DATETIME or left.type.zoned == right.type.zoned:
        return left, right
    if left.type.zoned:
        return left, _zoned(right)
    return _zoned(left), right


def in_one_zone(checking: Checking, items: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the items of a list, the moments among them as `same_zone` does."""
    moments = {item.type.zoned for item in items if item.type.kind is Kind.DATETIME}
    if not checking.slot.strict or len(moments) < 2:
        return items
    return tuple(
        _zoned(item) if item.type.kind is Kind.DATETIME and not item.type.zoned else item
        for item in items
    )


def _zoned(node: Node) -> Node:
    kind = replace(node.type, zoned=True)
    return Coerce("zone", node, span=node.span, type=kind, nullable=node.nullable)


def between(checking: Checking, node: Between) -> Node:
    """Check `between`, which is two comparisons."""
    value, low, high = map(checking.check, (node.value, node.low, node.high))
    at_least = compared(checking, Cmp(">=", value, low, span=node.span), value, low)
    at_most = compared(checking, Cmp("<=", value, high, span=node.span), value, high)
    return And(
        (at_least, at_most),
        span=node.span,
        type=BOOLEAN,
        nullable=at_least.nullable or at_most.nullable,
    )


def is_open(node: Node) -> bool:
    """Whether nothing is known of the kind of a value, or it is null."""
    return node.type.kind in _OPEN or isinstance(node, Null)


def literal_type(value: Decimal) -> Type:
    """Return the type of a number as written."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value.adjusted() >= _LARGE:
        return NUMBER
    return number(max(-exponent, 0))

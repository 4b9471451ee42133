"""Which tree means the same, and lets the database use an index?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec.structs import replace

from engine.expressions import DATE, DATETIME, DAYS, LOCAL_DATETIME, Kind
from engine.expressions.settled import settled
from engine.expressions.tree import (
    And,
    Arith,
    Call,
    Cmp,
    Coerce,
    Name,
    Node,
    Not,
    Or,
    Path,
    Temporal,
)

MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""By comparison, the one with its sides exchanged."""
_MOST_DAYS = 36_500
_FIRST_YEAR, _LAST_YEAR = 200, 9800
_DAY = timedelta(days=1)
_MOST_KEPT = 5_000
_known: dict[int, tuple[Node, Node]] = {}


def indexable(tree: Node) -> Node:
    """Return a tree that is true where this one is, with columns alone on a side of comparisons."""
    found = _known.get(id(tree))
    if found is not None and found[0] is tree:
        return found[1]
    made = _turned(tree, True)
    # The tree is kept with it, so that its identity can't be given to another one.
    _known[id(tree)] = (tree, made)
    if len(_known) > _MOST_KEPT:
        _known.pop(next(iter(_known)), None)
    return made


def _turned(node: Node, positive: bool) -> Node:
    """Turn the comparisons below what joins conditions, asked whether they are true."""
    match node:
        case And() | Or():
            items = tuple(_turned(item, positive) for item in node.items)
            same = all(a is b for a, b in zip(items, node.items, strict=True))
            return node if same else replace(node, items=items)
        case Not():
            operand = _turned(node.operand, not positive)
            return node if operand is node.operand else replace(node, operand=operand)
        case Cmp():
            return _compared(node, positive)
    return node


def _compared(node: Cmp, positive: bool) -> Node:
    turned = node
    if settled(node.left):
        turned = replace(node, op=MIRRORED[node.op], left=node.right, right=node.left)
    if settled(turned.left) or not settled(turned.right):
        return node
    match turned.left:
        case Arith(op="-") as apart:
            return _without_difference(turned, apart) or node
        case Call(function="date", arguments=(Coerce(kind="local", operand=moment),)):
            return _without_day(turned, moment, positive) or node
    return node


def _without_difference(node: Cmp, apart: Arith) -> Node | None:
    """Turn `due - today() <= P7D` into `due <= today() + P7D`."""
    if node.op in ("=", "!=") or not _is_whole_days(node.right):
        return None
    if _is_column(apart.left, Kind.DATE) and _is_today(apart.right):
        return replace(node, left=apart.left, right=_shifted("+", apart.right, node.right))
    if _is_today(apart.left) and _is_column(apart.right, Kind.DATE):
        earlier = _shifted("-", apart.left, node.right)
        return replace(node, op=MIRRORED[node.op], left=apart.right, right=earlier)
    return None


def _without_day(node: Cmp, moment: Node, positive: bool) -> Node | None:
    """Turn `date(made) <= today()` into `made < the first moment of tomorrow`."""
    if not _is_column(moment, Kind.DATETIME) or not _is_known_day(node.right):
        return None
    since = replace(node, op=">=", left=moment, right=_first_moment(node.right))
    after = _first_moment(_shifted("+", node.right, Temporal(_DAY, type=DAYS, nullable=False)))
    before = replace(node, op="<", left=moment, right=after)
    match node.op:
        case ">=":
            return since
        case "<":
            return replace(since, op="<")
        case "<=":
            return before
        case ">":
            return replace(before, op=">=")
        case "=" if positive:
            # Where it is asked whether it is false, null counts as another day.
            return And((since, before), span=node.span, type=node.type)
    return None


def _first_moment(day: Node) -> Node:
    begins = Call("start of day", (day,), type=LOCAL_DATETIME, nullable=False)
    return Coerce("zone", begins, type=DATETIME, nullable=False)


def _is_column(node: Node, kind: Kind) -> bool:
    return isinstance(node, Name | Path) and node.type.kind is kind and not settled(node)


def _is_today(node: Node) -> bool:
    return isinstance(node, Call) and node.function == "today"


def _is_known_day(node: Node) -> bool:
    """Tell whether a day is never null, nor near the ends of the calendar."""
    match node:
        case Temporal(value=date() as day) if not isinstance(day, datetime):
            return _FIRST_YEAR <= day.year <= _LAST_YEAR
        case Arith(op="+" | "-"):
            return _is_today(node.left) and _is_whole_days(node.right)
    return _is_today(node)


def _is_whole_days(node: Node) -> bool:
    value = node.value if isinstance(node, Temporal) else None
    if not isinstance(value, timedelta):
        return False
    return value % _DAY == timedelta() and abs(value.days) <= _MOST_DAYS


def _shifted(op: str, day: Node, length: Node) -> Node:
    return Arith(op, day, length, type=DATE, nullable=False)

"""How is a value said in words: where it comes from, or how it is worked out?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.expressions.feel_types import Kind
from engine.expressions.telling.calls import CALLS, ONE_LIST
from engine.expressions.telling.names import (
    Teller,
    Unsayable,
    Where,
    Words,
    in_brackets,
    quoted,
    where_of,
)
from engine.expressions.tree import (
    Arith,
    Bool,
    Call,
    Coerce,
    Filter,
    For,
    If,
    Index,
    ListLit,
    Name,
    Neg,
    Node,
    Null,
    Num,
    Path,
    Str,
    Temporal,
)
from engine.expressions.values import Value, YearsMonths
from engine.wording import Message

MYSELF: Mapping[str, Message] = {
    "id": Message("本人"),
    "name": Message("本人的姓名"),
    "number": Message("本人的工号"),
    "department": Message("本人的部门"),
    "departments": Message("本人的部门和下级部门"),
    "roles": Message("本人的角色"),
}
WORKED_OUT: Mapping[str, Callable[[Message, Message], Message]] = {
    "+": lambda one, other: Message("{one} + {other}", one=one, other=other),
    "-": lambda one, other: Message("{one} − {other}", one=one, other=other),
    "*": lambda one, other: Message("{one} × {other}", one=one, other=other),
    "/": lambda one, other: Message("{one} ÷ {other}", one=one, other=other),
}
MOMENTS = frozenset({Kind.DATE, Kind.DATETIME})
SPANS = frozenset({Kind.DAYS, Kind.MONTHS})
HOUR = 3600
DAY = 24 * HOUR


def value(teller: Teller, node: Node) -> Message:
    """Return what a value is. Raises Unsayable."""
    match node:
        case Name() | Path():
            return _named(teller, node)
        case Coerce(operand=operand):
            return value(teller, operand)
        case Neg(operand=operand):
            return Message("−{one}", one=value(teller, operand))
        case Arith():
            return _arithmetic(teller, node)
        case If(condition=condition, then=then, otherwise=otherwise):
            return _either(teller, condition, then, otherwise)
        case Call():
            return _call(teller, node)
        case _:
            return _of_many(teller, node)


def literal(teller: Teller, node: Node, where: Where) -> Message:
    """Return a value that is compared with a field, written as people read that field."""
    match node:
        case (
            Num(value=written) | Str(value=written) | Bool(value=written) | Temporal(value=written)
        ):
            said = teller.names.value(where, written) if where else None
            return quoted(said) if said and isinstance(node, Str | Bool) else _plain(said, written)
        case Null():
            return Message("空")
        case ListLit(items=items):
            return Message("{items}", items=[literal(teller, item, where) for item in items])
    return value(teller, node)


def _plain(said: Words | None, written: Value) -> Message:
    if said:
        return Message("{value}", value=said)
    match written:
        case bool():
            return Message("“是”") if written else Message("“否”")
        case Decimal():
            return Message("{value}", value=f"{written.normalize():,f}")
        case str():
            return Message("“{name}”", name=written)
        case timedelta() | YearsMonths():
            return span(written)
        case datetime():
            return Message("{value}", value=written.strftime("%Y-%m-%d %H:%M"))
        case date() | time():
            return Message("{value}", value=written.isoformat())
    raise Unsayable


def span(length: timedelta | YearsMonths) -> Message:
    """Return a length of time in its largest whole unit."""
    if isinstance(length, YearsMonths):
        years, months = divmod(length.months, 12)
        return Message("{n} 个月", n=length.months) if months else Message("{n} 年", n=years)
    seconds = int(length.total_seconds())
    if seconds % DAY == 0:
        return Message("{n} 天", n=seconds // DAY) if seconds != DAY else Message("1 天")
    if seconds % HOUR == 0:
        return Message("{n} 小时", n=seconds // HOUR) if seconds != HOUR else Message("1 小时")
    return Message("{n} 分钟", n=seconds // 60)


def _named(teller: Teller, node: Name | Path) -> Message:
    match node:
        case Path(base=Name(origin="user"), name=name) if name in MYSELF:
            return MYSELF[name]
        case Path(base=Name(origin="local")) if where_of(node):
            return _label(teller, where_of(node))
        case Name(origin="local"):
            return Message("它")
        case Path(base=base) if where_of(node):
            field = _label(teller, where_of(node))
            return Message("{record}的{field}", record=value(teller, base), field=field)
        case Name() if where_of(node):
            return _label(teller, where_of(node))
    raise Unsayable


def _label(teller: Teller, where: Where) -> Message:
    said = teller.names.field(where)
    if said is None:
        raise Unsayable
    return quoted(said)


def _arithmetic(teller: Teller, node: Arith) -> Message:
    left, right = node.left, node.right
    if left.type.kind in MOMENTS and right.type.kind in SPANS and node.op in "+-":
        return _moved(teller, node)
    if node.op not in WORKED_OUT:
        raise Unsayable
    return WORKED_OUT[node.op](_operand(teller, left, node, 0), _operand(teller, right, node, 1))


def _moved(teller: Teller, node: Arith) -> Message:
    moment, length = value(teller, node.left), literal(teller, node.right, ())
    if isinstance(node.left, Call) and node.left.function in ("now", "today"):
        return (
            Message("{span}前", span=length) if node.op == "-" else Message("{span}后", span=length)
        )
    if node.op == "-":
        return Message("{moment}之前{span}", moment=moment, span=length)
    return Message("{moment}之后{span}", moment=moment, span=length)


def _operand(teller: Teller, node: Node, around: Arith, side: int) -> Message:
    said = literal(replace(teller, like=()), node, ())
    inside = node.operand if isinstance(node, Coerce) else node
    match inside:
        case If():
            return in_brackets(said)
        case Arith(op=op):
            weaker = op in "+-" and (around.op in "*/" or (side == 1 and around.op == "-"))
            return in_brackets(said, weaker or (side == 1 and around.op == "/"))
    return said


def _either(teller: Teller, condition: Node, then: Node, otherwise: Node) -> Message:
    like = where_of(then) or where_of(otherwise) or teller.like
    return Message(
        "如果{condition}，则为{then}；否则{otherwise}",
        condition=teller.holds(teller, condition),
        then=literal(teller, then, like),
        otherwise=literal(teller, otherwise, like),
    )


def _call(teller: Teller, node: Call) -> Message:
    bare = replace(teller, like=())
    if node.function in ONE_LIST and len(node.arguments) == 1:
        return _of_list(bare, node.function, node.arguments[0])
    match node:
        case Call(function="substring", arguments=(text, Neg(operand=n))):
            said = literal(bare, n, ())
            return Message("{text}的最后{n} 个字", text=_argument(bare, text), n=said)
        case Call(table=table, arguments=(_, *given)) if table is not None:
            told_of = [_argument(bare, one) for one in given]
            return Message(
                "决策表{table}按{given}得出的值", table=quoted(table.label), given=told_of
            )
    told = CALLS.get((node.function, len(node.arguments)))
    if told is None:
        raise Unsayable
    return told(*(_argument(bare, argument) for argument in node.arguments))


def _argument(teller: Teller, node: Node) -> Message:
    return in_brackets(literal(teller, node, ()), isinstance(node, Arith | If))


def _of_list(teller: Teller, function: str, items: Node) -> Message:
    if function == "count" and isinstance(items, Filter):
        wanted = teller.holds(teller, items.predicate)
        return Message(
            "{list}中{condition}的行数", list=value(teller, items.base), condition=wanted
        )
    of_rows = function == "count" and items.type.item and items.type.item.kind is Kind.CONTEXT
    return ONE_LIST["rows" if of_rows else function](value(teller, items))


def _of_many(teller: Teller, node: Node) -> Message:
    match node:
        case Filter(base=base, predicate=predicate):
            wanted = teller.holds(teller, predicate)
            return Message("{list}中{condition}的各行", list=value(teller, base), condition=wanted)
        case For(bindings=((_, source),), body=body):
            each = in_brackets(value(teller, body), not where_of(body))
            return Message("{list}每一行的{each}", list=value(teller, source), each=each)
        case Index(base=base, position=Num(value=place)) if place > 0:
            return Message("{list}的第 {n} 个", list=value(teller, base), n=int(place))
        case ListLit(items=items):
            return Message("{items}", items=[literal(teller, item, ()) for item in items])
        case Num() | Str() | Bool() | Temporal() | Null():
            return literal(teller, node, teller.like)
    if node.type.kind is Kind.BOOLEAN:
        return in_brackets(teller.holds(teller, node))
    raise Unsayable

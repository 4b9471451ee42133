"""Which function is called, and do the arguments fit?"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from engine.expressions.builtins import BUILTINS, Overload, Parameter
from engine.expressions.checker import clocks
from engine.expressions.checker.deciding import DECIDE, decision
from engine.expressions.checker.names import type_label
from engine.expressions.checker.results import result_type, type_of_value
from engine.expressions.checker.state import Checking
from engine.expressions.feel_types import (
    ANY,
    DATE,
    DATETIME,
    FUNCTION,
    Kind,
)
from engine.expressions.literals import read_date, read_datetime, read_duration, read_time
from engine.expressions.tree import Apply, Call, Lambda, Name, Node, Null, Str, Temporal
from engine.expressions.values import Value
from engine.problems import did_you_mean
from engine.wording import Message

_ENVIRONMENT = {"today": DATE, "now": DATETIME}
_READERS = {
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "duration": read_duration,
}


def call(checking: Checking, node: Call) -> Node:
    """Check the call of a named function."""
    function = _known_name(node.function)
    if function == DECIDE:
        return decision(checking, node)
    arguments = tuple(map(checking.check, node.arguments))
    made = replace(node, function=function, arguments=arguments)
    if function in _ENVIRONMENT:
        return _environment(checking, made)
    if function not in BUILTINS:
        return _written(checking, made)
    placed = _placed(made, checking)
    if placed is None:
        return replace(made, type=ANY)
    overload = BUILTINS[function].overloads[placed.overload]
    literal = _literal(checking, placed)
    if literal is not None:
        return literal
    kind = result_type(overload, placed.arguments)
    return replace(placed, type=kind, arguments=clocks.of_arguments(checking, placed))


def _known_name(name: str) -> str:
    spaced = name.replace("_", " ")
    return spaced if name not in BUILTINS and spaced in BUILTINS else name


def _environment(checking: Checking, node: Call) -> Node:
    if node.arguments:
        message = Message("{name}() 不带参数", name=node.function)
        checking.refuse("feel.arity", message, node)
    return replace(node, type=_ENVIRONMENT[node.function], nullable=False)


def _written(checking: Checking, node: Call) -> Node:
    for frame in reversed(checking.frames):
        if node.function in frame.locals:
            local = frame.locals[node.function]
            called = Name(local.id, "local", span=node.span, type=local.type)
            return _applied(checking, node, called)
    if node.function in checking.scope.names:
        kind = checking.scope.names[node.function]
        called = Name(node.function, "field", (node.function,), span=node.span, type=kind)
        return _applied(checking, node, called)
    near = did_you_mean(node.function, [*BUILTINS, *_ENVIRONMENT, DECIDE])
    if near:
        message = Message("没有函数 {name}，是否想写 {near}？", name=node.function, near=near)
    else:
        message = Message("没有函数 {name}", name=node.function)
    checking.refuse("feel.unknown_function", message, node, near)
    return replace(node, type=ANY)


def _applied(checking: Checking, node: Call, called: Node) -> Node:
    if called.type.kind not in (Kind.FUNCTION, Kind.ANY):
        message = Message("{name} 不是函数，不能加括号调用", name=node.function)
        checking.refuse("feel.not_a_function", message, node)
    return Apply(called, node.arguments, node.names, span=node.span)


def apply(checking: Checking, node: Apply) -> Node:
    """Check the call of a function that is a value."""
    function = checking.check(node.function)
    if function.type.kind not in (Kind.FUNCTION, Kind.ANY):
        message = Message("{type}不能当函数调用", type=type_label(function.type))
        checking.refuse("feel.not_a_function", message, node)
    arguments = tuple(map(checking.check, node.arguments))
    return replace(node, function=function, arguments=arguments)


def function_literal(checking: Checking, node: Lambda) -> Node:
    """Check a function."""
    bound = [(name, checking.local(name)) for name, _ in node.parameters]
    pairs = zip(bound, node.parameters, strict=True)
    with checking.binding(*bound):
        body = checking.check(node.body)
    parameters = tuple((local.id, kind) for (_, local), (_, kind) in pairs)
    return replace(node, parameters=parameters, body=body, type=FUNCTION, nullable=False)


def _placed(node: Call, checking: Checking) -> Call | None:
    overloads = BUILTINS[node.function].overloads
    best: Call | None = None
    for position, overload in enumerate(overloads):
        arguments = _arranged(node, overload)
        if arguments is None:
            continue
        placed = replace(node, arguments=arguments, names=(), overload=position)
        if _misfit(overload, arguments) is None:
            return placed
        best = best or placed
    if best is None:
        _refuse_arity(checking, node, overloads)
        return None
    _refuse_argument(checking, best, overloads[best.overload])
    return best


def _arranged(node: Call, overload: Overload) -> tuple[Node, ...] | None:
    if not node.names:
        fits = overload.least <= len(node.arguments) <= overload.most
        return node.arguments if fits and (node.arguments or overload.most < 10_000) else None
    given = dict(zip(node.names, node.arguments, strict=True))
    names = [parameter.name for parameter in overload.parameters]
    if len(given) != len(node.names) or set(given) - set(names):
        return None
    missing = {p.name for p in overload.parameters if not p.optional} - set(given)
    if missing:
        return None
    last = max(names.index(name) for name in given)
    return tuple(given.get(name) or Null(span=node.span) for name in names[: last + 1])


def _misfit(overload: Overload, arguments: Sequence[Node]) -> int | None:
    for position, argument in enumerate(arguments):
        if not _fits(overload.parameter(position), argument):
            return position
    return None


def _fits(parameter: Parameter, argument: Node) -> bool:
    kind = argument.type
    if kind.kind is Kind.ANY:
        return True
    if kind.kind is Kind.NULL:
        return parameter.nulls
    if kind.kind not in parameter.kinds:
        return False
    if parameter.items is None or kind.kind is not Kind.LIST or kind.item is None:
        return True
    return kind.item.kind in parameter.items or kind.item.kind in (Kind.ANY, Kind.NULL)


def _refuse_arity(checking: Checking, node: Call, overloads: list[Overload]) -> None:
    signatures = " / ".join(_signature(node.function, overload) for overload in overloads)
    message = Message("参数不对，应写成 {signatures}", signatures=signatures)
    checking.refuse("feel.arity", message, node)


def _signature(name: str, overload: Overload) -> str:
    inside = ", ".join(
        f"{p.name}…" if p.variadic else f"[{p.name}]" if p.optional else p.name
        for p in overload.parameters
    )
    return f"{name}({inside})"


def _refuse_argument(checking: Checking, node: Call, overload: Overload) -> None:
    position = _misfit(overload, node.arguments)
    assert position is not None
    argument = node.arguments[position]
    message = Message(
        "{function} 的参数“{name}”不能是{type}",
        function=node.function,
        name=overload.parameter(position).name,
        type=type_label(argument.type),
    )
    checking.mistype("feel.argument", message, argument)


def _literal(checking: Checking, node: Call) -> Node | None:
    # A date written as text is read once, and a wrong one is found before anything runs.
    reader = _READERS.get(node.function)
    if reader is None or len(node.arguments) != 1 or not isinstance(node.arguments[0], Str):
        return None
    value: Value = reader(node.arguments[0].value)
    if value is None:
        refuse_temporal(checking, node, node.arguments[0].value)
        return None
    return temporal(value, node)


def refuse_temporal(checking: Checking, node: Node, text: str) -> None:
    """Note that a text is no date, time or duration."""
    message = Message("“{text}”不是有效的日期、时间或时长", text=text)
    checking.mistype("feel.temporal", message, node)


def temporal(value: Value, node: Node) -> Temporal:
    """Return a known date, time, date and time or duration in place of a node."""
    return Temporal(value, span=node.span, type=type_of_value(value), nullable=False)

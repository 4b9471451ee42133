"""How does Python call functions?"""

from __future__ import annotations

from engine.expressions.builtins import BUILTINS, Overload, guarded
from engine.expressions.builtins.totals import sum_integers, sum_numbers
from engine.expressions.feel_types import Kind
from engine.expressions.python_target.writer import Writer
from engine.expressions.tree import Apply, Call, InstanceOf, Lambda


def call(writer: Writer, node: Call) -> str:
    """Write the call of a built-in."""
    if node.function in ("today", "now"):
        return f"e.{node.function}"
    if node.table is not None:
        given = "".join(f"{writer.value(argument)}, " for argument in node.arguments[1:])
        return f"{writer.constant(node.table.answer)}(({given}), e)"
    overload = BUILTINS[node.function].overloads[node.overload]
    function = _fast(node, overload) or guarded(overload)
    arguments = ", ".join(map(writer.value, node.arguments))
    return f"{writer.constant(function)}({arguments})"


def _fast(node: Call, overload: Overload) -> object | None:
    if overload.fast is None or not all(
        argument.type.kind in overload.parameter(position).kinds
        for position, argument in enumerate(node.arguments)
    ):
        return None
    item = node.arguments[0].type.item
    if overload.fast is sum_numbers:
        if item is None or item.kind is not Kind.NUMBER:
            return None
        return sum_integers if item.scale == 0 else sum_numbers
    return overload.fast


def apply(writer: Writer, node: Apply) -> str:
    """Write the call of a function that is a value."""
    arguments = "".join(f"{writer.value(argument)}, " for argument in node.arguments)
    return f"APPLIED({writer.value(node.function)}, ({arguments}), {node.names!r})"


def function_literal(writer: Writer, node: Lambda) -> str:
    """Write a function."""
    names = tuple(local.partition("~")[0] for local, _ in node.parameters)
    variables = [writer.fresh("p") for _ in names]

    def body() -> list[str]:
        for (local, _), variable in zip(node.parameters, variables, strict=True):
            writer.variables[local] = variable
        with writer.seeing(variables):
            return [f"return {writer.value(node.body)}"]

    inner = writer.function([(variable, variable) for variable in variables], body)
    return f"FUNCTION({names!r}, lambda {', '.join(variables)}: {inner})"


def instance(writer: Writer, node: InstanceOf) -> str:
    """Write the question whether a value is of a type."""
    return f"INSTANCE({writer.value(node.value)}, {writer.constant(node.type_name)})"

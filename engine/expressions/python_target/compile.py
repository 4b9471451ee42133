"""Which Python function does a checked tree become?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.expressions.python_target import calls, conditions, data, lists, operators
from engine.expressions.python_target.writer import Rule, Writer
from engine.expressions.tree import (
    And,
    Apply,
    Arith,
    Bool,
    Call,
    Cmp,
    Coerce,
    ContextLit,
    Filter,
    For,
    Held,
    If,
    In,
    Index,
    InstanceOf,
    ItemName,
    Lambda,
    ListLit,
    Name,
    Neg,
    Node,
    Not,
    Null,
    Num,
    Or,
    Path,
    Quant,
    RangeLit,
    Str,
    Temporal,
)

# What is not in these tables can't be emitted: they are the white list.
_VALUE: dict[type[Node], Rule] = {
    Num: data.num,
    Str: data.literal,
    Bool: data.literal,
    Null: data.null,
    Temporal: data.temporal,
    Held: data.held,
    Name: data.name,
    ItemName: data.item_name,
    Path: data.path,
    ListLit: data.list_literal,
    ContextLit: data.context_literal,
    RangeLit: data.range_literal,
    Coerce: data.coerce,
    Arith: operators.arith,
    Neg: operators.negation,
    Cmp: operators.comparison,
    And: conditions.conjunction,
    Or: conditions.disjunction,
    Not: conditions.inversion,
    If: conditions.two_ways,
    In: conditions.membership,
    Quant: lists.quantifier,
    For: lists.loop,
    Filter: lists.filtered,
    Index: lists.index,
    Call: calls.call,
    Apply: calls.apply,
    Lambda: calls.function_literal,
    InstanceOf: calls.instance,
}
_TRUE: dict[type[Node], Rule] = {
    Cmp: operators.comparison_true,
    And: conditions.conjunction_true,
    Or: conditions.disjunction_true,
    Not: conditions.inversion_true,
    If: conditions.two_ways_true,
    In: conditions.membership_true,
    Quant: lists.quantifier_true,
}
_FALSE: dict[type[Node], Rule] = {
    Cmp: operators.comparison_false,
    And: conditions.conjunction_false,
    Or: conditions.disjunction_false,
    Not: conditions.inversion_false,
    If: conditions.two_ways_false,
    In: conditions.membership_false,
    Quant: lists.quantifier_false,
}
_MODES = {"value": _VALUE, "true": _TRUE, "false": _FALSE}


def value_function(tree: Node, variables: Sequence[str] = ()) -> Callable[..., Any]:
    """Return `f(row, env, *locals)` that gives the value of a tree."""
    return _function(tree, variables, "value", "None")


def condition_function(tree: Node, variables: Sequence[str] = ()) -> Callable[..., bool]:
    """Return `f(row, env, *locals)` that gives True exactly if a tree is true, else False."""
    return _function(tree, variables, "true", "False")


def source_of(tree: Node, mode: str = "value") -> str:
    """Return the Python source of a tree, for reading."""
    return _written(tree, (), mode, "None")[1]


def _written(tree: Node, variables: Sequence[str], mode: str, failed: str) -> tuple[Writer, str]:
    writer = Writer(_MODES)
    names = [writer.fresh("v") for _ in variables]
    writer.variables.update(zip(variables, names, strict=True))
    with writer.seeing(names):
        python = getattr(writer, mode)(tree)
    entry = "\n".join(
        [
            f"def entry({', '.join(['r', 'e', *names])}):",
            f"    try: return {python}",
            f"    except ArithmeticError: return {failed}",
        ]
    )
    return writer, "\n".join([*writer.functions, entry])


def _function(tree: Node, variables: Sequence[str], mode: str, failed: str) -> Callable[..., Any]:
    writer, source = _written(tree, variables, mode, failed)
    code = compile(source, "<expression>", "exec")
    exec(code, writer.namespace)  # noqa: S102 - only what the tables above emit
    function: Callable[..., Any] = writer.namespace["entry"]
    return function

"""How does Python go through lists?"""

from __future__ import annotations

from engine.expressions.feel_types import Kind
from engine.expressions.python_target.conditions import answered
from engine.expressions.python_target.writer import Writer
from engine.expressions.tree import Filter, For, Index, Node, Quant


def _source(writer: Writer, node: Node) -> str:
    python = writer.value(node)
    return python if node.type.kind is Kind.LIST else f"LISTED({python})"


def quantifier(writer: Writer, node: Quant) -> str:
    """Write the value of `some` and `every`."""
    decisive, other = ("True", "False") if node.kind == "some" else ("False", "True")
    variable = writer.fresh("x")

    def body() -> list[str]:
        with writer.bound(node.var, variable), writer.seeing([variable]):
            answer = answered(writer, node.body)
        return [
            "if L is None: return None",
            f"known = {other}",
            f"for {variable} in L:",
            f"    answer = {answer}",
            f"    if answer is {decisive}: return {decisive}",
            f"    if answer is not {other}: known = None",
            "return known",
        ]

    return writer.function([("L", _source(writer, node.source))], body)


def quantifier_true(writer: Writer, node: Quant) -> str:
    """Write whether `some` or `every` is true."""
    return _searched(writer, node, some=node.kind == "some", wanted=True)


def quantifier_false(writer: Writer, node: Quant) -> str:
    """Write whether `some` or `every` is false."""
    return _searched(writer, node, some=node.kind == "every", wanted=False)


def _searched(writer: Writer, node: Quant, *, some: bool, wanted: bool) -> str:
    variable = writer.fresh("x")

    def body() -> list[str]:
        with writer.bound(node.var, variable), writer.seeing([variable]):
            test = writer.true(node.body) if wanted else writer.false(node.body)
        return [
            "if L is None: return False",
            f"for {variable} in L:",
            f"    if {test}: return True" if some else f"    if not {test}: return False",
            f"return {not some}",
        ]

    return writer.function([("L", _source(writer, node.source))], body)


def loop(writer: Writer, node: For) -> str:
    """Write `for … return …`."""
    result = writer.fresh("out")

    def body() -> list[str]:
        lines, seen, depth = [f"{result} = []"], [result], 0
        writer.variables[node.partial] = result
        for local, source in node.bindings:
            variable, items = writer.fresh("x"), writer.fresh("items")
            indent = "    " * depth
            with writer.seeing(seen):
                lines.append(f"{indent}{items} = STEPS({writer.value(source)})")
            lines.append(f"{indent}if {items} is None: return None")
            lines.append(f"{indent}for {variable} in {items}:")
            writer.variables[local] = variable
            seen.append(variable)
            depth += 1
        with writer.seeing(seen):
            lines.append("    " * depth + f"{result}.append({writer.value(node.body)})")
        return [*lines, f"return {result}"]

    return writer.function([], body)


def filtered(writer: Writer, node: Filter) -> str:
    """Write a filter."""
    if node.predicate.type.kind is Kind.ANY:
        return _filtered_openly(writer, node)
    variable = writer.fresh("x")

    def body() -> list[str]:
        with writer.bound(node.var, variable), writer.seeing([variable]):
            test = writer.true(node.predicate)
        return [
            "if L is None: return None",
            "out = []",
            f"for {variable} in L:",
            f"    if {test}: out.append({variable})",
            "return out",
        ]

    return writer.function([("L", _source(writer, node.base))], body)


def _filtered_openly(writer: Writer, node: Filter) -> str:
    variable = writer.fresh("x")

    def body() -> list[str]:
        with writer.bound(node.var, variable), writer.seeing([variable]):
            return [f"return {writer.value(node.predicate)}"]

    base = writer.value(node.base)
    return f"FILTERED({base}, lambda {variable}: {writer.function([(variable, variable)], body)})"


def index(writer: Writer, node: Index) -> str:
    """Write the item at a position."""
    return f"AT({writer.value(node.base)}, {writer.value(node.position)})"

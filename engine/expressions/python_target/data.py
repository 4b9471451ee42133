"""How does Python read what a name, a path or a literal stands for?"""

from __future__ import annotations

from engine.expressions.feel_types import Type
from engine.expressions.python_target.writer import Writer
from engine.expressions.tree import (
    Bool,
    Coerce,
    ContextLit,
    Held,
    ItemName,
    ListLit,
    Name,
    Node,
    Null,
    Num,
    Path,
    RangeLit,
    Str,
    Temporal,
)


def num(writer: Writer, node: Num) -> str:
    """Write a number: what is an integer to the checker is an int."""
    return writer.constant(int(node.value) if node.type.scale == 0 else node.value)


def literal(writer: Writer, node: Str | Bool) -> str:
    """Write a text or a truth value."""
    return repr(node.value)


def null(writer: Writer, node: Null) -> str:
    """Write null."""
    return "None"


def temporal(writer: Writer, node: Temporal) -> str:
    """Write a known date, time, date and time or duration."""
    return writer.constant(node.value)


def held(writer: Writer, node: Held) -> str:
    """Write a value that a variable holds already."""
    return node.variable


def name(writer: Writer, node: Name) -> str:
    """Write the reading of a name."""
    if node.origin == "local":
        return writer.variable(node.id)
    return "e.user" if node.origin == "user" else f"r.get({node.id!r})"


def item_name(writer: Writer, node: ItemName) -> str:
    """Write the reading of a name that may be an entry of a filter's item."""
    outer = "None" if node.outer is None else writer.value(node.outer)
    return f"ITEM({writer.value(node.item)}, {node.id!r}, {outer})"


def path(writer: Writer, node: Path) -> str:
    """Write one step of a path."""
    match node.how:
        case "column":
            return f"{_row(writer, node.base)}.get({node.name!r})"
        case "entry" if isinstance(node.base, Name) and node.base.origin == "user":
            return f"e.user.get({node.name!r})"
        case "projection":
            return _projected(writer, _rows(writer, node.base), f".get({node.name!r})")
        case "property":
            return f"PROP({writer.value(node.base)}, {node.name!r})"
        case _:
            return f"ENTRY({writer.value(node.base)}, {node.name!r})"


def _row(writer: Writer, base: Node) -> str:
    if base.type.is_reference:
        assert isinstance(base, Name | Path)
        return f"({_followed(writer, base)} or EMPTY)"
    if isinstance(base, Name) and base.origin == "local":
        return writer.variable(base.id)
    return f"({writer.value(base)} or EMPTY)"


def _followed(writer: Writer, base: Name | Path) -> str:
    # The row that a reference points to stands beside the id, under the field's name with a dot.
    if isinstance(base, Name):
        return f"r.get({base.id + '.'!r})"
    return f"{_row(writer, base.base)}.get({base.name + '.'!r})"


def _rows(writer: Writer, base: Node) -> str:
    item: Type | None = base.type.item
    if item is None or not item.is_reference:
        return writer.value(base)
    if isinstance(base, Path) and base.how == "projection":
        return _projected(writer, _rows(writer, base.base), f".get({base.name + '.'!r}) or EMPTY")
    assert isinstance(base, Name | Path)
    return _followed(writer, base)


def _projected(writer: Writer, rows: str, reading: str) -> str:
    found, one = writer.fresh(), writer.fresh("x")
    return f"(None if ({found} := {rows}) is None else [{one}{reading} for {one} in {found}])"


def list_literal(writer: Writer, node: ListLit) -> str:
    """Write a list."""
    return f"[{', '.join(map(writer.value, node.items))}]"


def context_literal(writer: Writer, node: ContextLit) -> str:
    """Write a context as a function, so that entries can use earlier ones."""

    def body() -> list[str]:
        lines: list[str] = []
        names: list[str] = []
        for (key, value), local in zip(node.entries, node.vars, strict=True):
            variable = writer.fresh("v")
            with writer.seeing(names):
                lines.append(f"{variable} = {writer.value(value)}")
            writer.variables[local] = variable
            names.append(variable)
            entries.append(f"{key!r}: {variable}")
        return [*lines, f"return {{{', '.join(entries)}}}"]

    entries: list[str] = []
    return writer.function([], body)


def range_literal(writer: Writer, node: RangeLit) -> str:
    """Write a range as a value."""
    ends = f"{writer.value(node.low)}, {writer.value(node.high)}"
    return f"RANGE({ends}, {node.low_closed}, {node.high_closed}, {node.sign!r})"


def coerce(writer: Writer, node: Coerce) -> str:
    """Write a moment put into the zone of the request, or shown by its clock."""
    put = "LOCAL" if node.kind == "local" else "ZONED"
    return f"{put}({writer.value(node.operand)}, e)"

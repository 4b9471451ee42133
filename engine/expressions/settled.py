"""Which parts of an expression do not depend on the row, so that they are known before it?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.tree import (
    Call,
    Coerce,
    ContextLit,
    Filter,
    For,
    Lambda,
    Name,
    Node,
    Quant,
    TrueTest,
    children,
)


def settled(node: Node) -> bool:
    """Tell whether a part has the same value for every row of a request."""
    free: set[str] = set()
    bound: set[str] = set()
    for part in parts(node):
        if isinstance(part, Name):
            if part.origin not in ("user", "local"):
                return False
            if part.origin == "local":
                free.add(part.id)
        else:
            bound.update(_bound(part))
    return free <= bound


def constant(node: Node) -> bool:
    """Tell whether a settled part is the same for every request, too."""
    return not any(_of_request(part) for part in parts(node))


def parts(node: Node) -> Iterator[Node]:
    """Yield a node and all below it."""
    yield node
    for child in children(node):
        yield from parts(child)


def _of_request(node: Node) -> bool:
    match node:
        case Name(origin="user") | Call(function="today") | Call(function="now"):
            return True
        case Call(function="decide"):
            return True  # its cells may ask for the day, or for who asks
        case Coerce():
            return True
    return False


def _bound(node: Node) -> Iterator[str]:
    match node:
        case Quant() | Filter() | TrueTest():
            yield node.var
        case For():
            yield from (var for var, _ in node.bindings)
            yield node.partial
        case ContextLit():
            yield from node.vars
        case Lambda():
            yield from (var for var, _ in node.parameters)

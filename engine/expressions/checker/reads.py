"""Which data of the row does an expression read?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.expressions.tree import Name, Node, Path, children

Dotted = tuple[str, ...]


def reads(node: Node) -> frozenset[Dotted]:
    """Return the paths from the row that are read, each as far as it goes."""
    return frozenset(_read(node))


def _read(node: Node) -> Iterator[Dotted]:
    if isinstance(node, Name):
        if node.origin == "field":
            yield node.path or (node.id,)
        return
    if isinstance(node, Path) and node.path:
        yield node.path
        yield from _read_inside(node.base)
        return
    for child in children(node):
        yield from _read(child)


def _read_inside(base: Node) -> Iterator[Dotted]:
    # The base of a path is part of the path; only what stands in its brackets is read besides.
    if isinstance(base, Name):
        return
    if isinstance(base, Path):
        yield from _read_inside(base.base)
        return
    first, *others = children(base)
    yield from _read_inside(first)
    for other in others:
        yield from _read(other)

"""Which data of the row does an expression read?"""

from __future__ import annotations

from engine.expressions.tree import Name, Node, Path, children

Dotted = tuple[str, ...]


def reads(node: Node) -> frozenset[Dotted]:
    """Return the paths from the row that are read, each as far as it goes."""
    found: set[Dotted] = set()
    _read(node, found)
    return frozenset(found)


def _read(node: Node, found: set[Dotted]) -> None:
    if isinstance(node, Name):
        if node.origin == "field":
            found.add(node.path or (node.id,))
    elif isinstance(node, Path) and node.path:
        found.add(node.path)
        _read_inside(node.base, found)
    else:
        for child in children(node):
            _read(child, found)


def _read_inside(base: Node, found: set[Dotted]) -> None:
    # The base of a path is part of the path; only what stands in its brackets is read besides.
    if isinstance(base, Name):
        return
    if isinstance(base, Path):
        _read_inside(base.base, found)
        return
    first, *others = children(base)
    _read_inside(first, found)
    for other in others:
        _read(other, found)

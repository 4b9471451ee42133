"""How does an expression follow when what it reads is called something else?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.expressions.errors import FeelError
from engine.expressions.parser import parse
from engine.expressions.tree import Name, Node, children


def with_names(text: str, renamed: Mapping[str, str]) -> str:
    """Return an expression that reads the same fields by their new names.

    What can't be read stays as it is.
    """
    try:
        found = [node for node in _names(parse(text)) if node.id in renamed]
    except FeelError:
        return text
    for node in sorted(found, key=lambda node: node.span, reverse=True):
        start, end = node.span
        text = f"{text[:start]}{renamed[node.id]}{text[end:]}"
    return text


def _names(node: Node) -> Iterator[Name]:
    if isinstance(node, Name):
        yield node
    for child in children(node):
        yield from _names(child)

"""What can be written instead of what the database can't do?"""

from __future__ import annotations

import re

from engine.expressions.tree import Arith, Call, Name, Node, Num, Path, Str

_PLAIN = re.compile(r"(\^?)((?:[^\\.^$*+?()\[\]{}|]|\\[.^$*+?()\[\]{}|\\])+)(\$?)")
_ESCAPED = re.compile(r"\\(.)")
_ENDS = {"^": "starts with({text}, {word})", "$": "ends with({text}, {word})",
         "": "contains({text}, {word})", "^$": "{text} = {word}"}  # fmt: skip


def instead(node: Node) -> str | None:
    """Return an expression that means the same and runs in the database, where there is one."""
    match node:
        case Call(function="matches", arguments=(text, Str() as pattern)):
            return _without_pattern(text, pattern.value)
        case Arith(op="**", left=base, right=Num() as power) if power.value in (2, 3):
            written = _written(base)
            return None if written is None else " * ".join([written] * int(power.value))
    return None


def _without_pattern(text: Node, pattern: str) -> str | None:
    written, found = _written(text), _PLAIN.fullmatch(pattern)
    if written is None or found is None:
        return None
    start, plain, end = found.groups()
    word = _ESCAPED.sub(r"\1", plain).replace("\\", "\\\\").replace('"', '\\"')
    return _ENDS[start + end].format(text=written, word=f'"{word}"')


def _written(node: Node) -> str | None:
    """Return the text of a name or a path; None for anything else."""
    if isinstance(node, Name):
        return node.id.partition("~")[0]
    if isinstance(node, Path):
        base = _written(node.base)
        return None if base is None else f"{base}.{node.name}"
    return None

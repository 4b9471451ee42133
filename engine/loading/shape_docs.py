"""What do the structs say about their keys, for the people who write them?"""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise
from typing import Any


@cache
def key_docs(struct: type) -> dict[str, str]:
    """Return the text that stands below each attribute in the source of a struct."""
    docs: dict[str, str] = {}
    for parent in struct.__bases__:
        if hasattr(parent, "__struct_fields__"):
            docs.update(key_docs(parent))
    docs.update(_own_docs(struct))
    return docs


def _own_docs(struct: type) -> dict[str, str]:
    try:
        source = textwrap.dedent(inspect.getsource(struct))
    except (OSError, TypeError):
        return {}
    body = ast.parse(source).body[0]
    assert isinstance(body, ast.ClassDef)
    docs = {}
    for statement, below in pairwise(body.body):
        text = _text(below)
        if text and isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            docs[_encoded(struct, statement.target.id)] = text
    return docs


def _text(statement: ast.stmt) -> str | None:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        value: Any = statement.value.value
        return " ".join(value.split()) if isinstance(value, str) else None
    return None


def _encoded(struct: Any, name: str) -> str:
    pairs = zip(struct.__struct_fields__, struct.__struct_encode_fields__, strict=True)
    return str(dict(pairs).get(name, name))

"""What is the text of a new file?"""

from __future__ import annotations

from typing import Any

from engine.loading.folder import kind_of
from engine.loading.writing.canonical import block_lines


def file_text(path: str, value: dict[str, Any]) -> str:
    """Return the canonical text of a file, which begins by telling editors its schema."""
    up = "../" * (path.count("/") + 2)
    head = f"# yaml-language-server: $schema={up}schemas/{kind_of(path)}.schema.json"
    return "\n".join([head, *(block_lines(value, 0) or ["{}"]), ""])

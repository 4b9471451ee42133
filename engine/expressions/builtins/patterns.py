"""Which built-in functions match texts against patterns?"""

from __future__ import annotations

import re

from engine.expressions.builtins.registry import builtin
from engine.expressions.builtins.xpath_patterns import compiled, template
from engine.expressions.values import Value


@builtin("matches(input: text, pattern: text, flags?: text|null) -> boolean")
def _matches(text: str, pattern: str, flags: str | None = None) -> Value:
    found = compiled(pattern, flags or "")
    return None if found is None else found.search(text) is not None


@builtin("replace(input: text, pattern: text, replacement: text, flags?: text|null) -> text")
def _replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    found = compiled(pattern, flags or "")
    if found is None or found.match(""):
        return None
    parts = template(replacement, found.groups, literal="q" in (flags or ""))
    if parts is None:
        return None

    def filled(match: re.Match[str]) -> str:
        return "".join(part if isinstance(part, str) else match[part] or "" for part in parts)

    return found.sub(filled, text)


@builtin("split(string: text, delimiter: text) -> texts")
def _split(text: str, delimiter: str) -> Value:
    found = compiled(delimiter, "")
    if found is None:
        return None
    pieces, start = [], 0
    for match in found.finditer(text):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]

"""Which built-in functions match texts against patterns?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from engine.expressions.builtins.linear_patterns import Backtracking, LinearTranslation
from engine.expressions.builtins.registry import builtin
from engine.expressions.builtins.xpath_patterns import Translation, Unreadable, template
from engine.expressions.values import Value

_MOST_CHARACTERS = 1_000
_MOST_MEMORY = 1 << 20


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: str) -> Any:
    """Return a pattern ready for use, or None if it or its flags mean nothing.

    RE2 matches it in linear time, unless it refers back to a group or takes a class from another.
    """
    if set(flags) - set("smixq") or len(pattern) > _MOST_CHARACTERS:
        return None
    options = "".join(sorted(set(flags) & set("smi")))
    prefix = f"(?{options})" if options else ""
    try:
        return _linear(pattern, flags, prefix)
    except (Unreadable, re2.error):
        return None
    except Backtracking:
        return _backtracking(pattern, flags, prefix)


def _linear(pattern: str, flags: str, prefix: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    source = re2.escape(pattern) if "q" in flags else LinearTranslation(pattern, flags).run()
    return re2.compile(prefix + source, options)


def _backtracking(pattern: str, flags: str, prefix: str) -> re.Pattern[str] | None:
    try:
        return re.compile(prefix + Translation(pattern, flags).run())
    except (Unreadable, re.error, RecursionError, OverflowError):
        return None


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

    def filled(match: Any) -> str:
        return "".join(part if isinstance(part, str) else match[part] or "" for part in parts)

    changed: str = found.sub(filled, text)
    return changed


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

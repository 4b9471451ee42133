"""How is a text, a number or a truth value written in YAML, so that it is read as the same?"""

from __future__ import annotations

import json
import re

from engine.loading.scalars import TooLong, scalar

_STARTS_WRONG = re.compile(r"[-?:](\s|$)|[\s,\[\]{}#&*!|>'\"%@`]|---|\.\.\.|<<$")
_SEPARATES = re.compile(r": |:$|\s#|\s$|[\n\r\t]")
_IN_BRACKETS = re.compile(r"[,\[\]{}]|[:?](?=[,\[\]{}]|$)")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")


def written(value: object, *, flow: bool) -> str:
    """Return a single value on one line; inside brackets more texts need quotes than outside."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _number(value)
    return _text(str(value), flow)


def _number(value: float) -> str:
    return json.dumps(value)


def _text(text: str, flow: bool) -> str:
    if _plain(text, flow):
        return text
    if _HIDDEN.search(text):
        return _escaped(text)
    return _single(text) if '"' in text or "\\" in text else f'"{text}"'


def _plain(text: str, flow: bool) -> bool:
    if not text or _STARTS_WRONG.match(text) or _SEPARATES.search(text) or _HIDDEN.search(text):
        return False
    if flow and _IN_BRACKETS.search(text):
        return False
    try:
        return scalar(text) == text
    except TooLong:
        return False


def _single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    """JSON is YAML, but for a few characters that only look like blanks."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)

"""How does a text stay a text in a table that a spreadsheet opens?"""

from __future__ import annotations

import re

GUARD = "'"
"""Stands before a text that a spreadsheet would take for a formula."""
_RUNS = re.compile(rf"{GUARD}*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?", re.ASCII)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: as it is where it can't be one."""
    if _RUNS.match(text) and not _NUMBER.fullmatch(text):
        return GUARD + text
    return text


def unguarded(text: str) -> str:
    """Return the text that was guarded; any other one is returned as it is."""
    return text[1:] if text.startswith(GUARD) and guarded(text[1:]) == text else text

"""What does an unquoted word in a YAML file stand for?"""

from __future__ import annotations

import math
import re

LONGEST_NUMBER = 18
"""Digits; what is longer is an identifier and belongs in quotes."""

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


class TooLong(ValueError):
    """A number that can't be kept exactly."""


def scalar(text: str) -> str | int | float | bool | None:
    """Return the JSON value: `no`, `12:30`, `0123` and `2026-01-01` stay texts. Raises TooLong."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text.lstrip("-")) > LONGEST_NUMBER:
            raise TooLong(text)
        return int(text)
    return _decimal(text) if _DECIMAL.fullmatch(text) else text


def _decimal(text: str) -> float:
    number = float(text)
    digits = re.sub(r"[eE].*|[-.]", "", text).lstrip("0")
    if not math.isfinite(number) or len(digits) > LONGEST_NUMBER - 3 or (digits and not number):
        raise TooLong(text)
    return number

"""How does a value look to those who may know that it is there, but not what it is?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

STAR = "*"
MASKS = ("phone", "id_number", "name", "email", "ends", "all")
"""The ways that a field can name; the first that suits its type is taken where it names none."""

_OF_TYPES = {"phone": "phone", "id_number": "id_number", "email": "email", "person": "name"}


def mask_for(type_: str, mask: str | None) -> str:
    """Return the way in which a field of a type is masked."""
    return mask or _OF_TYPES.get(type_, "all")


def masked(shown: str, mask: str) -> str:
    """Return a shown text with what matters starred out; nothing stays nothing."""
    return _WAYS[mask](shown.strip()) if shown.strip() else ""


def _phone(text: str) -> str:
    """Keep three digits in front and four behind, as 138****0000."""
    digits = re.sub(r"[^0-9]", "", text.partition(";")[0])
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 8:
        return _ends(digits)
    return f"{digits[:3]}{STAR * 4}{digits[-4:]}"


def _id_number(text: str) -> str:
    """Keep what says where from, and the last four."""
    if len(text) < 10:
        return _ends(text)
    return f"{text[:3]}{STAR * (len(text) - 7)}{text[-4:]}"


def _name(text: str) -> str:
    """Keep the first character, as 张**; of a name in several words, the first of each."""
    words = text.split()
    return " ".join(word[0] + STAR * max(1, min(len(word) - 1, 3)) for word in words)


def _email(text: str) -> str:
    """Keep the first character and the domain, as z***@example.com."""
    local, at, domain = text.rpartition("@")
    return f"{local[0]}{STAR * 3}@{domain}" if at and local else _ends(text)


def _ends(text: str) -> str:
    """Keep the first and the last character; of short texts, only the first."""
    if len(text) <= 2:
        return text[:1] + STAR if len(text) == 2 else STAR
    return f"{text[0]}{STAR * min(len(text) - 2, 6)}{text[-1]}"


def _all(text: str) -> str:
    """Keep nothing, not even the length."""
    return STAR * 6


_WAYS: Mapping[str, Callable[[str], str]] = {
    "phone": _phone,
    "id_number": _id_number,
    "name": _name,
    "email": _email,
    "ends": _ends,
    "all": _all,
}

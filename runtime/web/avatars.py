"""Which letter and which colour stand for a person?"""

from __future__ import annotations

import hashlib

TINTS = 8


def initial(name: str) -> str:
    """Return the letter on an avatar."""
    return name.strip()[:1].upper() or "?"


def tint(name: str) -> int:
    """Return the colour of an avatar, the same for the same name everywhere."""
    return hashlib.sha256(name.encode()).digest()[0] % TINTS

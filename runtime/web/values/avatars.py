"""Which letter and which colour stand for a person?"""

from __future__ import annotations

import zlib

TINTS = 8


def initial(name: str) -> str:
    """Return the letter on an avatar."""
    return name.strip()[:1].upper() or "?"


def tint(name: str) -> int:
    """Return the colour of an avatar, the same for the same name everywhere."""
    return zlib.crc32(name.encode()) % TINTS

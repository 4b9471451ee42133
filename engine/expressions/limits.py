"""How large may an expression be?"""

from __future__ import annotations

MAX_CHARACTERS = 4_000
MAX_DEPTH = 64
MAX_NODES = 2_000

"""What is a new thing called?"""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import count

_in_turn = count(secrets.randbelow(1 << 16))


def new_id(now: datetime) -> str:
    """Return an id of 32 hexadecimal digits: ids made later, here, sort after those made before."""
    milliseconds = int(now.timestamp() * 1000)
    return f"{milliseconds:012x}{next(_in_turn) & 0xFFFFFF:06x}{secrets.token_hex(7)}"


def id_at(moment: datetime) -> str:
    """Return what sorts before every id made at a moment or later."""
    return f"{int(moment.timestamp() * 1000):012x}"

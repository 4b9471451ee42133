"""Which squares make up a QR code?"""

from __future__ import annotations

import segno

from engine.documents.pieces import Picture
from engine.documents.reader import Unmakeable
from engine.wording import Message

LONGEST = 1000
"""Characters; with more the squares are too small for paper."""


def code_of(text: str) -> Picture:
    """Return the code as a picture. Raises Unmakeable where the text is too long."""
    if len(text) > LONGEST:
        raise Unmakeable(Message("二维码的内容太长，最多 {limit} 个字", limit=LONGEST))
    rows = tuple(segno.make(text, error="m", micro=False).matrix)
    steps = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
    return Picture(f'{head}<path d="{steps}"/></svg>'.encode(), "svg")

"""Is the logo that a document carries a picture that can be printed?"""

from __future__ import annotations

import base64
import binascii

from engine.documents.pieces import Picture
from engine.wording import Message

START = "data:image/png;base64,"
LARGEST = 64 * 1024
_PNG = b"\x89PNG\r\n\x1a\n"


def logo_of(text: str) -> Picture | Message:
    """Return the picture, or what is wrong with it."""
    if not text.startswith(START):
        return Message("标志应是 PNG 图片，写成 data:image/png;base64,…")
    try:
        data = base64.b64decode("".join(text[len(START) :].split()), validate=True)
    except (binascii.Error, ValueError):
        return Message("标志的内容不完整，请重新上传")
    if not data.startswith(_PNG):
        return Message("标志应是 PNG 图片，写成 data:image/png;base64,…")
    if len(data) > LARGEST:
        return Message("标志太大，最多 {limit} KB", limit=LARGEST // 1024)
    return Picture(data, "png")


def written(data: bytes) -> str:
    """Return how a picture stands in the file of a document."""
    return START + base64.b64encode(data).decode()

"""The `qr` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Align, Block
from engine.documents.codes import code_of
from engine.documents.pieces import Drawing, Piece
from engine.documents.reader import Reader
from engine.wording import Label


class QrBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="qr"):
    """A QR code."""

    title: ClassVar = {"zh": "二维码", "en": "QR code"}
    about: ClassVar = {
        "zh": "把一段文字或网址变成二维码。",
        "en": "Turns a text or an address into a QR code.",
    }
    titles: ClassVar = {
        "text": ("内容", "Content", "如 {number}", "As {number}"),
        "size": ("边长（毫米）", "Size in mm"),
        "align": ("对齐", "Alignment"),
        "caption": ("说明", "Caption"),
    }
    icon: ClassVar = "qrcode"

    text: Label
    size: Annotated[int, Meta(ge=10, le=80)] = 25
    align: Align = "left"
    caption: Label | None = None

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        text = reader.fill(self.text).strip()
        if text:
            yield Drawing(code_of(text), self.size, self.align, reader.fill(self.caption))

"""The `image` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Align, Block
from engine.documents.pieces import Drawing, Piece
from engine.documents.reader import Reader
from engine.field import Id
from engine.wording import Label


class ImageBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="image"):
    """The pictures in a field of the record."""

    title: ClassVar = {"zh": "图片", "en": "Image"}
    about: ClassVar = {"zh": "印上图片字段里的图片。", "en": "Prints the pictures of a field."}
    titles: ClassVar = {
        "field": ("哪个图片字段", "Field"),
        "width": ("宽度（毫米）", "Width in mm"),
        "align": ("对齐", "Alignment"),
        "caption": ("图注", "Caption"),
    }
    icon: ClassVar = "photo"

    field: Id
    width: Annotated[int, Meta(ge=10, le=260)] = 80
    align: Align = "left"
    caption: Label | None = None

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        for picture in reader.pictures(self.field):
            yield Drawing(picture, self.width, self.align, reader.fill(self.caption))

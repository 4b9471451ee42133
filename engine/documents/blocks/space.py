"""The `space` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Block
from engine.documents.pieces import Gap, Piece
from engine.documents.reader import Reader


class SpaceBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="space"):
    """Some room between two blocks."""

    title: ClassVar = {"zh": "空白", "en": "Space"}
    about: ClassVar = {"zh": "在两块内容之间留一点空。", "en": "Leaves some room."}
    titles: ClassVar = {"height": ("高度（毫米）", "Height in mm")}
    icon: ClassVar = "arrows-sort"

    height: Annotated[int, Meta(ge=1, le=200)] = 8

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        yield Gap(self.height)

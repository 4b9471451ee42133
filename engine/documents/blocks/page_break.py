"""The `page_break` block."""

from collections.abc import Iterator
from typing import ClassVar

from engine.documents.block import Block
from engine.documents.pieces import NextPage, Piece
from engine.documents.reader import Reader


class PageBreakBlock(
    Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="page_break"
):
    """What follows begins on a new page."""

    title: ClassVar = {"zh": "换页", "en": "Page break"}
    about: ClassVar = {"zh": "后面的内容从新的一页开始。", "en": "What follows begins a new page."}
    icon: ClassVar = "files"

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        yield NextPage()

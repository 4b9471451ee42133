"""The `heading` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Align, Block
from engine.documents.pieces import Heading, Piece
from engine.documents.reader import Reader
from engine.wording import Label


class HeadingBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="heading"):
    """A line that says what follows."""

    title: ClassVar = {"zh": "标题", "en": "Heading"}
    about: ClassVar = {"zh": "一行大字，说明下面是什么。", "en": "A line that says what follows."}
    titles: ClassVar = {
        "text": ("文字", "Text", "可以插入字段，如 {name}", "{name} becomes the field's value"),
        "level": ("级别", "Level", "1 最大", "1 is the largest"),
        "align": ("对齐", "Alignment"),
    }
    icon: ClassVar = "abc"

    text: Label
    level: Annotated[int, Meta(ge=1, le=3)] = 1
    align: Align = "left"

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        text = reader.fill(self.text)
        if text.strip():
            yield Heading(text, self.level, self.align)

"""The `text` block."""

from collections.abc import Iterator
from typing import ClassVar

from engine.documents.block import Align, Block
from engine.documents.pieces import Paragraph, Piece
from engine.documents.reader import Reader
from engine.wording import Label


class TextBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="text"):
    """Some lines of text, with values of the record in them."""

    title: ClassVar = {"zh": "文字", "en": "Text"}
    about: ClassVar = {
        "zh": "一段文字，可以插入字段的值和表达式。",
        "en": "A text with values and expressions in it.",
    }
    titles: ClassVar = {
        "text": (
            "文字", "Text",
            "{字段}、{amount:capitals} 大写、{表达式}", "{field}, {amount:capitals}, {expression}",
        ),
        "align": ("对齐", "Alignment"),
        "small": ("小字", "Small"),
    }  # fmt: skip
    icon: ClassVar = "notes"

    text: Label
    """`{name}` becomes a field's value, `{name:capitals}` money in capitals; any other words in
    braces are an expression."""
    align: Align = "left"
    small: bool = False
    """Smaller and greyer, for what stands beside the point."""

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        text = reader.fill(self.text)
        if text.strip():
            yield Paragraph(text, self.align, self.small)

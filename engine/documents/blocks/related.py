"""The `related` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Block
from engine.documents.blocks.lines import grid
from engine.documents.pieces import Piece
from engine.documents.reader import Reader
from engine.field import Id
from engine.wording import Label


class RelatedBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="related"):
    """The records of another form that refer to this one."""

    title: ClassVar = {"zh": "关联记录表", "en": "Related records"}
    about: ClassVar = {
        "zh": "把引用了本记录的记录打印成表格。",
        "en": "The records that refer to this one as a table.",
    }
    titles: ClassVar = {
        "form": ("哪张表单", "Form"),
        "by": ("对方的关联字段", "By", "指向本记录的字段", "Their field that points here"),
        "columns": ("哪些列", "Columns"),
        "sort": ("排序", "Sort", "前面加减号为倒序", "A leading minus sorts downwards"),
        "most": ("最多几条", "At most"),
        "numbered": ("带序号", "Numbered"),
        "caption": ("表名", "Caption"),
    }
    icon: ClassVar = "affiliate"

    form: Id
    by: Id
    """Their reference field that points here."""
    columns: Annotated[tuple[str, ...], Meta(min_length=1, max_length=12)]
    sort: tuple[str, ...] = ("created_at",)
    """Field ids; a leading minus sorts downwards."""
    most: Annotated[int, Meta(ge=1, le=200)] = 100
    numbered: bool = False
    caption: Label | None = None

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        caption = reader.fill(self.caption)
        yield from grid(reader, reader.related(self), numbered=self.numbered, caption=caption)

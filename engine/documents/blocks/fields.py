"""The `fields` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.documents.block import Block
from engine.documents.pieces import Pairs, Piece
from engine.documents.reader import Reader
from engine.field import Id


class FieldsBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="fields"):
    """Fields of the record with what they are called."""

    title: ClassVar = {"zh": "字段列表", "en": "Fields"}
    about: ClassVar = {
        "zh": "字段的名称和值，一行一个或两个。",
        "en": "Fields by name and value, one or two a line.",
    }
    titles: ClassVar = {
        "fields": ("哪些字段", "Fields"),
        "columns": ("分几栏", "Columns"),
        "capitals": (
            "金额大写",
            "In capitals",
            "值后面再写一遍大写",
            "Repeated in Chinese capitals",
        ),
        "empty": ("空值也列出", "Empty ones too", "否则不打印没有填的", "Else they are left out"),
    }
    icon: ClassVar = "list-details"

    fields: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=60)]
    columns: Literal[1, 2] = 2
    capitals: tuple[Id, ...] = ()
    """Amounts among them that are repeated in capitals."""
    empty: bool = False
    """Those without a value are listed too."""

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        items = []
        for name in self.fields:
            shown = reader.field(name)
            if shown is None or not (shown.text or self.empty):
                continue
            large = reader.capitals(name) if name in self.capitals else ""
            items.append((shown.label, f"{shown.text}（{large}）" if large else shown.text))
        if items:
            yield Pairs(tuple(items), self.columns)

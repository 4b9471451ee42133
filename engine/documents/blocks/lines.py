"""The `lines` block."""

from collections.abc import Iterator
from typing import ClassVar

from engine.documents.block import Block
from engine.documents.pieces import Column, Grid, Piece
from engine.documents.reader import Reader, Table
from engine.field import Id
from engine.wording import Label, Message

NUMBER = Message("序号")
TOTAL = Message("合计")


class LinesBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="lines"):
    """The rows of a sub-table."""

    title: ClassVar = {"zh": "明细表", "en": "Lines"}
    about: ClassVar = {
        "zh": "把子表打印成表格，可带序号和合计。",
        "en": "A sub-table as a table, with numbers and totals.",
    }
    titles: ClassVar = {
        "field": ("哪个子表", "Sub-table"),
        "columns": ("哪些列", "Columns", "不选就是全部", "All of them without any"),
        "totals": ("合计哪些列", "Totals"),
        "numbered": ("带序号", "Numbered"),
        "caption": ("表名", "Caption"),
    }
    icon: ClassVar = "table"

    field: Id
    columns: tuple[Id, ...] = ()
    totals: tuple[Id, ...] = ()
    """Columns that are added up in a last row."""
    numbered: bool = True
    caption: Label | None = None

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        table = reader.lines(self.field, self.columns, self.totals)
        yield from grid(reader, table, numbered=self.numbered, caption=reader.fill(self.caption))


def grid(reader: Reader, table: Table, *, numbered: bool, caption: str) -> Iterator[Piece]:
    """Yield a table with its numbers and totals; nothing if it has no rows."""
    if not table.rows or not table.columns:
        return
    columns = [Column(one.label, one.right, one.wide) for one in table.columns]
    rows = [list(row) for row in table.rows]
    totals = [table.totals.get(name, "") for name in table.names] if table.totals else []
    if numbered:
        columns.insert(0, Column(reader.say(NUMBER), right=True))
        rows = [[str(at), *row] for at, row in enumerate(rows, 1)]
        totals = ["", *totals] if totals else []
    if totals:
        free = next((at for at, text in enumerate(totals) if not text and not columns[at].right), 0)
        totals[free] = totals[free] or reader.say(TOTAL)
    yield Grid(tuple(columns), tuple(map(tuple, rows)), tuple(totals), caption)

"""How does a decision table become a sheet, and a sheet the rules of a table again?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from engine.definition.decision import DecisionDef
from engine.wording import Message, words
from runtime.sheets.books import Row
from runtime.sheets.new_book import new_book
from runtime.sheets.writing import About, Heading

NOTE = "note"
_ID = re.compile(r"[(（]([a-z][a-z0-9_]*)[)）]\s*$")


def write_sheet(
    definition: DecisionDef, rows: Iterable[Sequence[str]], path: Path, about: About, locale: str
) -> None:
    """Write a table as a sheet: a column for each input and output, a row for each rule, its cells
    as people read them."""
    book = new_book(path, "xlsx", about)
    headings = [Heading(label=text) for text in headings_of(definition, locale)]
    table = book.table(definition.decision, headings)
    for row in rows:
        table.row(list(row))
    book.close()


def headings_of(definition: DecisionDef, locale: str) -> tuple[str, ...]:
    """Return what stands above the columns: each with its id, by which it is known again."""
    said = [f"{words(one.label, locale)} ({one.id})" for one in definition.inputs]
    said += [f"{words(one.label, locale)} ({one.id})" for one in definition.outputs]
    return (*said, f"({NOTE})")


def read_rows(definition: DecisionDef, rows: Iterable[Row]) -> list[list[str]] | Message:
    """Return the texts of a sheet with the columns of a table, the note behind them; or say what
    is wrong with it."""
    lines = iter(rows)
    head = next(lines, None)
    found = [_ID.search(cell) for cell in head.cells] if head else []
    ids = [one[1] if one else "" for one in found]
    wanted = [*(one.id for one in definition.inputs), *(one.id for one in definition.outputs)]
    if ids[: len(wanted)] != wanted:
        return Message("第一行要依次是这些列：{columns}", columns=[f"({id_})" for id_ in wanted])
    texts = [[row.cell(at) for at in range(len(wanted) + 1)] for row in lines]
    return texts or Message("表里没有一条规则")

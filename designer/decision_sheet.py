"""How does a decision table become a sheet, and a sheet the rules of a table again?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from engine.definition.decision import Cell, DecisionDef, DecisionRuleDef
from engine.wording import Message, words
from runtime.sheets.books import Row
from runtime.sheets.new_book import new_book
from runtime.sheets.writing import About, Heading

NOTE = "note"
_ID = re.compile(r"[(（]([a-z][a-z0-9_]*)[)）]\s*$")
_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,12})?|true|false")


def write_sheet(definition: DecisionDef, path: Path, about: About, locale: str) -> None:
    """Write a table as a sheet: a column for each input and output, a row for each rule."""
    book = new_book(path, "xlsx", about)
    headings = [Heading(label=text) for text in headings_of(definition, locale)]
    table = book.table(definition.decision, headings)
    for rule in definition.rules:
        table.row([*map(_text, (*rule.when, *rule.then)), rule.note or ""])
    book.close()


def headings_of(definition: DecisionDef, locale: str) -> tuple[str, ...]:
    """Return what stands above the columns: each with its id, by which it is known again."""
    said = [f"{words(one.label, locale)} ({one.id})" for one in definition.inputs]
    said += [f"{words(one.label, locale)} ({one.id})" for one in definition.outputs]
    return (*said, f"({NOTE})")


def read_sheet(
    definition: DecisionDef, rows: Iterable[Row]
) -> tuple[DecisionRuleDef, ...] | Message:
    """Return the rules of a sheet with the columns of a table, or say what is wrong with it."""
    lines = iter(rows)
    head = next(lines, None)
    found = [_ID.search(cell) for cell in head.cells] if head else []
    ids = [one[1] if one else "" for one in found]
    wanted = [*(one.id for one in definition.inputs), *(one.id for one in definition.outputs)]
    if ids[: len(wanted)] != wanted:
        return Message("第一行要依次是这些列：{columns}", columns=[f"({id_})" for id_ in wanted])
    rules = tuple(_rules(lines, len(definition.inputs), len(wanted)))
    return rules or Message("表里没有一条规则")


def yaml_of(definition: DecisionDef, rules: Sequence[DecisionRuleDef]) -> tuple[str, int]:
    """Return the file of a table with other rules, and the line on which the first one stands."""
    head = [
        f"decision: {definition.decision}",
        f"label: {_flow(definition.label)}",
        f"form: {definition.form}",
        f"policy: {definition.policy}",
        *(["partial: true"] if definition.partial else []),
        *([f"note: {_flow(definition.note)}"] if definition.note else []),
        "inputs:",
        *(_line({"id": one.id, "label": one.label, "value": one.value, "allowed": one.allowed})
          for one in definition.inputs),
        "outputs:",
        *(_line({"id": one.id, "label": one.label, "order": one.order, "default": one.default})
          for one in definition.outputs),
        "rules:",
    ]  # fmt: skip
    lines = [
        _line({"when": list(one.when), "then": list(one.then), "note": one.note}) for one in rules
    ]
    return "\n".join([*head, *lines, ""]), len(head) + 1


def _rules(rows: Iterator[Row], inputs: int, columns: int) -> Iterator[DecisionRuleDef]:
    for row in rows:
        cells = [_cell(row.cell(at)) for at in range(columns)]
        when, then = tuple(cells[:inputs]), tuple(cells[inputs:])
        yield DecisionRuleDef(when=when, then=then, note=row.cell(columns).strip() or None)


def _cell(text: str) -> Cell:
    return text.strip() or "-"


def _text(cell: Cell) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _line(keys: dict[str, object]) -> str:
    said = (f"{key}: {_flow(value)}" for key, value in keys.items() if value is not None)
    return f"  - {{{', '.join(said)}}}"


def _flow(value: object) -> str:
    """Return a value as YAML: JSON is YAML, but for numbers that should stay as they are."""
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)

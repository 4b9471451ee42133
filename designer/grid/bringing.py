"""What do rows that were typed, pasted or read from a sheet come to in a decision table?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.grid.cell_words import told, written
from designer.grid.checking import Mark, checked
from designer.grid.columns import Column
from engine.app import Decision, Form
from engine.definition.decision import DecisionRuleDef


@dataclass(frozen=True)
class Brought:
    """Rows as rules, and what is wrong with them."""

    rules: tuple[DecisionRuleDef, ...]
    marks: tuple[Mark, ...]

    @property
    def fits(self) -> bool:
        """Whether the table can be kept like this."""
        return not any(mark.bars for mark in self.marks)


def brought(
    decision: Decision, form: Form, columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> Brought:
    """Read rows of texts: a cell for each column, then the note."""
    inputs = len(decision.definition.inputs)
    rules = tuple(_rule(columns, row, inputs) for row in rows)
    return Brought(rules, checked(decision, form, columns, rules))


def _rule(columns: Sequence[Column], row: Sequence[str], inputs: int) -> DecisionRuleDef:
    texts = [*row, *[""] * (len(columns) + 1 - len(row))]
    cells = [written(text, column) for text, column in zip(texts, columns, strict=False)]
    note = texts[len(columns)].strip() or None
    return DecisionRuleDef(when=tuple(cells[:inputs]), then=tuple(cells[inputs:]), note=note)


def told_rows(
    rules: Sequence[DecisionRuleDef], columns: Sequence[Column], locale: str
) -> list[list[str]]:
    """Return rules as people read them."""
    return [
        [
            *(
                told(cell, column, locale)
                for cell, column in zip((*rule.when, *rule.then), columns, strict=True)
            ),
            rule.note or "",
        ]
        for rule in rules
    ]

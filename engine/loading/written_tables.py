"""What did the author of a decision table write, all cells as texts?"""

from __future__ import annotations

from engine.decisions import Policy, WrittenInput, WrittenOutput, WrittenRule, WrittenTable
from engine.definition.decision import Cell, DecisionDef


def written(definition: DecisionDef) -> WrittenTable:
    """Return a table as its author wrote it, all cells as texts."""
    return WrittenTable(
        policy=Policy(definition.policy),
        inputs=tuple(
            WrittenInput(one.value or one.id, one.allowed or "") for one in definition.inputs
        ),
        outputs=tuple(
            WrittenOutput(one.id, one.order or "", one.default or "") for one in definition.outputs
        ),
        rules=tuple(
            WrittenRule(tuple(map(cell_text, rule.when)), tuple(map(cell_text, rule.then)))
            for rule in definition.rules
        ),
    )


def cell_text(cell: Cell) -> str:
    """Return a cell as FEEL."""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)

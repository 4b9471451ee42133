"""What does an expression become in the database? Plain SQL that is true where it is true."""

from runtime.store.feel.at import At, Columns, NotInDatabase, Row
from runtime.store.feel.decisions import Cell, Policy, Rule, decision
from runtime.store.feel.known import parameters
from runtime.store.feel.translate import condition, value

__all__ = [
    "At", "Cell", "Columns", "NotInDatabase", "Policy", "Row", "Rule", "condition", "decision",
    "parameters", "value",
]  # fmt: skip

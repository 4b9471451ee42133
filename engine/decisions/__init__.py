"""What does a decision table answer? DMN tables with the hit policies of the standard."""

from engine.decisions.coverage import Coverage, coverage
from engine.decisions.decide import Decided, answer_for, decide
from engine.decisions.table import Policy, Table
from engine.decisions.written import (
    Mistake,
    TableErrors,
    WrittenInput,
    WrittenOutput,
    WrittenRule,
    WrittenTable,
    compile_table,
)

__all__ = [
    "Coverage", "Decided", "Mistake", "Policy", "Table", "TableErrors", "WrittenInput",
    "WrittenOutput", "WrittenRule", "WrittenTable", "answer_for", "compile_table", "coverage",
    "decide",
]  # fmt: skip

"""What does a decision table answer? DMN tables with the hit policies of the standard."""

from engine.decisions.decide import Decided, decide
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
    "Decided", "Mistake", "Policy", "Table", "TableErrors", "WrittenInput", "WrittenOutput",
    "WrittenRule", "WrittenTable", "compile_table", "decide",
]  # fmt: skip

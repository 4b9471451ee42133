"""Which built-in functions does the language have?"""

from engine.expressions.builtins import (
    contexts,
    dates,
    lists,
    numbers,
    patterns,
    periods,
    ranges,
    text,
    totals,
)
from engine.expressions.builtins.registry import BUILTINS, Builtin, Overload, Parameter, guarded

__all__ = [
    "BUILTINS", "Builtin", "Overload", "Parameter", "contexts", "dates", "guarded", "lists",
    "numbers", "patterns", "periods", "ranges", "text", "totals",
]  # fmt: skip

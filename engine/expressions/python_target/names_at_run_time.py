"""Which names does generated Python find, besides its own constants?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from engine.expressions import operations, running
from engine.expressions.instances import is_instance
from engine.expressions.values import EXACT, Function, Range

COMPARE = {
    "=": "EQ", "!=": "NE", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE",
}  # fmt: skip

AT_RUN_TIME: Mapping[str, Any] = MappingProxyType(
    {
        "__builtins__": {},
        "ArithmeticError": ArithmeticError,
        "EMPTY": MappingProxyType({}),
        "EQ": operations.equal,
        "NE": operations.unequal,
        "LT": operations.less,
        "LE": operations.less_equal,
        "GT": operations.greater,
        "GE": operations.greater_equal,
        "ARITH": operations.arith,
        "NEGATE": operations.negate,
        "ADD": EXACT.add,
        "SUB": EXACT.subtract,
        "MUL": EXACT.multiply,
        "MULR": operations.multiply_rounded,
        "DIV": operations.divide,
        "POW": operations.power,
        "MINUS": EXACT.minus,
        "ENTRY": running.entry,
        "PROP": running.prop,
        "ITEM": running.in_item,
        "LISTED": running.listed,
        "AT": running.at,
        "FILTERED": running.filtered,
        "STEPS": running.steps,
        "WITHIN": running.within,
        "APPLIED": running.applied,
        "LOCAL": running.local,
        "ZONED": running.zoned,
        "INSTANCE": is_instance,
        "RANGE": Range,
        "FUNCTION": Function,
    }
)

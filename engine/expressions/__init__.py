"""What does an expression mean? One language, FEEL, checked before it runs."""

from engine.expressions.checker.check import Checked, check
from engine.expressions.compiled import Compiled, compile_expression, compile_unary_tests
from engine.expressions.env import Env
from engine.expressions.errors import FeelError, FeelErrors
from engine.expressions.explain import Explained
from engine.expressions.feel_types import (
    ANY,
    BOOLEAN,
    CONTEXT,
    DATE,
    DATETIME,
    DAYS,
    INTEGER,
    LIST,
    LOCAL_DATETIME,
    MONTHS,
    NULL,
    NUMBER,
    TEXT,
    TIME,
    Kind,
    Type,
    choice,
    context_of,
    lines,
    list_of,
    number,
    reference,
    row,
)
from engine.expressions.parser import parse, parse_unary_tests
from engine.expressions.scope import USER, Scope, Slot, Target
from engine.expressions.to_json import to_json
from engine.expressions.tree import Node
from engine.expressions.values import Range, Value, YearsMonths

__all__ = [
    "ANY", "BOOLEAN", "CONTEXT", "DATE", "DATETIME", "DAYS", "INTEGER", "LIST", "LOCAL_DATETIME",
    "MONTHS", "NULL", "NUMBER", "TEXT", "TIME", "USER", "Checked", "Compiled", "Env", "Explained",
    "FeelError", "FeelErrors", "Kind", "Node", "Range", "Scope", "Slot", "Target", "Type", "Value",
    "YearsMonths", "check", "choice", "compile_expression", "compile_unary_tests",
    "context_of", "lines", "list_of", "number", "parse", "parse_unary_tests", "reference", "row",
    "to_json",
]  # fmt: skip

"""What is a decision table that is ready to decide?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.expressions import Compiled, Value


class Policy(StrEnum):
    """What holds when several rules match (DMN 1.5, 8.2.8); the word is that of the standard."""

    UNIQUE = "unique"
    ANY = "any"
    FIRST = "first"
    PRIORITY = "priority"
    RULE_ORDER = "rule order"
    OUTPUT_ORDER = "output order"
    COLLECT = "collect"
    COLLECT_SUM = "collect sum"
    COLLECT_MIN = "collect min"
    COLLECT_MAX = "collect max"
    COLLECT_COUNT = "collect count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column of tests: what is tested, and which values are expected there at all."""

    value: Compiled
    allowed: Compiled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column of answers; a table with several gives a context, each under its name."""

    name: str
    order: tuple[Value, ...] = ()
    """The possible answers, the most important first."""
    default: Compiled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line: one test for each input (None lets everything pass), one answer for each output."""

    tests: tuple[Compiled | None, ...]
    answers: tuple[Compiled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All of a decision table, compiled."""

    policy: Policy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

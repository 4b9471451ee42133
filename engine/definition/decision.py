"""Which answer follows from which circumstances?"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.field import Feel, Id
from engine.wording import Label

Cell = str | int | float | bool
"""FEEL; `-` lets everything pass. Numbers and true or false may stand without quotes."""


class DecisionInputDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of tests."""

    id: Id
    label: Label
    value: Feel | None = None
    """What is tested; without it the field of this id."""
    allowed: Feel | None = None
    """Tests for the values that there can be at all, as `>= 0`."""


class DecisionOutputDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of answers; a table with several gives a context, each under its id."""

    id: Id
    label: Label
    order: Feel | None = None
    """The possible answers, the most important first, as `"high", "low"`."""
    default: Feel | None = None
    """The answer where no rule fits."""


class DecisionRuleDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line: one test for each input, one answer for each output."""

    when: tuple[Cell, ...]
    then: tuple[Cell, ...]
    note: str | None = None


class DecisionDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision table of an app, a file of `decisions/`."""

    decision: Id
    label: Label
    form: Id
    """The form whose records it decides about."""
    policy: Literal[
        "unique",
        "any",
        "first",
        "priority",
        "rule order",
        "output order",
        "collect",
        "collect sum",
        "collect min",
        "collect max",
        "collect count",
    ] = "unique"
    """What holds when several rules fit (the hit policies of DMN)."""
    inputs: Annotated[tuple[DecisionInputDef, ...], Meta(min_length=1, max_length=20)]
    outputs: Annotated[tuple[DecisionOutputDef, ...], Meta(min_length=1, max_length=20)]
    rules: Annotated[tuple[DecisionRuleDef, ...], Meta(min_length=1, max_length=1000)]
    partial: bool = False
    """There is no answer where no rule fits; without it, such a gap is a mistake."""
    note: str | None = None

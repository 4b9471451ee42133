"""Which circumstances does a table leave open, and where do its rules get in each other's way?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from math import prod

from engine.decisions.regions import NOBODY, Part, parts_of
from engine.decisions.table import Policy, Table
from engine.expressions import Compiled

MOST = 50_000
"""So many combinations are looked at; a larger table is taken as it is."""
ALONE = (Policy.UNIQUE, Policy.ANY)
"""By these, rules that fit together contradict each other, or must say the same."""

Case = tuple[Part, ...]
"""One value for each input."""


@dataclass
class Coverage:
    """What was found; every case is an example for all like it."""

    gaps: list[Case] = field(default_factory=list)
    overlaps: dict[tuple[int, int], Case] = field(default_factory=dict)
    """By two rules that fit together, the earlier first."""
    reached: set[int] = field(default_factory=set)
    """The rules that fit somewhere."""
    first: set[int] = field(default_factory=set)
    """The rules that fit somewhere before all others."""


def coverage(table: Table) -> Coverage | None:
    """Look at every combination of values that the tests tell apart; None where tests depend on
    more than their input, or where the combinations are too many."""
    columns = _columns(table)
    if columns is None or prod(map(len, columns)) > MOST:
        return None
    found = Coverage()
    everything = (1 << len(table.rules)) - 1
    for case in product(*columns):
        fitting = everything
        for _, mask in case:
            fitting &= mask
        _note(found, tuple(part for part, _ in case), fitting, table.policy in ALONE)
    return found


def _columns(table: Table) -> list[list[tuple[Part, int]]] | None:
    """Return by input each part with the rules whose tests it passes, as bits."""
    columns = []
    for n, one in enumerate(table.inputs):
        tests = [rule.tests[n] for rule in table.rules]
        parts = parts_of(one.value.type, [*tests, one.allowed])
        if parts is None:
            return None
        allowed = [
            part
            for part in parts
            if one.allowed is None or one.allowed.holds({"?": part.value}, NOBODY)
        ]
        columns.append([(part, _passed(tests, part)) for part in allowed])
    return columns


def _passed(tests: list[Compiled | None], part: Part) -> int:
    row = {"?": part.value}
    return sum(1 << n for n, test in enumerate(tests) if test is None or test.holds(row, NOBODY))


def _note(found: Coverage, case: Case, fitting: int, alone: bool) -> None:
    if not fitting:
        found.gaps.append(case)
        return
    rules = list(_bits(fitting))
    found.reached.update(rules)
    found.first.add(rules[0])
    for other in rules[1:] if alone else ():
        found.overlaps.setdefault((rules[0], other), case)


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest

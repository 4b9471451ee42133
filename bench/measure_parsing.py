"""How fast are expressions read and checked, next to Python compiling the same condition?"""

from __future__ import annotations

from collections.abc import Iterator

from bench.measure_expressions import CASES, SCOPE
from bench.ratio import Ratio, compare
from engine.expressions.checker.check import check
from engine.expressions.parser import parse

IN_PYTHON = (
    'amount > 500000 and stage == "price_negotiation"',
    "sum(line.price for line in lines) * 0.13",
    '0.08 if tier == "A" else 0.05',
    'due_date - today() <= duration("P7D")',
    "any(x.qty < 0 for x in lines)",
)
"""The five expressions of the plan, as Python would say them."""

ALLOWED = 4.0


def measure() -> Iterator[Ratio]:
    """Yield the promise for one expression, parsed and checked, in processor time."""
    ours, theirs = compare(_read_and_checked, _compiled, times=100, rounds=9)
    each = ours.cpu / len(CASES)
    detail = f"{1 / each:,.0f} expressions/s against {len(CASES) / theirs.cpu:,.0f}/s"
    yield Ratio("expression parsed and checked, CPU", ours.cpu / theirs.cpu, ALLOWED, detail)


def _read_and_checked() -> None:
    for _, text, _, slot in CASES:
        check(parse(text), SCOPE, slot)


def _compiled() -> None:
    for text in IN_PYTHON:
        compile(text, "<expression>", "eval")

"""How fast are compiled expressions, next to null-safe Python written by hand?

`python -m bench.expressions` prints evaluations per second of CPU time, best of several runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Any

from engine.expressions import (
    DATE,
    INTEGER,
    TEXT,
    Env,
    Scope,
    Slot,
    compile_expression,
    lines,
    number,
)
from engine.expressions.compiled import forget_compiled

SCOPE = Scope(
    {
        "amount": number(2),
        "stage": TEXT,
        "tier": TEXT,
        "due_date": DATE,
        "lines": lines("line"),
    },
    {"line": {"price": number(2), "qty": INTEGER}},
)
ENV = Env(date(2026, 1, 5), datetime(2026, 1, 5, 9, tzinfo=UTC))
ROW: dict[str, Any] = {
    "amount": Decimal("612000.00"),
    "stage": "price_negotiation",
    "tier": "A",
    "due_date": date(2026, 1, 9),
    "lines": tuple({"price": Decimal(f"{n}.50"), "qty": n} for n in range(1, 11)),
}
_HALF_MILLION, _RATE, _HIGH, _LOW = map(Decimal, ("500000", "0.13", "0.08", "0.05"))
_WEEK = timedelta(days=7)
_EXACT = Context(prec=34, rounding=ROUND_HALF_UP)


def _total(row: Any, env: Env) -> Decimal | None:
    prices = [line.get("price") for line in row.get("lines") or ()]
    if not prices or any(price is None for price in prices):
        return None
    return _EXACT.multiply(reduce(_EXACT.add, prices), _RATE)


CASES: list[tuple[str, str, Callable[[Any, Env], object], Slot]] = [
    (
        "E1",
        'amount > 500000 and stage = "price_negotiation"',
        lambda r, e: (
            (a := r.get("amount")) is not None
            and a > _HALF_MILLION
            and r.get("stage") == "price_negotiation"
        ),
        Slot.GATE,
    ),
    ("E2", "sum(lines.price) * 0.13", _total, Slot.VALUE),
    (
        "E3",
        'if tier = "A" then 0.08 else 0.05',
        lambda r, e: _HIGH if r.get("tier") == "A" else _LOW,
        Slot.VALUE,
    ),
    (
        "E4",
        'due_date - today() <= duration("P7D")',
        lambda r, e: (d := r.get("due_date")) is not None and d - e.today <= _WEEK,
        Slot.GATE,
    ),
    (
        "E5",
        "some x in lines satisfies x.qty < 0",
        lambda r, e: any(
            (q := line.get("qty")) is not None and q < 0 for line in r.get("lines") or ()
        ),
        Slot.GATE,
    ),
]


def rate(function: Callable[[Any, Env], object], seconds: float = 0.15) -> float:
    """Return calls per second of CPU time, best of seven runs."""
    count = 1000
    while (spent := _spent(function, count)) < seconds / 10:
        count *= 2
    count = max(1, int(count * seconds / spent))
    return max(count / _spent(function, count) for _ in range(7))


def _spent(function: Callable[[Any, Env], object], count: int) -> float:
    row, env = ROW, ENV
    start = time.process_time()
    for _ in range(count):
        function(row, env)
    return max(time.process_time() - start, 1e-9)


def compile_rate() -> float:
    """Return expressions per second from text to a checked tree and its function."""
    start, done = time.process_time(), 0
    while time.process_time() - start < 1:
        forget_compiled()
        for _, text, _, slot in CASES:
            made = compile_expression(text, SCOPE, slot)
            _ = made.holds if slot.condition else made.value
            done += 1
    return done / (time.process_time() - start)


def main() -> None:
    """Print the table."""
    print(f"{'':4}{'ours/s':>12}{'by hand/s':>12}{'ratio':>7}  expression")
    for name, text, by_hand, slot in CASES:
        compiled = compile_expression(text, SCOPE, slot)
        function = compiled.holds if slot.condition else compiled.value
        assert function(ROW, ENV) == by_hand(ROW, ENV)
        ours, theirs = rate(function), rate(by_hand)
        print(f"{name:4}{ours:12,.0f}{theirs:12,.0f}{theirs / ours:7.2f}  {text}")
    print(f"parse, check and compile: {compile_rate():,.0f} expressions/s")


if __name__ == "__main__":
    main()

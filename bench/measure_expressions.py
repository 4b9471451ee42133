"""How fast are compiled expressions, next to null-safe Python written by hand?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import reduce
from typing import Any

from bench.ratio import Ratio, compare
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


ALLOWED = 1.5
TIMES = 20_000


def measure() -> Iterator[Ratio]:
    """Yield the promise of each of the five expressions of the plan, in processor time."""
    for name, text, by_hand, slot in CASES:
        compiled = compile_expression(text, SCOPE, slot)
        function = compiled.holds if slot.condition else compiled.value
        if function(ROW, ENV) != by_hand(ROW, ENV):
            raise ValueError(f"{name} differs from what is written by hand")
        ours, theirs = compare(_calls(function), _calls(by_hand), times=TIMES // 100, rounds=7)
        detail = f"{100 / ours.cpu:,.0f}/s against {100 / theirs.cpu:,.0f}/s: {text}"
        yield Ratio(f"expression {name}, CPU", ours.cpu / theirs.cpu, ALLOWED, detail)


def _calls(function: Callable[[Any, Env], object]) -> Callable[[], object]:
    """Call a hundred times in a row, so that the measuring itself does not count."""
    row, env = ROW, ENV

    def hundred() -> None:
        for _ in range(100):
            function(row, env)

    return hundred

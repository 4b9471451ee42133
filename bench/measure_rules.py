"""What does one look of fifty rules at a million records cost, against SQL written by hand?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from statistics import median
from typing import Any

from sqlalchemy import Connection, text

from bench.device_app import device_form, temporary_folder, workspace
from bench.million_devices import fill
from bench.ratio import Ratio, compare, cost_of
from runtime.services import Services
from runtime.store import Store
from runtime.use_cases.rules.ticking import AT_ONCE, IN_A_JOB, tick
from tests.services.postgres import private_cluster

ALLOWED = 1.5
NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
DATES, STAYS, SILENCES = 20, 15, 15
ROUNDS = 3
DATE = """
rule: date_{n}
label: 购买后 {n} 天
form: device
on: {{type: date, field: bought, days: [{n}]}}
if: price > 990000 and stage = "ordered"
do: [{{type: notify, to: {{roles: [keeper]}}, text: 请查看}}]
"""
STAY = """
rule: stay_{n}
label: 订购太久
form: device
on: {{type: overdue, stages: [ordered], after: {{calendar: PT{hours}H}}, backlog: true}}
if: price > 980000
do: [{{type: notify, to: {{roles: [keeper]}}, text: 请查看}}]
"""
SILENCE = """
rule: silence_{n}
label: 很久没有动静
form: device
on: {{type: silent, after: {{calendar: PT{hours}H}}, backlog: true}}
if: price > 980000 and level = "b"
do: [{{type: notify, to: {{roles: [keeper]}}, text: 请查看}}]
"""


@dataclass(frozen=True)
class Asked:
    """One rule as somebody would ask for it who knows the tables."""

    rule: str
    base: str
    """The column from which time is counted, and where a mark holds it."""
    mark: str
    where: str
    given: Mapping[str, Any]


def measure() -> Iterator[Ratio]:
    """Yield the promises on SQLite and on PostgreSQL."""
    yield from _measured("SQLite", f"sqlite:///{temporary_folder() / 'bench.db'}")
    with private_cluster() as url:
        yield from _measured("PostgreSQL", url)


def _measured(name: str, url: str) -> Iterator[Ratio]:
    services = replace(workspace(url, temporary_folder(), _rules()), clock=lambda: NOW)
    with closing(services.store) as store:
        fill(services)
        by_hand = _by_hand(services)
        costs = _with_news(store, lambda: tick(services), by_hand)
        yield _ratio(f"50 rules on {name}, with news", *costs)
        quiet = compare(lambda: tick(services), by_hand, times=1, rounds=ROUNDS)
        yield _ratio(f"50 rules on {name}, without", quiet[0].wall, quiet[1].wall)


def _ratio(name: str, ours: float, bare: float) -> Ratio:
    detail = f"{ours * 1000:.0f} ms against {bare * 1000:.0f} ms"
    return Ratio(name, ours / bare, ALLOWED, detail)


def _keep(noticed: list[int], call: Callable[[], int]) -> None:
    noticed.append(call())


def _with_news(
    store: Store, ours: Callable[[], int], by_hand: Callable[[], int]
) -> tuple[float, float]:
    """Return what both take when nothing was noticed before; they notice as much."""
    costs: dict[str, list[float]] = {"ours": [], "by hand": []}
    found: dict[str, int] = {}
    for name, call in [("by hand", by_hand), ("ours", ours)] * (ROUNDS + 1):
        _forget(store)
        noticed: list[int] = []
        cost = cost_of(partial(_keep, noticed, call), 1)
        found[name] = noticed[-1]
        costs[name].append(cost.wall)
        if found[name] != next(iter(found.values())) or not found[name]:
            raise ValueError(f"other records than by hand: {found}")
    return median(costs["ours"][1:]), median(costs["by hand"][1:])


def _forget(store: Store) -> None:
    with store.unit() as unit:
        for table in ("rule_mark", "job"):
            unit.connection.execute(text(f"DELETE FROM {table}"))


def _rules() -> dict[str, str]:
    found = {f"date_{n}": DATE.format(n=n) for n in range(DATES)}
    found |= {f"stay_{n}": STAY.format(n=n, hours=_hours(n)) for n in range(STAYS)}
    found |= {f"silence_{n}": SILENCE.format(n=n, hours=_hours(n)) for n in range(SILENCES)}
    return {f"rules/{name}.yaml": each for name, each in found.items()}


def _hours(n: int) -> int:
    """So long that a few hours of records, of the eleven days that there are, are past it."""
    return int((NOW - datetime(2026, 1, 1, tzinfo=UTC)) / timedelta(hours=1)) - 1 - n


def _asked(services: Services) -> Iterator[Asked]:
    sqlite = services.store.dialect == "sqlite"
    price = 100 if sqlite else 1
    """SQLite holds the cents."""
    today = date(2026, 3, 20)
    for n in range(DATES):
        where = "bought <= :until AND bought > :after AND price > :price AND stage = 'ordered'"
        until, after = today - timedelta(days=n), today - timedelta(days=n + 3)
        given = {"until": _day(until, sqlite), "after": _day(after, sqlite)}
        yield Asked(f"date_{n}", "bought", "day", where, {**given, "price": 990_000 * price})
    for kind, column, also in (
        ("stay", "stage_entered_at", "stage = 'ordered'"),
        ("silence", "last_activity_at", "level = 'b'"),
    ):
        for n in range(STAYS):
            where = f"{column} <= :until AND price > :price AND {also}"
            until_moment = NOW - timedelta(hours=_hours(n))
            given = {"until": _moment(until_moment, sqlite), "price": 980_000 * price}
            yield Asked(f"{kind}_{n}", column, "at", where, given)


def _day(day: date, sqlite: bool) -> Any:
    return day.isoformat() if sqlite else day


def _moment(moment: datetime, sqlite: bool) -> Any:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f}" if sqlite else moment


def _by_hand(services: Services) -> Callable[[], int]:
    """Ask each rule's question, and note what is new, in a transaction for each rule."""
    table = services.store.tables(device_form(services)).main.name
    questions = [
        (
            asked,
            text(
                f'SELECT id, {asked.base} AS base FROM "{table}" AS main '  # our own names
                f"WHERE deleted_at IS NULL AND {asked.where} AND NOT EXISTS ("
                "SELECT 1 FROM rule_mark WHERE app = 'fleet' AND rule = :rule "
                "AND record = main.id AND number = :number "
                f"AND rule_mark.{asked.mark} = main.{asked.base}) "
                f"LIMIT {AT_ONCE}"
            ),
        )
        for asked in _asked(services)
    ]
    ids = count()

    def look() -> int:
        found = 0
        for asked, question in questions:
            number = int(asked.rule.partition("_")[2]) if asked.mark == "day" else 0
            with services.store.unit() as unit:
                given = {**asked.given, "rule": asked.rule, "number": number}
                rows = unit.connection.execute(question, given).all()
                if rows:
                    _note(unit.connection, asked, number, rows, ids)
                found += len(rows)
        return found

    return look


def _note(
    connection: Connection, asked: Asked, number: int, rows: Sequence[Any], ids: Iterator[int]
) -> None:
    connection.execute(
        text(
            f"INSERT INTO rule_mark (app, rule, record, occurrence, number, {asked.mark}) "
            "VALUES ('fleet', :rule, :record, :occurrence, :number, :base)"
        ),
        [
            {
                "rule": asked.rule,
                "record": row.id,
                "occurrence": f"{row.base}#{number}",
                "number": number,
                "base": row.base,
            }
            for row in rows
        ],
    )
    now = NOW if connection.dialect.name == "postgresql" else _moment(NOW, sqlite=True)
    for first in range(0, len(rows), IN_A_JOB):
        some = rows[first : first + IN_A_JOB]
        marks = [{"record": row.id, "base": str(row.base), "number": number} for row in some]
        id_ = f"bench{next(ids):027d}"
        connection.execute(
            text(
                "INSERT INTO job (id, kind, key, arguments, state, tries, lost, done, created_at) "
                "VALUES (:id, 'fire_rule', :id, :arguments, 'waiting', 0, 0, 0, :now)"
            ),
            {
                "id": id_,
                "arguments": json.dumps({"app": "fleet", "rule": asked.rule, "marks": marks}),
                "now": now,
            },
        )

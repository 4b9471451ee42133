"""A form with every kind of value, a hundred records with holes in them, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from engine.app import Form
from engine.expressions import Env
from engine.record import Record
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.ids import new_id
from runtime.workspace.open import install_app, open_workspace

MANIFEST = """
app: zoo
version: 1.0.0
label: 园
roles:
  - {id: keeper, label: 保管员}
menu:
  - {forms: [thing, place]}
"""
PLACE = """
form: place
label: 地点
title: name
sections:
  - id: all
    label: 全部
    fields:
      - {id: name, type: text, label: 名称}
      - {id: level, type: integer, label: 级别}
      - {id: rate, type: number, label: 系数, places: 4}
      - {id: opened, type: date, label: 开业}
      - {id: above, type: reference, to: place, label: 上级}
access:
  keeper: {rows: all}
"""
THING = """
form: thing
label: 东西
title: name
sections:
  - id: all
    label: 全部
    fields:
      - {id: name, type: text, label: 名称}
      - {id: note, type: long_text, label: 备注}
      - {id: amount, type: money, label: 金额, currency: CNY}
      - {id: rate, type: number, label: 系数, places: 4}
      - {id: pieces, type: integer, label: 件数}
      - {id: due, type: date, label: 截止}
      - {id: seen, type: datetime, label: 看到}
      - {id: took, type: duration, label: 用时}
      - {id: good, type: yes_no, label: 好}
      - id: kind
        type: select
        label: 类
        options: [{id: a, label: 甲}, {id: b, label: 乙}, {id: c, label: 丙}]
      - id: marks
        type: multi_select
        label: 标
        options: [{id: x, label: 子}, {id: y, label: 丑}, {id: z, label: 寅}]
      - {id: place, type: reference, to: place, label: 地点}
      - id: rows
        type: lines
        label: 行
        fields:
          - {id: text, type: text, label: 文}
          - {id: qty, type: integer, label: 数}
          - {id: price, type: money, label: 价, currency: CNY}
          - {id: done, type: yes_no, label: 完}
          - {id: day, type: date, label: 日}
checks:
  - id: leads_on
    that: place.above.name = null or place.above.name != place.name or true
    message: 只为让规则跟到两级之外
access:
  keeper: {rows: all}
"""
FILES = {
    "app.yaml": MANIFEST.encode(),
    "forms/place.yaml": PLACE.encode(),
    "forms/thing.yaml": THING.encode(),
}
NOW = datetime(2026, 1, 31, 18, 30, tzinfo=UTC)
TEXTS = (
    "",
    "x",
    "XY",
    "好",
    "好的",
    "😀",
    "a😀b",
    "\ue000",
    "50%_",
    "é",
    "É",
    "it's",
    "ß",
    '"',
    "\\",
)
DAYS = (
    date(2026, 1, 31),
    date(2026, 2, 1),
    date(2024, 2, 29),
    date(2025, 12, 31),
    date(1999, 3, 30),
)
MONEY = ("0.00", "-3.50", "19.99", "500000.00", "0.01", "123456789.12", "-0.05")
RECORDS = 100


@dataclass(frozen=True)
class World:
    """The records in one database, and as expressions see them in Python."""

    services: Services
    form: Form
    ids: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    env: Env


@contextmanager
def world(folder: Path, url: str | None, seed: int, records: int = RECORDS) -> Iterator[World]:
    """Make the records anew, the same ones for the same seed."""
    environment = {"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"}
    if url:
        environment["DATABASE_URL"] = url
    services = open_workspace(Settings.from_environment(environment), lambda: NOW)
    install_app(services, FILES)
    try:
        yield _filled(services, Random(seed), records)  # data for a test
    finally:
        services.store.close()


def _filled(services: Services, chance: Random, wanted: int) -> World:
    thing, place = (services.apps["zoo"].forms[id_] for id_ in ("thing", "place"))
    with services.store.unit() as unit:
        places: list[str] = []
        for _ in range(12):
            record = _record(place, _place(chance, places))
            unit.records.add(place, record)
            places.append(record.id)
        things = [_record(thing, _thing(chance, places)) for _ in range(wanted)]
        for record in things:
            unit.records.add(thing, record)
    with services.store.reading() as unit:
        found = unit.records.many(thing, [record.id for record in things])
        records = [found[record.id] for record in things]
        rows = tuple(unit.records.rows(thing, records))
    now = services.local(NOW)
    user = {
        "id": things[0].owner,
        "name": "好",
        "department": None,
        "departments": ("d1", "d2"),
        "roles": ("keeper",),
    }
    return World(
        services, thing, tuple(one.id for one in records), rows, Env(services.today(NOW), now, user)
    )


def _record(form: Form, values: dict[str, Any]) -> Record:
    return Record(
        app=form.app, form=form.id, id=new_id(NOW), version=1, owner=None, department=None,
        pipeline=None, stage=None, stage_entered_at=None, created_at=NOW, created_by=None,
        updated_at=NOW, updated_by=None, last_activity_at=NOW, values=values,
    )  # fmt: skip


def _perhaps(chance: Random, value: Any) -> Any:
    return None if chance.random() < 0.25 else value


def _place(chance: Random, places: list[str]) -> dict[str, Any]:
    return {
        "name": _perhaps(chance, chance.choice(TEXTS) or None),
        "level": _perhaps(chance, chance.randint(-5, 5)),
        "rate": _perhaps(chance, Decimal(chance.randint(-90_000, 90_000)).scaleb(-4)),
        "opened": _perhaps(chance, chance.choice(DAYS)),
        "above": _perhaps(chance, chance.choice(places)) if places else None,
    }


def _thing(chance: Random, places: list[str]) -> dict[str, Any]:
    moment = datetime(2026, 1, 31, tzinfo=UTC) + timedelta(minutes=chance.randint(-90_000, 90_000))
    return {
        "name": _perhaps(chance, chance.choice(TEXTS) or None),
        "note": _perhaps(chance, chance.choice(TEXTS) or None),
        "amount": _perhaps(chance, Decimal(chance.choice(MONEY))),
        "rate": _perhaps(chance, Decimal(chance.randint(-90_000, 90_000)).scaleb(-4)),
        "pieces": _perhaps(chance, chance.randint(-12, 12)),
        "due": _perhaps(chance, chance.choice(DAYS)),
        "seen": _perhaps(chance, moment),
        "took": _perhaps(chance, timedelta(minutes=chance.randint(-3_000, 6_000))),
        "good": _perhaps(chance, chance.random() < 0.5),
        "kind": _perhaps(chance, chance.choice("abc")),
        "marks": tuple(sorted(chance.sample("xyz", chance.randint(0, 3)))) or None,
        "place": _perhaps(chance, chance.choice(places)),
        "rows": tuple(_row(chance, place) for place in range(chance.choice((0, 0, 1, 2, 3)))),
    }


def _row(chance: Random, place: int) -> dict[str, Any]:
    return {
        "id": f"r{place}-{chance.getrandbits(64):x}",
        "text": _perhaps(chance, chance.choice(TEXTS) or None),
        "qty": _perhaps(chance, chance.randint(-4, 4)),
        "price": _perhaps(chance, Decimal(chance.choice(MONEY))),
        "done": _perhaps(chance, chance.random() < 0.5),
        "day": _perhaps(chance, chance.choice(DAYS)),
    }

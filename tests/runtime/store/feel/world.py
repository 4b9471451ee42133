"""A form with every kind of column, lines, references and empty places, and its records."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.app import Form
from engine.record import Record
from runtime.store import Store
from tests.runtime.store.building import NOW, app_of, form_text, record_of

ZONE = form_text(
    "zone", "{id: name, type: text, label: 名称}\n{id: rate, type: percent, label: 比率}"
)
SITE = form_text(
    "site",
    """
    {id: name, type: text, label: 名称}
    {id: level, type: select, label: 级别, options: [{id: low, label: 低}, {id: high, label: 高}]}
    {id: score, type: number, places: 3, label: 分数}
    {id: opened, type: date, label: 启用日}
    {id: zone, type: reference, to: zone, label: 区域}
    {id: position, type: geo, label: 位置}
    {id: zone_name, type: lookup, by: zone, field: name, label: 区域名}
    """,
)
ROWS = (
    "{id: part, type: text, label: 部件},{id: count, type: number, places: 3, label: 数量},"
    "{id: price, type: money, label: 单价},{id: due, type: date, label: 交期},"
    "{id: done, type: yes_no, label: 完成},{id: site, type: reference, to: site, label: 站点},"
    "{id: spare, type: integer, label: 备件}"
)
DEVICE = form_text(
    "device",
    f"""
    {{id: name, type: text, label: 名称}}
    {{id: note, type: long_text, label: 说明}}
    {{id: price, type: money, label: 价格}}
    {{id: weight, type: number, places: 4, label: 重量}}
    {{id: pieces, type: integer, label: 数量}}
    {{id: share, type: percent, label: 占比}}
    {{id: bought, type: date, label: 购买日}}
    {{id: due, type: date, label: 到期日}}
    {{id: seen, type: datetime, label: 检查}}
    {{id: opens, type: time, label: 开放}}
    {{id: spent, type: duration, label: 用时}}
    {{id: active, type: yes_no, label: 在用}}
    {{id: grade, type: select, label: 等级, options: [{{id: z, label: 优}}, {{id: a, label: 良}}]}}
    {{id: kinds, type: tags, label: 标签}}
    {{id: site, type: reference, to: site, label: 站点}}
    {{id: sites, type: reference_list, to: site, label: 相关站点}}
    {{id: keeper, type: person, label: 保管人}}
    {{id: level, type: lookup, by: site, field: level, label: 站点级别}}
    {{id: area, type: lookup, by: site, field: zone_name, label: 站点区域}}
    {{id: doubled, type: formula, feel: price * 2, result: money, label: 两倍}}
    {{id: parts, type: lines, label: 部件, fields: [{ROWS}]}}
    """,
)
TEXTS = ("阀门", "Abc", "abc", "", "😀 emoji", "a%b_c", "ÉCOLE", "straße", "\ue000", "ab\\c'd")
NAMES = ("Ann", "Bob")


def install(store: Store) -> Form:
    """Install the forms and fill them; return the form that is asked about."""
    store.install(app_of(ZONE, SITE, DEVICE), {}, NOW)
    forms = store.apps["plant"].forms
    with store.unit() as unit:
        _add_people(unit.people)
        zones = [
            record_of(forms["zone"], {"name": "东", "rate": Decimal("0.05")}),
            record_of(forms["zone"], {"name": None, "rate": None}),
        ]
        sites = [
            record_of(forms["site"], {"name": "A 站", "level": "high", "score": Decimal("1.5"),
                                      "opened": date(2024, 2, 29), "zone": zones[0].id,
                                      "position": {"latitude": Decimal(30),
                                                   "longitude": Decimal(120)}}),
            record_of(forms["site"], {"name": "B", "level": "low", "zone": zones[1].id}),
            record_of(forms["site"], {"name": None, "score": Decimal("-0.125")}),
        ]  # fmt: skip
        for form, records in (("zone", zones), ("site", sites)):
            for record in records:
                unit.records.add(forms[form], record)
        for record in devices(forms["device"], [site.id for site in sites]):
            unit.records.add(forms["device"], record)
    return forms["device"]


def _add_people(people: Any) -> None:
    people.departments.add("东部", NOW, id_="east", code="E")
    people.add("ann", "Ann", NOW, id_="ann", department="east")
    people.add("bob", "Bob", NOW, id_="bob")


def devices(form: Form, sites: list[str]) -> list[Record]:
    """Return records with empty places, limits and odd texts."""
    return [record_of(form, values, at=NOW + timedelta(minutes=n), **system)
            for n, (values, system) in enumerate(_given(sites))]  # fmt: skip


def _given(sites: list[str]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    full = {
        "name": "阀门", "note": "第一", "price": Decimal("120.50"), "weight": Decimal("2.7500"),
        "pieces": 7, "share": Decimal("0.1500"), "bought": date(2024, 1, 31),
        "opens": time(8, 30, 0, 500_000),
        "due": date(2026, 11, 28), "seen": datetime(2026, 11, 20, 23, 30, tzinfo=UTC),
        "spent": timedelta(days=2, hours=3, microseconds=5), "active": True, "grade": "z",
        "kinds": ("red", "蓝"), "site": sites[0], "sites": (sites[0], sites[1]), "keeper": "ann",
        "doubled": Decimal("241.00"), "parts": _parts(sites),
    }  # fmt: skip
    found: list[tuple[dict[str, Any], dict[str, Any]]] = [(full, {}), ({}, {"owner": None})]
    found += [({**full, name: None}, {}) for name in full]
    for n, text in enumerate(TEXTS):
        price = Decimal(n * n * 37 - 90) / 100
        found.append((
            {
                **full, "name": text, "note": TEXTS[-n], "price": price, "doubled": price * 2,
                "weight": Decimal(n - 5) / 8, "pieces": (n - 4) * 3, "site": sites[n % 3],
                "bought": date(2024 + n % 3, 1 + n, 28), "active": n % 2 == 0,
                "due": date(2026, 11, 15 + n), "parts": _parts(sites)[: n % 5],
                "kinds": TEXTS[n:n + 2], "grade": "az"[n % 2], "sites": tuple(sites[: n % 4]),
                "spent": timedelta(hours=n * 7 - 20), "seen": NOW - timedelta(hours=n * 11),
            },
            {"owner": ("ann", "bob")[n % 2], "department": ("east", None)[n % 2]},
        ))  # fmt: skip
    large = Decimal("999999999999999.99")
    found.append(({**full, "price": large, "weight": Decimal("99999999999999.9999"),
                   "doubled": large, "pieces": 999_999_999_999_999}, {}))  # fmt: skip
    found.append(({**full, "price": -large, "weight": None, "pieces": -999_999_999_999_999}, {}))
    return found


def _parts(sites: list[str]) -> tuple[dict[str, Any], ...]:
    return (
        {"id": "r1", "part": "阀", "count": Decimal("1.500"), "price": Decimal("10.00"),
         "due": date(2026, 11, 21), "done": True, "site": sites[0], "spare": 3},
        {"id": "r2", "part": None, "count": None, "price": Decimal("-3.33"), "due": None,
         "done": None, "site": None, "spare": None},
        {"id": "r3", "part": "😀", "count": Decimal("0.001"), "price": Decimal("99999.99"),
         "due": date(2025, 2, 28), "done": False, "site": sites[1], "spare": -2},
        {"id": "r4", "part": "abc", "count": Decimal("1.500"), "price": Decimal("0.00"),
         "due": date(2026, 12, 1), "done": False, "site": sites[2], "spare": 0},
    )  # fmt: skip

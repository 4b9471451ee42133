"""Which app and which people do the benchmarks work with?"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from engine.app import Form
from engine.record import Actor
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.accounts import add_account, new_token
from runtime.workspace.open import install_app, open_workspace

NOTHING: Mapping[str, str] = MappingProxyType({})
MANIFEST = """
app: fleet
version: 1.0.0
label: 设备
roles:
  - {id: keeper, label: 管理员}
"""

DEVICE = """
form: device
label: 设备
title: name
sections:
  - id: basics
    label: 基本信息
    fields:
      - {id: name, type: text, label: 名称, required: true}
      - {id: serial, type: text, label: 序列号, max_length: 40}
      - {id: price, type: money, label: 单价, currency: CNY, min: 0}
      - {id: count, type: integer, label: 数量, min: 1}
      - {id: total, type: formula, label: 总价, feel: price * count, result: money}
      - {id: bought, type: date, label: 购买日期}
      - {id: kept_until, type: date, label: 保修至}
      - {id: level, type: select, label: 级别, options: [{id: a, label: A}, {id: b, label: B}]}
      - {id: fixed, type: yes_no, label: 固定资产}
      - {id: remark, type: long_text, label: 说明}
      - id: rival
        type: text
        label: 备选型号
        required: {when: 'level = "a" and price > 100000', message: 请填写备选型号}
checks:
  - {id: dates, that: kept_until = null or kept_until >= bought, message: 保修日期不能早于购买日期}
stages:
  - id: ordered
    label: 已订购
    gate: {fields: [serial]}
  - {id: in_use, label: 使用中}
indexes:
  - {fields: [owner, stage, price]}
  - {fields: [owner, price]}
access:
  keeper: {rows: own, create: true, edit: true, advance: true}
"""

VALUES = {
    "name": "激光切割机",
    "serial": "LC-2026-00017",
    "price": "128000.50",
    "count": 2,
    "bought": "2026-03-02",
    "kept_until": "2028-03-01",
    "level": "b",
    "fixed": True,
    "remark": "放在三号车间,由张工负责保养",
}
"""A device as a program sends it."""


def workspace(database: str, folder: Path, more: Mapping[str, str] = NOTHING) -> Services:
    """Return a new workspace with the app, more files of it, and one person, `keeper`."""
    settings = Settings.from_environment({"HOME_DIR": str(folder), "DATABASE_URL": database})
    services = open_workspace(settings)
    files = {"app.yaml": MANIFEST, "forms/device.yaml": DEVICE, **more}
    install_app(services, {name: text.encode() for name, text in files.items()})
    wrong = add_account(services, "keeper", "张工", "a long password", False, ("fleet:keeper",))
    if wrong:
        raise RuntimeError(wrong)
    return services


def keeper(services: Services) -> Actor:
    """Return the person."""
    with services.store.reading() as unit:
        person = unit.people.by_login("keeper")
        actor = unit.people.actor(person.id) if person else None
    if actor is None:
        raise RuntimeError("the person is missing")
    return actor


def token(services: Services) -> str:
    """Return a bearer token of the person."""
    made = new_token(services, "keeper", "bench")
    if made is None:
        raise RuntimeError("the person is missing")
    return made


def device_form(services: Services) -> Form:
    """Return the app's form."""
    return services.apps["fleet"].forms["device"]


def temporary_folder() -> Path:
    """Return a new folder for one run."""
    return Path(tempfile.mkdtemp(prefix=f"bench-{datetime.now(UTC):%H%M%S}-"))

"""A small neutral app with everything that doors, rights and stages need, and its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from engine.app import Form
from engine.forms.submission import read_json
from engine.outcomes import Saved
from engine.record import Actor, Record
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import Placement, create_record
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import digest
from runtime.workspace.people_file import add_people, read_people
from tests.origins import Origin, start_from_origin

PASSWORD = "a password for tests"

MANIFEST = """
app: desk
version: 1.0.0
label: {zh: 服务台, en: Desk}
roles:
  - {id: agent, label: {zh: 坐席, en: Agent}}
  - {id: chief, label: {zh: 主管, en: Chief}}
  - {id: auditor, label: {zh: 审计, en: Auditor}}
menu:
  - {forms: [ticket, site]}
"""

SITE = """
form: site
label: {zh: 站点, en: Site}
title: name
sections:
  - id: basics
    label: {zh: 基本信息, en: Basics}
    fields:
      - {id: name, type: text, label: {zh: 名称, en: Name}, required: true, unique: true}
      - {id: position, type: geo, label: {zh: 位置, en: Position}}
      - {id: secret, type: text, label: {zh: 内部代号, en: Code name}}
      - id: ticket_cost
        type: rollup
        label: {zh: 工单费用, en: Ticket cost}
        form: ticket
        by: site
        measure: sum
        of: cost
access:
  agent: {rows: all, create: true, edit: own, hide: [secret]}
  chief: {rows: all, create: true, edit: true, delete: true, import: true}
  auditor: {rows: all}
"""

TICKET = """
form: ticket
label: {zh: 工单, en: Ticket}
title: name
sections:
  - id: basics
    label: {zh: 基本信息, en: Basics}
    fields:
      - {id: number, type: auto_number, label: {zh: 编号, en: Number}, pattern: 'T-{seq:4}'}
      - {id: name, type: text, label: {zh: 标题, en: Title}, required: true}
      - {id: site, type: reference, to: site, label: {zh: 站点, en: Site}}
      - {id: cause, type: text, label: {zh: 原因, en: Cause}}
      - {id: cost, type: money, label: {zh: 费用, en: Cost}, currency: CNY}
      - {id: margin, type: money, label: {zh: 毛利, en: Margin}, currency: CNY}
      - {id: phone, type: phone, label: {zh: 电话, en: Phone}}
      - {id: due, type: date, label: {zh: 截止日期, en: Due}}
      - {id: begun, type: date, label: {zh: 开始日期, en: Begun}}
      - id: parts
        type: lines
        label: {zh: 配件, en: Parts}
        fields:
          - {id: part, type: text, label: {zh: 配件, en: Part}, required: true}
          - {id: quantity, type: integer, label: {zh: 数量, en: Quantity}}
checks:
  - id: dates
    that: due = null or begun = null or due >= begun
    message: {zh: 截止日期不能早于开始日期, en: It is due before it begins}
stages:
  - id: open
    label: {zh: 待处理, en: Open}
    expect: P2D
    gate:
      fields: [cause]
      that:
        - id: has_cost
          that: cost > 0
          message: {zh: 请先估算费用, en: Estimate the cost first}
      evidence:
        - id: minutes
          label: {zh: 会议纪要, en: Minutes}
          kind: document
          types: [pdf]
          fresh: true
          review: chief
      override: [chief]
  - id: fixing
    label: {zh: 处理中, en: Fixing}
    back: {to: [open]}
  - {id: done, label: {zh: 已完成, en: Done}, outcome: won}
  - {id: dropped, label: {zh: 已取消, en: Dropped}, aside: true, outcome: lost, back: {to: any}}
conversions:
  - id: to_site
    label: {zh: 建站点, en: Make a site}
    creates: [{form: site, set: {name: name}}]
access:
  agent: {rows: own, create: true, edit: true, advance: true, hide: [margin], mask: [phone]}
  chief:
    rows: tree
    create: true
    edit: true
    advance: true
    delete: true
    transfer: true
    export: true
    import: true
  auditor: {rows: all, readonly: [name]}
"""

PEOPLE = """
departments:
  - {code: whole, name: 总部}
  - {code: north, name: 北区, parent: whole, head: chief_north}
  - {code: south, name: 南区, parent: whole}
people:
  - {login: admin, name: 管理员, department: whole, admin: true}
  - {login: chief_north, name: 孙主管, department: north, roles: {desk: [chief]}}
  - {login: ann, name: 安静, department: north, roles: {desk: [agent]}}
  - {login: ben, name: 本田, department: north, roles: {desk: [agent]}}
  - {login: sue, name: 苏南, department: south, roles: {desk: [agent]}}
  - {login: audit, name: 审计员, department: whole, roles: {desk: [auditor]}}
"""

FILES = {
    "app.yaml": MANIFEST.encode(),
    "forms/site.yaml": SITE.encode(),
    "forms/ticket.yaml": TICKET.encode(),
}
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


class Clock:
    """A clock that moves when the test says so."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **time: float) -> None:
        self.moment += timedelta(**time)


@dataclass(frozen=True)
class Desk:
    """The app in a workspace, with the words that tests use."""

    services: Services
    clock: Clock
    people: Mapping[str, Actor]

    def form(self, id_: str = "ticket") -> Form:
        return self.services.apps["desk"].forms[id_]

    def act(self, login: str, reason: str | None = None, door: Any = "form") -> Act:
        return Act(actor=self.people[login], door=door, reason=reason)

    def ticket(self, login: str = "ann", **values: Any) -> Record:
        return self.made("ticket", login, name="打印机", **values)

    def made(self, form: str, login: str, **values: Any) -> Record:
        """Make a record that breaks no rule, with a key for each test's own use."""
        return self._made(self.form(form), login, values)

    def made_in(self, app: str, form: str, **values: Any) -> Record:
        """Make a record in an app that the test installed beside."""
        return self._made(self.services.apps[app].forms[form], "admin", values)

    def _made(self, form: Form, login: str, values: Mapping[str, Any]) -> Record:
        submission = read_json(form, values)
        placement = Placement(owner=self.people[login])
        act = self.act("admin", door="system")
        outcome = create_record(self.services, act, form, submission, placement)
        assert isinstance(outcome, Saved), outcome
        return outcome.record

    def stored(self, id_: str, form: str = "ticket") -> Record:
        with self.services.store.reading() as unit:
            record = unit.records.one(self.form(form), id_)
        assert record is not None
        return record


@contextmanager
def open_desk(
    folder: Path, database_url: str | None = None, files: Mapping[str, bytes] = FILES
) -> Iterator[Desk]:
    """Make a workspace with the app and its people, on SQLite or the database of the URL."""
    clock = Clock()
    start_from_origin(_prepared(files), folder, database_url)
    services = open_workspace(_settings(folder, database_url), clock)
    with services.store.reading() as unit:
        found = {login: unit.people.by_login(login) for login in _logins()}
        actors = {login: unit.people.actor(person.id) for login, person in found.items() if person}
    try:
        yield Desk(services, clock, {login: actor for login, actor in actors.items() if actor})
    finally:
        services.store.close()


def _settings(folder: Path, database_url: str | None) -> Settings:
    environment = {"HOME_DIR": str(folder), "CHEAP_PASSWORDS": "1"}
    if database_url:
        environment["DATABASE_URL"] = database_url
    return Settings.from_environment(environment)


def _prepared(files: Mapping[str, bytes]) -> Origin:
    def prepare(folder: Path, database_url: str | None) -> None:
        services = open_workspace(_settings(folder, database_url), Clock())
        hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
        with services.store.unit() as unit:
            add_people(unit, read_people(PEOPLE, "people.yaml"), hashed, START)
        install_app(services, files)
        services.store.close()

    return Origin(digest(files), prepare)


@cache
def _logins() -> tuple[str, ...]:
    return tuple(row.login for row in read_people(PEOPLE, "people.yaml").people)

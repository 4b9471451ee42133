"""The small app with another system to ask and another program to hear, on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.app import Connector
from engine.record import Record
from runtime.effects.connecting import set_up
from runtime.jobs.workshop import Workshop
from runtime.store.connectors import Call
from tests.desk import Desk, open_desk
from tests.runtime.effects.posting import connected
from tests.runtime.rules.ruled import Ruled, with_rules
from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http

SECRET = "open-sesame-4711"
DEPOT = """
connector: depot
type: http
label: {zh: 仓库, en: Depot}
url: http://127.0.0.1:PORT/api
secrets: [{id: token, label: {zh: 令牌, en: Token}, help: 在仓库后台申请}]
headers: {Authorization: '"Bearer " + secret.token'}
test: ping
operations:
  - {id: ping, label: 查看, method: GET, path: /ping, repeatable: true}
  - id: order
    label: {zh: 订货, en: Order}
    path: /orders/{number}
    ask:
      - {id: number, label: 编号}
      - {id: cost, label: 金额, type: number, required: false}
      - {id: due, label: 日期, type: date, required: false}
    query: {day: due}
    body: '{"no": number, "inner": {"cost": cost}}'
    answers:
      - {id: no, label: 单号, path: data.no}
      - {id: price, label: 价格, type: number, path: data.prices.0}
      - {id: code, label: 结果码, type: number, path: code}
      - {id: message, label: 说明, path: message}
    failed_if: code != 0
    why: message
  - {id: look, label: 查询, method: GET, path: /orders, repeatable: true}
"""
RULES = {
    "order": """
label: 向仓库订货
form: ticket
on: {type: changed, fields: [begun]}
do:
  - type: call_connector
    connector: depot
    operation: order
    send: {number: number, cost: cost, due: due}
    set: {cause: answer.no + "/" + name, margin: answer.price}
""",
    "after": """
label: 订到之后
form: ticket
on: {type: changed, fields: [margin]}
do: [{type: notify, to: {fields: [owner]}, text: '订到了'}]
""",
    "delivered": """
label: 仓库说到货
form: ticket
on:
  type: webhook
  takes: {number: text, price: number, on: date}
  required: [number]
  find: {number: body.number}
if: body.price > 1 and cost != 3
do:
  - {type: set_fields, set: {margin: body.price, due: body.on}}
  - {type: notify, to: {fields: [owner]}, text: '{number} 到货'}
""",
    "asked_for": """
label: 外面要一张工单
form: ticket
on: {type: webhook, takes: {title: text}, required: [title]}
if: body.title != "no"
do:
  - {type: create_record, form: ticket, set: {name: body.title}, owner: {roles: [chief]}}
  - {type: create_task, to: {roles: [chief]}, text: '请看 {title}'}
""",
}
NOTHING: Mapping[str, str] = {}
GOOD = {"code": 0, "data": {"no": "D-1", "prices": [12.5]}}


@dataclass
class Yard:
    """The workspace, and the other system with what it answers."""

    ruled: Ruled
    http: FakeHttp
    replies: list[Reply] = field(default_factory=list)
    """In turn; a good one once they are used up."""
    silent: bool = False
    """It takes what it is asked and says nothing until it is over."""
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def desk(self) -> Desk:
        return self.ruled.desk

    @property
    def connector(self) -> Connector:
        return self.desk.services.apps["desk"].connectors["depot"]

    def order(self, **values: Any) -> Record:
        """Let the rule ask the other system about a new ticket."""
        ticket = self.desk.ticket("ann", **values)
        self.ruled.edit("ann", ticket, begun="2026-01-02")
        return ticket

    def call(self) -> Call:
        with self.desk.services.store.reading() as unit:
            return unit.connectors.calls("desk", "depot")[0]

    def asked(self) -> list[Asked]:
        return [one for one in self.http.asked if one.path.startswith("/api/orders/")]

    def work_on(self) -> None:
        """Do all that is due now, and what is put off, however long."""
        services = self.desk.services
        later = services.now() + timedelta(days=36_500)
        for _ in range(30):
            with services.store.reading() as unit:
                due = unit.jobs.due(1, later)
            if not due:
                return
            Workshop(services=services).run(due[0], later)


@contextmanager
def opened(
    folder: Path,
    url: str | None,
    *,
    token: str | None = SECRET,
    more: Mapping[str, str] = NOTHING,
) -> Iterator[Yard]:
    """A workspace whose connector is set up."""
    yard: Yard | None = None

    def answer(_: Asked) -> Reply:
        assert yard is not None
        if yard.silent:
            yard.over.wait(10)
        return yard.replies.pop(0) if yard.replies else Reply(GOOD)

    with fake_http(answer) as http:
        texts = {"connectors/depot.yaml": DEPOT.replace("PORT", str(http.port)).encode()}
        with open_desk(folder, url, {**with_rules({**RULES, **more}), **texts}) as desk:
            yard = Yard(Ruled(connected(desk, http.port)), http)
            if token is not None:
                assert set_up_depot(yard, {"token": token}) == {}
            try:
                yield yard
            finally:
                yard.over.set()


def set_up_depot(yard: Yard, typed: Mapping[str, str]) -> Mapping[str, Any]:
    return set_up(yard.desk.services, yard.desk.act("admin"), yard.connector, typed)

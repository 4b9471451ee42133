from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.access.sight import Sight, covers, sight_of
from engine.app import Form
from engine.expressions import Env
from engine.loading.load import load_app
from engine.record import Actor

MANIFEST = """
app: desk
version: 1.0.0
label: 服务台
roles:
  - {id: agent, label: 坐席}
  - {id: auditor, label: 审计}
  - {id: chief, label: 主管}
  - {id: partner, label: 伙伴}
"""

TICKET = """
form: ticket
label: 工单
title: name
sections:
  - id: basics
    label: 基本信息
    fields:
      - {id: name, type: text, label: 标题}
      - {id: cost, type: money, label: 费用, currency: CNY}
      - {id: phone, type: phone, label: 电话}
      - {id: open_to, type: text, label: 开放给}
access:
  agent: {rows: own, create: true, edit: true, hide: [cost], mask: [phone]}
  auditor: {rows: all, hide: [phone], readonly: [name]}
  chief: {rows: tree, edit: own, delete: true, transfer: true}
  partner: {rows: 'open_to = user.name'}
"""

NOW = datetime(2026, 3, 2, tzinfo=UTC)
ENV = Env(today=NOW.date(), now=NOW, user={"name": "甲公司"})


@pytest.fixture(scope="module")
def form() -> Form:
    return load_app({"app.yaml": MANIFEST, "forms/ticket.yaml": TICKET}).forms["ticket"]


def actor(*roles: str, admin: bool = False) -> Actor:
    return Actor(
        id="me",
        name="甲",
        department="north",
        departments=("north", "north1"),
        roles={"desk": frozenset(roles)},
        admin=admin,
    )


def sees(sight: Sight, **row: object) -> bool:
    full = {"owner": None, "department": None, "open_to": None, **row}
    return covers(sight.rows, full, actor(), ENV)


def test_who_has_no_role_sees_nothing_and_may_nothing(form: Form) -> None:
    assert sight_of(form, actor()) == Sight()


@pytest.mark.parametrize(
    ("role", "row", "seen"),
    [
        ("agent", {"owner": "me"}, True),
        ("agent", {"owner": "you", "department": "north"}, False),
        ("chief", {"department": "north1"}, True),
        ("chief", {"department": "south"}, False),
        ("chief", {"department": None}, False),
        ("auditor", {"department": "south"}, True),
        ("partner", {"open_to": "甲公司"}, True),
        ("partner", {"open_to": None}, False),
    ],
)
def test_each_role_sees_its_own_rows(
    form: Form, role: str, row: dict[str, object], seen: bool
) -> None:
    assert sees(sight_of(form, actor(role)), **row) is seen


def test_the_rows_of_several_roles_add_up(form: Form) -> None:
    both = sight_of(form, actor("agent", "partner"))

    assert sees(both, owner="me")
    assert sees(both, open_to="甲公司")
    assert not sees(both, owner="you", open_to="乙公司")


def test_a_right_on_fewer_rows_than_are_seen_stays_on_those(form: Form) -> None:
    chief = sight_of(form, actor("chief"))

    assert covers(chief.edit, {"owner": "me", "department": "north"}, actor("chief"), ENV)
    assert not covers(chief.edit, {"owner": "you", "department": "north"}, actor("chief"), ENV)
    assert covers(chief.delete, {"owner": "you", "department": "north"}, actor("chief"), ENV)


def test_what_is_hidden_or_masked_is_also_read_only(form: Form) -> None:
    agent = sight_of(form, actor("agent"))

    assert agent.hidden == {"cost"}
    assert agent.masked == {"phone"}
    assert agent.readonly == {"cost", "phone"}


def test_a_field_is_shut_only_if_every_role_shuts_it(form: Form) -> None:
    both = sight_of(form, actor("agent", "auditor"))

    assert both.hidden == frozenset()
    assert both.masked == {"phone"}


def test_an_administrator_sees_all(form: Form) -> None:
    assert sees(sight_of(form, actor(admin=True)), owner="you")

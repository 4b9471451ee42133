"""A small app with stages, gates and evidence, and facts about one of its records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from engine.app import App, Form
from engine.loading.load import load_app
from engine.record import Actor, Evidence, Facts, Record, StoredFile

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENTERED = NOW - timedelta(days=3)

MANIFEST = """
app: desk
version: 1.0.0
label: 服务台
roles:
  - {id: agent, label: 坐席}
  - {id: lead_agent, label: 组长}
"""

TICKET = """
form: ticket
label: 工单
title: name
sections:
  - id: basics
    label: 基本信息
    fields:
      - {id: name, type: text, label: 标题, required: true}
      - {id: cause, type: text, label: 原因}
      - {id: cost, type: money, label: 费用, currency: CNY}
      - {id: place, type: geo, label: 位置}
      - {id: urgent, type: yes_no, label: 紧急, ask: question}
stages:
  - id: open
    label: 待处理
    expect: P2D
    gate:
      fields: [cause, urgent]
      that:
        - {id: has_cost, that: cost > 0, message: 请先估算费用}
      evidence:
        - {id: minutes, label: 会议纪要, kind: document, types: [pdf], fresh: true}
      override: [lead_agent]
  - id: fixing
    label: 处理中
    back: {to: [open]}
    gate:
      evidence:
        - id: photo
          label: 现场照片
          kind: photo
          at_least: 2
          within: {of: place, metres: 200}
          expires: P1D
        - {id: report, label: 报告, review: lead_agent, when: urgent = true}
  - id: done
    label: 已完成
    outcome: won
    entry:
      that:
        - {id: cheap, that: cost < 1000, message: 费用超过一千元不能完成}
  - id: dropped
    label: 已取消
    aside: true
    outcome: lost
    back: {to: any}
access:
  agent: {rows: own, create: true, edit: true, advance: true}
  lead_agent: {rows: tree, create: true, edit: true, advance: true}
"""


@cache
def desk() -> App:
    """Return the app."""
    return load_app({"app.yaml": MANIFEST, "forms/ticket.yaml": TICKET})


def ticket_form() -> Form:
    """Return its form."""
    return desk().forms["ticket"]


def facts(
    stage: str = "open",
    evidence: tuple[Evidence, ...] = (),
    role: str = "agent",
    now: datetime = NOW,
    **values: Any,
) -> Facts:
    """Return facts about a ticket with some values."""
    record = Record(
        app="desk",
        form="ticket",
        id="t1",
        version=1,
        owner="p1",
        department="d1",
        pipeline="main",
        stage=stage,
        stage_entered_at=ENTERED,
        created_at=ENTERED,
        created_by="p1",
        updated_at=ENTERED,
        updated_by="p1",
        last_activity_at=ENTERED,
        values={"name": "打印机", **values},
    )
    actor = Actor(id="p1", name="张三", department="d1", roles={"desk": frozenset({role})})
    return Facts(
        record=record,
        row=record.row(),
        actor=actor,
        now=now,
        today=now.date(),
        evidence=evidence,
    )


COMPLETE: Mapping[str, Any] = {"cause": "卡纸", "cost": Decimal("80.00"), "urgent": False}
"""What the first gate asks for, but the evidence."""


def piece(item: str, type_: str = "pdf", **more: Any) -> Evidence:
    """Return a piece of evidence that was handed in yesterday."""
    file = StoredFile(
        id=f"f-{item}",
        name=f"{item}.{type_}",
        type=type_,
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        uploaded_at=NOW,
        uploaded_by="p1",
    )
    at = NOW - timedelta(hours=20)
    return replace(
        Evidence(id=f"e-{item}", item=item, file=file, added_at=at, added_by="p1"), **more
    )

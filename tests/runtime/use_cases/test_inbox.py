"""What waits is found by the name under which it is shown, and by no name that one may not read."""

from __future__ import annotations

from engine.record import Record
from engine.wording import Message
from runtime.store.tasks import Task
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.inbox import Box, Inbox, Looking, inbox
from runtime.workspace.open import install_app
from tests.desk import FILES, Desk

CALL = """
form: call
label: {zh: 来电, en: Call}
title: site
sections:
  - id: basics
    label: {zh: 基本信息, en: Basics}
    fields:
      - {id: site, type: reference, to: site, label: {zh: 站点, en: Site}}
access:
  agent: {rows: all, create: true}
"""


def _ask(desk: Desk, login: str, record: Record, form: str = "ticket") -> str:
    asked = Task(
        key=f"{login}:{record.id}",
        kind="todo",
        person=desk.people[login].id,
        title=Message("回电话"),
        app="desk",
        form=form,
        record=record.id,
        opened_at=desk.clock(),
    )
    with desk.services.store.unit() as unit:
        return unit.tasks.open(asked)


def _found(
    desk: Desk, login: str, text: str, form: str | None = None, box: Box = "todo"
) -> list[str]:
    looking = Looking(box=box, text=text, app=form and "desk", form=form)
    found: Inbox = inbox(desk.services, desk.act(login), looking)
    assert found.total == len(found.lines)
    return sorted(str(line.about) for line in found.lines)


def test_a_to_do_is_found_by_the_name_of_its_record(desk: Desk) -> None:
    printer, plotter = (desk.made("ticket", "ann", name=name) for name in ("打印机 HP-7", "绘图仪"))
    for ticket in (printer, plotter):
        _ask(desk, "ann", ticket)

    assert _found(desk, "ann", "hp-7") == ["打印机 HP-7"]
    assert _found(desk, "ann", "图仪", "ticket") == ["绘图仪"]
    assert _found(desk, "ann", "图仪", "site") == []
    assert _found(desk, "ann", "回电话") == ["打印机 HP-7", "绘图仪"]
    assert _found(desk, "ann", "%") == []


def test_what_was_done_is_found_when_its_record_is_in_the_recycle_bin(desk: Desk) -> None:
    ticket = desk.made("ticket", "ann", name="绘图仪")
    id_ = _ask(desk, "ann", ticket)
    with desk.services.store.unit() as unit:
        unit.tasks.close(id_, "done", desk.clock())
    delete_record(desk.services, desk.act("chief_north"), desk.form(), ticket.id)

    assert _found(desk, "ann", "绘图", box="done") == ["绘图仪"]


def test_nobody_finds_out_a_name_that_they_may_not_read(desk: Desk) -> None:
    ticket = desk.made("ticket", "ann", name="绘图仪")
    _ask(desk, "ben", ticket)

    assert _found(desk, "ben", "绘图仪") == []
    assert _found(desk, "ben", "回电话") == ["None"]


def test_what_is_called_like_something_else_is_found_by_that(desk: Desk) -> None:
    install_app(desk.services, {**FILES, "forms/call.yaml": CALL.encode()})
    site = desk.made("site", "admin", name="东郊机房")
    _ask(desk, "ann", desk.made("call", "ann", site=site.id), "call")

    assert _found(desk, "ann", "东郊") == ["东郊机房"]
    assert _found(desk, "ann", "西郊") == []

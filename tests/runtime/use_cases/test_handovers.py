"""What one person hands over stands on a list, is explained, given and confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.outcomes import Denied, Missing
from engine.wording import Message
from runtime.jobs.workshop import Workshop
from runtime.sheets.opening import open_book
from runtime.store.handovers import Handover
from runtime.store.tasks import Task
from runtime.use_cases.comment_record import Remark, comment_record
from runtime.use_cases.handovers.give import ask_to_give, give_handover
from runtime.use_cases.handovers.prepare import note_item, prepare_handover
from runtime.use_cases.handovers.read import read_handover
from runtime.use_cases.handovers.receive import receive_items
from runtime.use_cases.transfer_record import transfer_record
from tests.desk import Desk
from tests.web.visitor import visitor


def _prepared(desk: Desk, to: str = "ben") -> Handover:
    ids = (desk.people["ann"].id, desk.people[to].id)
    made = prepare_handover(desk.services, desk.act("admin"), *ids)
    assert isinstance(made, Handover)
    return made


def _do_all(desk: Desk) -> None:
    shop = Workshop(services=desk.services)
    while True:
        with desk.services.store.reading() as unit:
            due = unit.jobs.due(1)
        if not due:
            return
        shop.run(due[0])


def _open(desk: Desk, login: str) -> list[str]:
    with desk.services.store.reading() as unit:
        tasks = unit.tasks.open_with("handover:")
    return [str(task.title) for task in tasks if task.person == desk.people[login].id]


def _counts(desk: Desk, found: Handover) -> dict[str, int]:
    with desk.services.store.reading() as unit:
        return dict(unit.handovers.counts(found.id))


def _kinds(desk: Desk, record: str) -> list[str]:
    with desk.services.store.reading() as unit:
        return [one.kind for one in reversed(unit.events.of_record(desk.form(), record))]


def test_a_list_is_explained_given_and_confirmed(desk: Desk) -> None:
    first, second = desk.ticket("ann"), desk.ticket("ann")
    remark = Remark(text="客户说周五前要修好")
    comment_record(desk.services, desk.act("ann"), desk.form(), first.id, remark)
    found = _prepared(desk)
    assert _open(desk, "ann") == ["填写交接清单：2 条记录将交给本田"]

    noted = note_item(desk.services, desk.act("ann"), found.id, first.id, "备件已经订了")
    assert not isinstance(noted, Denied | Missing)
    told = read_handover(desk.services, desk.act("ann"), found.id)
    assert not isinstance(told, Missing)
    said = {line.item.record: line for line in told.lines}
    talk = said[first.id].talk
    assert talk is not None
    assert talk.text == "客户说周五前要修好"
    assert (said[first.id].item.note, said[second.id].item.note) == ("备件已经订了", None)

    ask_to_give(desk.services, desk.act("admin"), found.id)
    _do_all(desk)
    assert desk.stored(second.id).owner == desk.people["ben"].id
    assert (_open(desk, "ann"), _open(desk, "ben")) == ([], ["确认接收安静交接的 2 条记录"])

    ben = desk.act("ben")
    assert receive_items(desk.services, ben, found.id, (first.id,)) == 1
    assert _counts(desk, found)["received"] == 1
    assert receive_items(desk.services, ben, found.id) == 1
    assert _kinds(desk, first.id)[-3:] == ["handover_noted", "transferred", "handover_received"]
    assert _open(desk, "ben") == []
    assert isinstance(receive_items(desk.services, ben, found.id), Denied)


def test_the_list_names_what_goes_along_until_it_is_given(small_desk: Desk) -> None:
    desk = small_desk
    desk.ticket("ann")
    found = _prepared(desk)
    with desk.services.store.unit() as unit:
        ann, now = desk.people["ann"].id, desk.clock()
        new = Task(key="t", kind="todo", person=ann, title=Message("盘点备件"), opened_at=now)
        unit.tasks.open(new)
    who = visitor(desk, "ann")
    listed = who.get(f"/handovers/{found.id}").text.partition("一起交接的待办和审批")[2]
    assert "盘点备件" in listed
    assert "填写交接清单" not in listed
    ask_to_give(desk.services, desk.act("admin"), found.id)
    _do_all(desk)
    assert "盘点备件" not in who.get(f"/handovers/{found.id}").text


def test_only_those_with_a_part_in_it_find_the_list(small_desk: Desk) -> None:
    desk, record = small_desk, small_desk.ticket("ann")
    found = _prepared(desk)
    with desk.services.store.unit() as unit:
        unit.people.edit(desk.people["ann"].id, manager=desk.people["chief_north"].id)
    for login, sees, notes in (("sue", False, False), ("ben", True, False), ("ann", True, True),
                               ("chief_north", True, True), ("admin", True, True)):  # fmt: skip
        act = desk.act(login)
        told = read_handover(desk.services, act, found.id)
        assert isinstance(told, Missing) is not sees, login
        outcome = note_item(desk.services, act, found.id, record.id, f"由{login}说明")
        assert isinstance(outcome, Denied | Missing) is not notes, login
        assert isinstance(receive_items(desk.services, act, found.id), Denied | Missing), login
    assert isinstance(ask_to_give(desk.services, desk.act("ann"), found.id), Denied)
    told = read_handover(desk.services, desk.act("ben"), found.id)
    assert not isinstance(told, Missing)
    assert [line.title for line in told.lines] == [None]


def test_giving_goes_on_where_it_was_cut_short_and_leaves_what_went_elsewhere(desk: Desk) -> None:
    records = [desk.ticket("ann") for _ in range(4)]
    found = _prepared(desk)
    sue = desk.people["sue"].id
    transfer_record(desk.services, desk.act("admin"), desk.form(), records[0].id, sue)

    def stop(done: int, _: int | None) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_handover(desk.services, desk.act("admin"), found.id, stop)
    assert _counts(desk, found)["waiting"] == 2
    give_handover(desk.services, desk.act("admin"), found.id, lambda *_: None)
    assert _counts(desk, found) | {"gone": 1, "given": 3, "all": 3} == _counts(desk, found)
    assert desk.stored(records[0].id).owner == sue
    assert [_kinds(desk, one.id).count("transferred") for one in records] == [1, 1, 1, 1]


def test_the_list_goes_away_as_a_sheet(small_desk: Desk, tmp_path: Path) -> None:
    desk, record = small_desk, small_desk.ticket("ann")
    found = _prepared(desk)
    note_item(desk.services, desk.act("ann"), found.id, record.id, "=1+1")
    answer = visitor(desk, "admin").client.get(f"/handovers/{found.id}/sheet")
    path = tmp_path / "list.xlsx"
    path.write_bytes(answer.data)
    sheet = open_book(path).sheet("交接清单")
    assert sheet is not None
    head, row = [one.cells for one in sheet.rows()]
    assert head[:3] == ("表单", "记录", "阶段")
    assert row[:3] + row[7:] == ("工单", "打印机", "待处理", "=1+1", "安静", "待移交")
    assert visitor(desk, "sue").get(f"/handovers/{found.id}/sheet").status_code == 404

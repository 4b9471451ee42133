"""Does a button of an app's own do its work, for those who may, once for each press?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.use_cases.list_records import Wanted
from runtime.use_cases.read_record import Reading, read_record
from runtime.use_cases.rules.press_button import NOTHING, press_button, press_for_each
from runtime.use_cases.sweeps.start import Started, start_sweep
from runtime.use_cases.sweeps.sweep import Sweep
from tests.api.client import Client, client_of
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.workspaces import DATABASES

RULES = {
    "hurry": """
label: 加急
form: ticket
on: {type: button, label: {zh: 加急处理, en: Hurry}, places: [record, list]}
if: begun = null
do: [{type: set_fields, set: {begun: 'today()'}}]
""",
    "blame": """
label: 归因
form: ticket
on: {type: button, ask: [cause], confirm: 确定原因？, roles: [chief]}
if: cause = null
do: [{type: notify, to: {fields: [owner]}, text: '原因：{cause}'}]
""",
    "onward": """
label: 推进
form: ticket
on: {type: button}
do: [{type: advance, stage: fixing}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def _press(ruled: Ruled, who: str, record: Record, rule: str, **values: str) -> object:
    form = ruled.desk.form()
    given = read_json(form, values) if values else NOTHING
    act = ruled.desk.act(who)
    return press_button(ruled.desk.services, act, form, record.id, rule, given)


def _offered(ruled: Ruled, who: str, record: Record) -> list[str]:
    reading = read_record(ruled.desk.services, ruled.desk.act(who), ruled.desk.form(), record.id)
    assert isinstance(reading, Reading)
    return [rule.id for rule in reading.buttons]


def test_a_button_does_its_work_at_once_and_is_gone_when_it_does_not_apply(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")
    assert _offered(ruled, "ann", record) == ["hurry", "onward"]

    outcome = _press(ruled, "ann", record, "hurry")

    assert isinstance(outcome, Saved)
    assert outcome.record.values["begun"] is not None
    assert _offered(ruled, "ann", record) == ["onward"]
    assert isinstance(_press(ruled, "ann", record, "hurry"), Denied)
    assert [one.kind for one in ruled.events(record)][:2] == ["created", "pressed"]
    ruled.work()
    assert len(ruled.runs("hurry")) == 1


def test_only_those_may_press_who_have_the_right(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")
    before = ruled.desk.stored(record.id)

    assert isinstance(_press(ruled, "ann", record, "blame", cause="卡纸"), Denied)
    assert isinstance(_press(ruled, "ben", record, "hurry"), Missing)
    assert isinstance(_press(ruled, "ann", record, "nothing"), Missing)
    assert ruled.desk.stored(record.id) == before


def test_what_a_button_asks_for_must_be_filled_and_nothing_else_is_taken(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")

    empty = _press(ruled, "chief_north", record, "blame")
    assert isinstance(empty, Invalid)
    assert [*empty.complaints] == ["cause"]
    done = _press(ruled, "chief_north", record, "blame", cause="卡纸", name="改名")

    assert isinstance(done, Saved)
    assert done.record.values["cause"] == "卡纸"
    assert done.record.values["name"] == record.values["name"]
    assert ruled.notices("ann") == ["原因：卡纸"]


def test_what_is_in_the_way_is_said_to_who_pressed(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")

    outcome = _press(ruled, "ann", record, "onward")

    assert isinstance(outcome, Invalid)
    assert outcome.complaints[""]
    assert [run.state for run in ruled.runs("onward")] == ["failed"]


def test_the_same_key_presses_once(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")
    act = replace(ruled.desk.act("chief_north"), key="k", request="r")
    given = read_json(ruled.desk.form(), {"cause": "卡纸"})

    for _ in range(2):
        press_button(ruled.desk.services, act, ruled.desk.form(), record.id, "blame", given)

    assert ruled.notices("ann") == ["原因：卡纸"]


def test_a_button_of_the_list_does_it_for_each(ruled: Ruled) -> None:
    records = [ruled.desk.ticket("ann", cause=cause) for cause in ("甲", "乙")]
    _press(ruled, "ann", records[0], "hurry")

    act, ids = ruled.desk.act("ann"), [one.id for one in records]
    results = dict(press_for_each(ruled.desk.services, act, ruled.desk.form(), ids, "hurry"))

    assert isinstance(results[records[0].id], Denied)
    assert isinstance(results[records[1].id], Saved)


def test_programs_press_it_too(ruled: Ruled) -> None:
    api: Client = client_of(ruled.desk)
    record = ruled.desk.ticket("ann")
    path = f"/forms/ticket/records/{record.id}/press"

    done = api.post(f"{path}/hurry", {}, who="ann", key="k")
    again = api.post(f"{path}/hurry", {}, who="ann", key="k")
    denied = api.post(f"{path}/blame", {"values": {"cause": "x"}}, who="ann")
    many = api.post(
        "/forms/ticket/bulk", {"do": "press", "button": "hurry", "ids": [record.id]}, who="ann"
    )

    assert (done.status_code, again.status_code, denied.status_code) == (200, 200, 403)
    assert done.json["values"]["begun"] is not None
    assert [one["status"] for one in many.json["results"]] == [403]


def test_it_is_pressed_for_all_that_a_list_finds(ruled: Ruled) -> None:
    desk = ruled.desk
    tickets = [desk.ticket("ann") for _ in range(2)]
    desk.ticket("sue")
    sweep = Sweep(app="desk", form="ticket", deed="press", rule="hurry")
    act = desk.act("chief_north", door="bulk")

    begun = start_sweep(desk.services, act, desk.form(), sweep, Wanted(), 2)
    Workshop(services=desk.services).run_due()

    assert isinstance(begun, Started)
    assert {desk.stored(one.id).values["begun"] for one in tickets} == {
        desk.services.today(desk.clock())
    }
    with desk.services.store.reading() as unit:
        job = unit.jobs.one(begun.job)
    assert job is not None
    assert (job.result["done"], tuple(job.result["refused"])) == (2, ())

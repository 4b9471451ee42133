"""Do rules notice that time has passed, each occurrence once?"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from engine.outcomes import Saved
from engine.record import Record, StoredFile
from runtime.jobs.workshop import Workshop
from runtime.store.rule_runs import RuleRun
from runtime.use_cases.attach_evidence import Handed, attach_evidence
from runtime.use_cases.keep_file import upload_file
from runtime.use_cases.rules.ticking import tick
from runtime.workspace.open import install_app
from tests.runtime.rules.ruled import Ruled, open_ruled, with_rules
from tests.workspaces import DATABASES

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"
RULES = {
    "silence": """
label: 三天没动静
form: ticket
on: {type: silent, after: {calendar: PT72H}, repeat: {calendar: P7D}, most: 2}
if: stage = "open"
do:
  - {type: set_fields, set: {cause: '"无人跟进"'}}
  - {type: notify, to: {fields: [owner]}, text: '{name} 没动静'}
""",
    "no_tickets": """
label: 站点没有新工单
form: site
on: {type: silent, after: {calendar: P30D}, of: ticket, by: site}
do: [{type: notify, to: {roles: [chief]}, text: '{name} 久无工单'}]
""",
    "slow": """
label: 阶段超时
form: ticket
on: {type: overdue}
do: [{type: notify, to: {managers_of: [owner]}, text: '{name} 停在{stage}'}]
""",
    "near": """
label: 快到期
form: ticket
on: {type: date, field: due, days: [-7, -3, 0]}
if: due != null
do: [{type: notify, to: {fields: [owner]}, text: '{name} {due}'}]
""",
    "expiring": """
label: 凭证到期
form: ticket
on: {type: evidence_expired, items: [minutes], days: [-7, 0]}
do: [{type: notify, to: {fields: [owner]}, text: '{name} 的纪要到期'}]
""",
    "weekly": """
label: 周一
form: site
on: {type: schedule, every: week, on: [monday], at: '09:30'}
if: name = "甲"
do: [{type: notify, to: {roles: [chief]}, text: '周会 {name}'}]
""",
    "daily": """
label: 每天
form: site
on: {type: schedule, every: day, at: '08:00', catch_up: all, working: true}
if: name = "乙"
do: [{type: notify, to: {roles: [chief]}, text: '每天 {name}'}]
""",
    "punctual": """
label: 准点
form: site
on: {type: schedule, every: month, day: 31, at: '08:00', catch_up: skip}
if: name = "丙"
do: [{type: notify, to: {roles: [chief]}, text: '月末 {name}'}]
""",
}


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def at(ruled: Ruled, day: int, hour: int = 9, minute: int = 0, month: int = 3) -> None:
    """Put the clock to a time of Shanghai."""
    zone = ruled.desk.services.calendar.zone
    moment = datetime(2026, month, day, hour, minute, tzinfo=zone)
    ruled.desk.clock.moment = moment.astimezone(UTC)


def test_silence_is_noticed_once_and_again_when_it_lasts(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.desk.clock.move(hours=71)
    assert [run.rule for run in _ticked(ruled, "silence")] == []
    ruled.desk.clock.move(hours=1)

    [first] = _ticked(ruled, "silence")
    assert first.record == ticket.id
    assert first.cause is None
    assert ruled.desk.stored(ticket.id).values["cause"] == "无人跟进"
    for _ in range(3):
        ruled.desk.clock.move(days=2)
        assert len(_ticked(ruled, "silence")) == 1  # what the rule itself did is no activity
    ruled.desk.clock.move(days=1)
    assert len(_ticked(ruled, "silence")) == 2
    ruled.desk.clock.move(days=30)
    assert len(_ticked(ruled, "silence")) == 2
    assert ruled.notices("ann") == ["打印机 没动静"] * 2


def test_activity_starts_silence_anew(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann")
    ruled.desk.clock.move(hours=72)
    assert len(_ticked(ruled, "silence")) == 1
    ruled.edit("ann", ticket, name="投影仪")
    ruled.desk.clock.move(hours=71)
    assert len(_ticked(ruled, "silence")) == 1
    ruled.desk.clock.move(hours=1)

    assert len(_ticked(ruled, "silence")) == 2
    assert ruled.notices("ann")[-1] == "投影仪 没动静"


def test_a_list_is_silent_when_nothing_new_comes_into_it(ruled: Ruled) -> None:
    busy = ruled.desk.made("site", "ann", name="忙")
    quiet = ruled.desk.made("site", "ann", name="闲")
    ruled.desk.clock.move(days=20)
    ruled.desk.ticket("ann", site=busy.id)
    ruled.edit("chief_north", quiet, "site", secret="x")
    ruled.desk.clock.move(days=10)

    assert [run.record for run in _ticked(ruled, "no_tickets")] == [quiet.id]
    ruled.desk.clock.move(days=20)
    assert [run.record for run in _ticked(ruled, "no_tickets")] == [quiet.id, busy.id]


def test_a_stage_is_overdue_after_working_days(ruled: Ruled) -> None:
    at(ruled, 6, 10)  # a Friday
    ticket = ruled.desk.ticket("ann")
    at(ruled, 10, 9)
    assert _ticked(ruled, "slow") == []
    at(ruled, 10, 11)

    [run] = _ticked(ruled, "slow")
    assert run.record == ticket.id
    assert ruled.notices("chief_north") == ["打印机 停在待处理"]


def test_a_date_is_told_before_and_on_the_day_and_anew_when_it_moves(ruled: Ruled) -> None:
    ticket = ruled.desk.ticket("ann", due="2026-03-20")
    at(ruled, 13, 8, 59)
    assert _ticked(ruled, "near") == []
    for day in (13, 14, 17, 18):
        at(ruled, day, 9)
        ruled.tick()
    assert [run.reason["number"] for run in ruled.runs("near")] == [-7, -3]
    at(ruled, 19)
    ruled.edit("ann", ticket, due="2026-03-26")
    ruled.tick()
    assert [run.reason["number"] for run in ruled.runs("near")] == [-7, -3, -7]
    at(ruled, 26)

    ruled.tick()

    assert [run.reason["since"] for run in ruled.runs("near")] == [
        "2026-03-20",
        "2026-03-20",
        "2026-03-26",
        "2026-03-26",
    ]


def test_a_date_long_past_is_told_no_more(ruled: Ruled) -> None:
    at(ruled, 20)
    for due in ("2026-03-18", "2026-03-17", "2026-01-01"):
        ruled.desk.ticket("ann", due=due)

    found = _ticked(ruled, "near")

    assert [run.reason["since"] for run in found] == ["2026-03-18"]


def test_a_weekly_time_is_made_up_for_once(ruled: Ruled) -> None:
    ruled.desk.made("site", "ann", name="甲")
    ruled.desk.made("site", "ann", name="别的")
    assert _ticked(ruled, "weekly") == []
    at(ruled, 2, 9, 30)
    assert len(_ticked(ruled, "weekly")) == 1
    at(ruled, 27)

    assert len(_ticked(ruled, "weekly")) == 2
    assert ruled.runs("weekly")[-1].reason["since"].startswith("2026-03-23")


def test_each_missed_working_day_is_made_up_for(ruled: Ruled) -> None:
    ruled.desk.made("site", "ann", name="乙")
    ruled.tick()
    at(ruled, 10)

    days = [run.reason["since"][8:10] for run in _ticked(ruled, "daily")]

    assert sorted(days) == ["03", "04", "05", "06", "09", "10"]


def test_a_time_that_is_not_caught_up_with_is_let_go(ruled: Ruled) -> None:
    ruled.desk.made("site", "ann", name="丙")
    ruled.tick()
    at(ruled, 31, 8, 30)
    assert _ticked(ruled, "punctual") == []
    at(ruled, 30, 8, 5, month=4)

    assert len(_ticked(ruled, "punctual")) == 1


def test_what_no_longer_holds_when_its_turn_comes_may_come_about_later(ruled: Ruled) -> None:
    services = ruled.desk.services
    ticket = ruled.desk.ticket("ann")
    ruled.desk.clock.move(hours=72)
    assert tick(services) > 0
    _in_stage(ruled, ticket.id, "done")
    ruled.work()
    assert ruled.runs("silence") == []
    _in_stage(ruled, ticket.id, "open")

    assert len(_ticked(ruled, "silence")) == 1


def test_many_workers_do_each_occurrence_once(ruled: Ruled) -> None:
    for number in range(120):
        ruled.desk.ticket("ann", due="2026-03-09", cause=str(number))
    at(ruled, 3)
    services = ruled.desk.services

    def work() -> None:
        tick(services)
        Workshop(services=services).run_due()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ruled.work()

    with services.store.reading() as unit:
        runs = unit.rule_runs.of_app("desk", rule="near", limit=500)
        notices = unit.notices.of_person(ruled.desk.people["ann"].id, limit=500)
    assert len({run.record for run in runs}) == len(runs) == 120
    assert len(notices) == 120


def test_a_rule_that_can_not_look_keeps_no_other_from_it(ruled: Ruled) -> None:
    ruled.desk.ticket("ann")
    ruled.desk.clock.move(hours=73)
    site = ruled.desk.services.store.tables(ruled.desk.form("site")).main
    with ruled.desk.services.store.unit() as unit:
        unit.connection.execute(text(f"ALTER TABLE {site.name} RENAME TO elsewhere"))

    with pytest.raises(ExceptionGroup) as failed:
        tick(ruled.desk.services)
    ruled.work()

    notes = {note for one in failed.value.exceptions for note in one.__notes__}
    assert notes == {"rule desk.no_tickets"}
    assert len(ruled.runs("silence")) == 1


def test_what_rules_look_for_has_an_index(ruled: Ruled) -> None:
    store = ruled.desk.services.store
    with store.reading() as unit:
        tables = inspect(unit.connection)
        found = {
            form: {
                tuple(index["column_names"])
                for index in tables.get_indexes(store.tables(ruled.desk.form(form)).main.name)
            }
            for form in ("ticket", "site")
        }

    assert {("last_activity_at",), ("stage_entered_at",), ("due",)} <= found["ticket"]
    assert not found["site"] & {("last_activity_at",), ("stage_entered_at",)}


def _ticked(ruled: Ruled, rule: str) -> list[RuleRun]:
    ruled.tick()
    return ruled.runs(rule)


def _in_stage(ruled: Ruled, id_: str, stage: str) -> None:
    services, form = ruled.desk.services, ruled.desk.form()

    with services.store.unit() as unit:
        record = unit.records.one(form, id_)
        assert record is not None
        after = replace(record, stage=stage, version=record.version + 1)
        assert unit.records.save(form, record, after)


LATER = {
    "new": """
label: 后来才有
form: ticket
on: {type: silent, after: {calendar: P30D}, repeat: {calendar: P7D}, most: 3}
do: [{type: notify, to: {fields: [owner]}, text: 久}]
""",
    "all": """
label: 以前的也算
form: ticket
on: {type: silent, after: {calendar: P30D}, backlog: true}
do: [{type: notify, to: {fields: [owner]}, text: 都算}]
""",
    "stuck": """
label: 后来才管超时
form: ticket
on: {type: overdue, stages: [open], after: {calendar: P30D}}
do: [{type: notify, to: {fields: [owner]}, text: 超}]
""",
    "stuck_all": """
label: 以前超时的也算
form: ticket
on: {type: overdue, stages: [open], after: {calendar: P30D}, backlog: true}
do: [{type: notify, to: {fields: [owner]}, text: 超}]
""",
}


def test_a_new_rule_lets_rest_what_is_long_past(ruled: Ruled) -> None:
    services, ids = ruled.desk.services, ("new", "all", "stuck", "stuck_all")
    ruled.desk.ticket("ann")
    ruled.desk.clock.move(days=40)
    install_app(services, with_rules(LATER))

    def fired() -> list[int]:
        ruled.tick()
        return [len(ruled.runs(id_)) for id_ in ids]

    assert fired() == [0, 1, 0, 1]
    ruled.desk.clock.move(days=4)
    assert fired() == [1, 1, 0, 1]  # it joins in where the silence goes on
    ruled.desk.ticket("ann")
    install_app(services, with_rules({**LATER, "stuck": LATER["stuck"].replace("后来", "将来")}))
    ruled.desk.clock.move(days=30)
    assert fired() == [2, 2, 1, 2]
    install_app(services, with_rules({**LATER, "stuck": LATER["stuck"].replace("P30D", "P3D")}))
    assert fired() == [2, 2, 1, 2]


def test_evidence_that_expires_is_told_and_a_newer_piece_counts(ruled: Ruled) -> None:
    at(ruled, 2)
    old, renewed = ruled.desk.ticket("ann"), ruled.desk.ticket("ann")
    for record, until in ((old, 20), (renewed, 20), (renewed, 30)):
        _hand_in(ruled, record, date(2026, 3, until))

    fired = []
    for day in (13, 14, 20, 21, 24, 31):
        at(ruled, day, 9, 30)
        fired.append([run.record for run in _ticked(ruled, "expiring")])

    assert [len(some) for some in fired] == [0, 1, 1, 2, 3, 4]
    assert fired[-1] == [old.id, old.id, renewed.id, renewed.id]


def _hand_in(ruled: Ruled, record: Record, until: date) -> None:
    services, act = ruled.desk.services, ruled.desk.act("ann")
    content = io.BytesIO(PDF + until.isoformat().encode())
    kept = upload_file(services, act, "minutes.pdf", content)
    assert isinstance(kept, StoredFile)
    handed = Handed(item="minutes", file=kept.id, expires_on=until)
    done = attach_evidence(services, act, ruled.desk.form(), record.id, handed)
    assert isinstance(done, Saved)

from __future__ import annotations

from dataclasses import replace

from engine.outcomes import Missing, Saved
from engine.record import Actor, Record
from engine.wording import Message
from runtime.store.query import Page
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.ask_why import Why, ask_why
from runtime.use_cases.delete_record import delete_record, restore_record
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.read_record import read_record
from tests.desk import Desk
from tests.runtime.approvals.office import Office


def _open(desk: Desk, record: Record, login: str, *hide: str) -> str:
    with desk.services.store.unit() as unit:
        task = unit.tasks.open(
            Task(
                key=f"{record.id}/{login}",
                kind="approve",
                person=desk.people[login].id,
                app="desk",
                form="ticket",
                record=record.id,
                approval="x",
                title=Message("审批"),
                opened_at=desk.clock(),
            )
        )
        unit.approvals.entrust(task, "x", hide)
        return task


def _now(desk: Desk, login: str) -> Actor:
    with desk.services.store.reading() as unit:
        actor = unit.people.actor(desk.people[login].id)
    assert actor is not None
    return actor


def _act(desk: Desk, login: str) -> Act:
    return replace(desk.act(login), actor=_now(desk, login))


def _listed(desk: Desk, login: str) -> list[str]:
    page = list_records(desk.services, _act(desk, login), desk.form(), Wanted())
    assert isinstance(page, Page)
    return [record.id for record in page.records]


def test_a_task_shows_its_record_for_as_long_as_it_is_open(desk: Desk) -> None:
    record, other = desk.ticket("ann", margin="5.00"), desk.ticket("ann")
    assert _listed(desk, "sue") == []

    task = _open(desk, record, "sue")
    reading = read_record(desk.services, _act(desk, "sue"), desk.form(), record.id)
    assert not isinstance(reading, Missing)
    assert "edit" not in reading.may
    assert "margin" not in reading.record.values
    assert _listed(desk, "sue") == [record.id]
    unseen = read_record(desk.services, _act(desk, "sue"), desk.form(), other.id)
    assert isinstance(unseen, Missing)

    with desk.services.store.unit() as unit:
        assert unit.tasks.close(task, "agreed", desk.clock())
    assert _listed(desk, "sue") == []
    gone = read_record(desk.services, _act(desk, "sue"), desk.form(), record.id)
    assert isinstance(gone, Missing)


def test_a_task_hides_what_its_step_hides(desk: Desk) -> None:
    record = desk.ticket("ann", cause="纸卡了")
    _open(desk, record, "sue", "cause")

    reading = read_record(desk.services, _act(desk, "sue"), desk.form(), record.id)
    assert not isinstance(reading, Missing)
    assert "cause" not in reading.record.values
    assert "name" in reading.record.values


def test_somebody_without_any_role_sees_what_a_task_is_about(small_desk: Desk) -> None:
    desk = small_desk
    record = desk.ticket("ann")
    with desk.services.store.unit() as unit:
        person = unit.people.add("guest", "客人", desk.clock())
        actor = unit.people.actor(person.id)
    assert actor is not None
    desk = replace(desk, people={**desk.people, "guest": actor})

    assert isinstance(
        read_record(desk.services, _act(desk, "guest"), desk.form(), record.id), Missing
    )
    _open(desk, record, "guest")
    reading = read_record(desk.services, _act(desk, "guest"), desk.form(), record.id)
    assert not isinstance(reading, Missing)
    assert reading.may == {"comment"}


def test_who_read_a_copy_may_look_it_up_for_a_month(office: Office) -> None:
    approval = office.submitted(cost="10")
    office.decide(approval, "chief_north", "agree")
    assert _listed(office, "sue") == [approval.record]

    office.decide(approval, "sue", "acknowledge")
    for days, seen in ((29, [approval.record]), (2, [])):
        office.pass_time(days=days)
        with office.services.store.unit() as unit:
            unit.jobs.save("tidy_jobs", {}, office.clock(), key=f"tidy {days}")
        office.pass_time(seconds=1)
        assert _listed(office, "sue") == seen


def test_the_reason_why_names_the_task_that_lets_one_see(small_office: Office) -> None:
    office = small_office
    approval = office.submitted(cost="10")
    office.decide(approval, "chief_north", "agree")

    def scopes() -> list[tuple[str, str]]:
        found = ask_why(office.services, office.act("sue"), office.form(), approval.record)
        assert isinstance(found, Why)
        rows = [one.ground for one in found.rights if one.ground.right == "rows"]
        return [(one.scope, str(one.label)) for one in rows if one.holds]

    assert [scope for scope, _ in scopes()] == ["task"]
    assert "费用审批" in scopes()[0][1]
    office.decide(approval, "sue", "acknowledge")
    assert [scope for scope, _ in scopes()] == ["copy"]


def test_to_dos_about_a_record_go_with_it_and_come_back_with_it(desk: Desk) -> None:
    record = desk.ticket("ann")
    with desk.services.store.unit() as unit:
        new = Task(
            key="call",
            kind="todo",
            person=desk.people["ann"].id,
            app="desk",
            form="ticket",
            record=record.id,
            title=Message("回电话"),
            opened_at=desk.clock(),
        )
        task = unit.tasks.open(new)

    def state() -> str:
        with desk.services.store.reading() as unit:
            found = unit.tasks.one(task)
        assert found is not None
        return found.state

    assert isinstance(
        delete_record(desk.services, desk.act("admin"), desk.form(), record.id), Saved
    )
    assert state() == "void"
    assert isinstance(
        restore_record(desk.services, desk.act("admin"), desk.form(), record.id), Saved
    )
    assert state() == "open"

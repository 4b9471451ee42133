from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from engine.wording import Message
from runtime.store.tasks import Task
from runtime.use_cases.administer_people import PersonDetails, edit_person
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.delegate import Handing, delegate, revoke_delegation
from runtime.use_cases.approvals.find_stalls import find_stalls, wake_stalled
from runtime.use_cases.hand_over import left_behind
from runtime.use_cases.take_over import take_over_duties, take_over_tasks
from runtime.workspace.checkup import findings
from runtime.workspace.open import install_app
from tests.runtime.approvals.office import REVIEW, WITH_APPROVALS, Office, open_office


def _switch_off(office: Office, login: str) -> None:
    person = office.people[login]
    details = PersonDetails(
        login=login, name=person.name, department=person.department, active=False
    )
    assert edit_person(office.services, office.people["admin"].id, person.id, details, {}) == {}


def test_what_waits_for_somebody_who_leaves_goes_on(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    _switch_off(office, "chief_north")
    office.pass_time(seconds=1)
    (heir,) = office.waiting(approval)
    assert heir != "chief_north"
    assert isinstance(office.decide(approval, heir, "agree"), Settled)
    assert office.waiting(approval) == ["audit"]


def test_a_doctor_names_what_would_stall(small_office: Office) -> None:
    office = small_office
    assert findings(office.services, 10_000) == ()
    approval = office.submitted(cost="2000.00")
    with office.services.store.unit() as unit:
        unit.people.edit(office.people["chief_north"].id, active=False)
    found = find_stalls(office.services)
    assert [one.approval.id for one in found if one.approval] == [approval.id]
    assert any("孙主管" in str(one.message) and one.approval is None for one in found)
    assert any("角色“主管”里没有人" in str(one.message) for one in found)
    assert len(findings(office.services, 10_000)) == len(found)

    assert wake_stalled(office.services) == 1
    office.pass_time(seconds=1)
    assert office.waiting(approval) != ["chief_north"]
    assert [one for one in find_stalls(office.services) if one.approval] == []


def test_a_stand_in_decides_while_somebody_is_away(office: Office) -> None:
    before = office.submitted(cost="2000.00")
    now = office.clock()
    handing = Handing(
        stand_in=office.people["ben"].id,
        starts_at=now + timedelta(hours=1),
        ends_at=now + timedelta(days=1),
    )
    made = delegate(office.services, office.act("chief_north"), handing)
    assert office.waiting(before) == ["chief_north"]
    office.pass_time(hours=2)
    assert office.waiting(before) == ["ben"]
    assert office.waiting(office.submitted(cost="2000.00")) == ["ben"]

    assert isinstance(office.decide(before, "ben", "agree"), Settled)
    seat = office.run(before).visits[0].seats[-1]
    assert (seat.by, seat.instead_of) == (office.people["ben"].id, office.people["chief_north"].id)

    assert not hasattr(made, "complaints")
    assert revoke_delegation(office.services, office.act("chief_north"), made.id) is None
    assert office.waiting(office.submitted(cost="2000.00")) == ["chief_north"]


def test_an_approval_under_way_keeps_its_version(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        old = office.submitted(cost="2000.00")
        changed = REVIEW.replace("who: [{person: audit}]", "who: [{person: admin}]")
        manifest = WITH_APPROVALS["app.yaml"].replace(b"1.0.0", b"1.1.0")
        files = {
            **WITH_APPROVALS,
            "app.yaml": manifest,
            "workflows/review.yaml": changed.encode(),
        }
        install_app(office.services, files)
        new = office.submitted(cost="2000.00")
        for approval, then in ((old, "audit"), (new, "admin")):
            office.decide(approval, "chief_north", "agree")
            assert office.waiting(approval) == [then]


def test_who_takes_over_gets_the_to_dos_the_approvals_and_those_to_come(office: Office) -> None:
    waiting = office.submitted(cost="2000.00")
    ids = {login: office.people[login].id for login in ("chief_north", "ben", "admin")}
    with office.services.store.unit() as unit:
        title, now = Message("检查备件"), office.clock()
        new = Task(key="t", kind="todo", person=ids["chief_north"], title=title, opened_at=now)
        to_do = unit.tasks.open(new)
    _switch_off(office, "chief_north")
    office.pass_time(seconds=1)
    (meanwhile,) = office.waiting(waiting)
    assert meanwhile not in ("chief_north", "ben")

    counts = take_over_tasks(office.services, office.act("admin"), ids["chief_north"], ids["ben"])
    office.pass_time(seconds=1)

    assert counts == (1, 1)
    assert office.waiting(waiting) == ["ben"]
    assert office.waiting(office.submitted(cost="10")) == ["ben"]
    with office.services.store.reading() as unit:
        passed_on = unit.tasks.one(to_do)
    assert passed_on is not None
    assert (passed_on.person, passed_on.state) == (ids["ben"], "open")
    assert any("检查备件" in said for said in office.told("ben"))
    assert isinstance(office.decide(waiting, "ben", "agree"), Settled)


def test_duties_pass_on_and_no_approval_would_stall(small_office: Office) -> None:
    office = small_office
    chief, ben = office.people["chief_north"].id, office.people["ben"].id
    with office.services.store.unit() as unit:
        unit.people.edit(office.people["ann"].id, manager=chief)
        unit.people.edit(ben, manager=chief)
    _switch_off(office, "chief_north")
    assert find_stalls(office.services) != ()
    take_over_tasks(office.services, office.act("admin"), chief, ben)
    assert take_over_duties(office.services, chief, ben) == 4
    office.pass_time(seconds=1)

    assert find_stalls(office.services) == ()
    left = left_behind(office.services, office.act("admin"), chief)
    assert not left
    with office.services.store.reading() as unit:
        people = {one.id: one for one in unit.people.list()}
        departments = [one.head for one in unit.people.departments.tree()]
        assert [one.id for one in unit.people.with_role("desk", "chief")] == [ben]
    assert chief not in departments
    assert (people[office.people["ann"].id].manager, people[ben].manager) == (ben, None)


def test_who_comes_back_is_asked_again(small_office: Office) -> None:
    office = small_office
    chief, ben = office.people["chief_north"].id, office.people["ben"].id
    take_over_tasks(office.services, office.act("admin"), chief, ben)
    assert office.waiting(office.submitted(cost="10")) == ["chief_north"]
    _switch_off(office, "chief_north")
    assert office.waiting(office.submitted(cost="10")) == ["ben"]
    person = office.people["chief_north"]
    details = PersonDetails(login="chief_north", name=person.name, department=person.department)
    edit_person(office.services, office.people["admin"].id, chief, details, {})
    _switch_off(office, "chief_north")
    assert office.waiting(office.submitted(cost="10")) != ["ben"]


def test_two_who_took_over_from_each_other_end_somewhere(small_office: Office) -> None:
    office = small_office
    chief, ben = office.people["chief_north"].id, office.people["ben"].id
    for leaver, heir in ((chief, ben), (ben, chief)):
        take_over_tasks(office.services, office.act("admin"), leaver, heir)
    for login in ("chief_north", "ben"):
        _switch_off(office, login)
    assert office.waiting(office.submitted(cost="10")) == ["admin"]

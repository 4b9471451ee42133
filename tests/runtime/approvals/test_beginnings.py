from __future__ import annotations

import io
from pathlib import Path

from engine.forms.submission import read_json
from engine.outcomes import Denied, Invalid, Refusal, Saved
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.read_approval import startable
from runtime.use_cases.bulk import bulk_edit
from runtime.use_cases.create_record import create_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.keep_file import upload_file
from runtime.workspace.demo_extras import content_of
from tests.desk import PASSWORD
from tests.runtime.approvals.office import Office, open_office

CREATED = """
workflow: on_creation
label: 新建即审
form: ticket
start: {created: true, button: false, when: cost > 1000}
steps:
  - {kind: approve, id: one, label: 一, who: [{person: chief_north}]}
"""
ENTERED = """
workflow: on_entry
label: 进入即审
form: ticket
start: {stage: fixing, roles: [chief], when: cost > 5, message: 费用太低，不用审批}
steps:
  - {kind: approve, id: one, label: 一, who: [{person: audit}]}
lock: [name]
"""
STRICT = """
workflow: strict
label: 严格审批
form: ticket
steps:
  - {kind: approve, id: one, label: 一, who: [{person: chief_north}], password: true}
  - {kind: approve, id: two, label: 二, who: [{person: audit}], signature: true}
"""
BY_DATE = """
workflow: by_date
label: 按期限
form: ticket
lock: none
steps:
  - kind: approve
    id: one
    label: 一
    who: [{person: chief_north}]
    within: {until: due, at: "09:00"}
    ladder: [{act: tell, to: [{person: admin}]}]
"""


def _create(office: Office, **values: str) -> object:
    form = office.form()
    given = read_json(form, {"name": "打印机", **values})
    return create_record(office.services, office.act("ann"), form, given)


def _running(office: Office, record: str) -> list[str]:
    with office.services.store.reading() as unit:
        return [one.workflow for one in unit.approvals.of_record(record, running=True)]


def test_what_is_created_is_submitted_by_itself_if_it_should(tmp_path: Path) -> None:
    with open_office(tmp_path, more={"workflows/on_creation.yaml": CREATED}) as office:
        dear, cheap = _create(office, cost="2000.00"), _create(office, cost="1.00")
        assert isinstance(dear, Saved)
        assert isinstance(cheap, Saved)
        assert _running(office, dear.record.id) == ["on_creation"]
        assert _running(office, cheap.record.id) == []
        assert office.stored(dear.record.id).version == dear.record.version
        by_hand = office.submit(cheap.record, "on_creation")
        assert isinstance(by_hand, Denied)


def test_what_enters_a_stage_is_submitted_by_whoever_moved_it(tmp_path: Path) -> None:
    with open_office(tmp_path, more={"workflows/on_entry.yaml": ENTERED}) as office:
        record = office.ticket("ann", cost="10.00", cause="磨损")
        step = Step(target="fixing", override=True)
        act = office.act("chief_north", "急")
        moved = advance_record(office.services, act, office.form(), record.id, step)
        assert isinstance(moved, Saved)
        assert _running(office, record.id) == ["on_entry"]

        name, cause = ({field: "新的"} for field in ("name", "cause"))
        ann, form = office.act("ann"), office.form()
        shut = edit_record(office.services, ann, form, record.id, read_json(form, name), None)
        assert isinstance(shut, Denied)
        assert "标题" in str(shut.message)
        given = read_json(form, name)
        ((_, in_bulk),) = bulk_edit(office.services, ann, form, (record.id,), given)
        assert isinstance(in_bulk, Denied)
        free = edit_record(office.services, ann, form, record.id, read_json(form, cause), None)
        assert isinstance(free, Saved)


def test_only_what_may_begin_is_offered(tmp_path: Path) -> None:
    more = {"workflows/on_entry.yaml": ENTERED, "workflows/on_creation.yaml": CREATED}
    with open_office(tmp_path, more=more) as office:
        record = office.ticket("ann", cost="10.00")

        def offered(login: str) -> set[str]:
            found = startable(office.services, office.act(login), office.form(), record.id)
            return {workflow.id for workflow in found}

        assert offered("ann") == {"review", "crowd"}
        assert offered("chief_north") == {"review", "crowd", "on_entry"}
        assert offered("audit") == set()
        assert isinstance(office.submit(record, "on_entry"), Refusal | Denied)
        office.submit(record)
        assert offered("ann") == {"crowd"}


def test_deciding_takes_the_password_and_the_signature_where_they_are_asked_for(
    tmp_path: Path,
) -> None:
    with open_office(tmp_path, more={"workflows/strict.yaml": STRICT}) as office:
        approval = office.submitted("strict")
        assert isinstance(office.decide(approval, "chief_north", "agree"), Refusal)
        wrong = office.decide(approval, "chief_north", "agree", password="guess")
        assert isinstance(wrong, Invalid)
        assert set(wrong.complaints) == {"password"}
        right = office.decide(approval, "chief_north", "agree", password=PASSWORD)
        assert isinstance(right, Settled)

        assert isinstance(office.decide(approval, "audit", "agree"), Refusal)

        def signed(login: str) -> str:
            content = io.BytesIO(content_of("sign.png", login))
            return str(upload_file(office.services, office.act(login), "sign.png", content).id)  # type: ignore[union-attr]  # it is a picture

        foreign = office.decide(approval, "audit", "agree", signature=signed("ann"))
        assert isinstance(foreign, Invalid)
        own = signed("audit")
        assert isinstance(office.decide(approval, "audit", "agree", signature=own), Settled)
        with office.services.store.reading() as unit:
            assert [place.record for place in unit.files.places(own)] == [approval.record]
        assert office.run(approval).visits[1].seats[0].signature == own


def test_a_deadline_follows_its_date_when_that_moves(tmp_path: Path) -> None:
    with open_office(tmp_path, more={"workflows/by_date.yaml": BY_DATE}) as office:
        approval = office.submitted("by_date", due="2026-03-04")
        form = office.form()
        given = read_json(form, {"due": "2026-03-06"})
        ann = office.act("ann")
        saved = edit_record(office.services, ann, form, approval.record, given, None)
        assert isinstance(saved, Saved)
        office.pass_time(days=3)
        assert office.told("admin") == []
        office.pass_time(days=2)
        assert len(office.told("admin")) == 1

from __future__ import annotations

from pathlib import Path

from engine.forms.submission import read_json
from engine.outcomes import Conflict, Denied, Missing, Refusal, Saved
from runtime.use_cases.advance_record import advance_record
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.decide_approval import (
    Choice,
    decide_approval,
    urge_approval,
    withdraw_approval,
)
from runtime.use_cases.approvals.read_approval import Seen, approvals_of
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.read_record import read_record
from tests.runtime.approvals.office import REVIEW, Office, open_office


def test_what_is_agreed_to_by_all_ends_well(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    assert office.waiting(approval) == ["chief_north"]

    assert isinstance(office.decide(approval, "chief_north", "agree", opinion="同意"), Settled)
    assert office.waiting(approval) == ["audit"]

    done = office.decide(approval, "audit", "agree", values={"cause": "配件涨价"})
    assert isinstance(done, Settled)
    assert office.now(approval).outcome == "agreed"
    assert office.stored(approval.record).values["cause"] == "审批通过"
    with office.services.store.reading() as unit:
        events = unit.events.of_record(office.form(), approval.record)
    by_hand = [event for event in events if "cause" in event.changes]
    assert [event.changes["cause"][1] for event in reversed(by_hand)] == ["配件涨价", "审批通过"]
    assert [event.actor for event in reversed(by_hand)] == [office.people["audit"].id, "approval"]
    assert office.waiting(approval) == ["sue"]


def test_a_step_whose_condition_fails_is_passed_over(small_office: Office) -> None:
    approval = small_office.submitted(cost="10.00")
    small_office.decide(approval, "chief_north", "agree")
    assert small_office.now(approval).outcome == "agreed"


def test_who_is_asked_hears_about_which_record(small_office: Office, tmp_path: Path) -> None:
    small_office.submitted()
    assert small_office.told("chief_north")[0] == "“打印机”费用审批：主管"

    secret = REVIEW.replace("edit: [cause]", "edit: [cause], sees: [cost]".replace(", ", "\n    "))
    with open_office(tmp_path / "blind", more={"workflows/review.yaml": secret}) as blind:
        approval = blind.submitted(cost="2000.00")
        blind.decide(approval, "chief_north", "agree")
        assert blind.told("audit")[0] == "费用审批：审计"


def test_what_is_refused_ends_and_the_submitter_hears_of_it(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    unsaid = office.decide(approval, "chief_north", "refuse")
    assert isinstance(unsaid, Refusal)
    assert office.waiting(approval) == ["chief_north"]

    assert isinstance(office.decide(approval, "chief_north", "refuse", opinion="太贵"), Settled)
    assert office.now(approval).outcome == "refused"
    assert office.waiting(approval) == []
    assert any("费用审批" in text for text in office.told("ann"))


def test_what_is_returned_can_be_mended_and_handed_in_again(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    assert isinstance(office.decide(approval, "chief_north", "return", opinion="写原因"), Settled)
    assert office.waiting(approval) == ["ann"]

    handed = office.decide(approval, "ann", "resubmit", values={"cause": "磨损"}, opinion="已补")
    assert isinstance(handed, Settled)
    assert office.stored(approval.record).values["cause"] == "磨损"
    assert office.waiting(approval) == ["chief_north"]
    assert isinstance(office.decide(approval, "chief_north", "agree"), Settled)
    assert office.waiting(approval) == ["audit"]


def test_who_submitted_may_withdraw_and_submit_again(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    by_another = withdraw_approval(office.services, office.act("chief_north"), approval.id)
    assert isinstance(by_another, Denied | Refusal)
    answer = withdraw_approval(office.services, office.act("ann"), approval.id, "填错了")
    assert isinstance(answer, Settled)
    assert office.waiting(approval) == []
    again = office.submit(office.stored(approval.record))
    assert isinstance(again, Settled)


def test_one_approval_of_a_kind_runs_at_a_time(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    assert isinstance(office.submit(office.stored(approval.record)), Denied | Refusal)
    other = office.submit(office.stored(approval.record), "crowd")
    assert isinstance(other, Settled)


def test_a_record_is_locked_at_every_door_while_it_is_in_approval(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    form, id_ = office.form(), approval.record
    given = read_json(form, {"name": "别的"})
    shut = edit_record(office.services, office.act("ann"), form, id_, given, None)
    assert isinstance(shut, Denied)
    assert "费用审批" in str(shut.message)
    assert isinstance(advance_record(office.services, office.act("ann"), form, id_), Denied)
    assert isinstance(delete_record(office.services, office.act("chief_north"), form, id_), Denied)

    office.decide(approval, "chief_north", "return", opinion="改一下")
    saved = edit_record(office.services, office.act("ann"), form, id_, given, None)
    assert isinstance(saved, Saved)
    office.decide(approval, "ann", "resubmit")
    office.decide(approval, "chief_north", "refuse", opinion="不行")
    saved = edit_record(office.services, office.act("ann"), form, id_, given, None)
    assert isinstance(saved, Saved)


def test_who_read_before_the_lock_can_not_save_after_it(office: Office) -> None:
    record = office.ticket("ann", cost="2000.00")
    submitted = office.submit(record)
    assert isinstance(submitted, Settled)
    assert office.stored(record.id).version > record.version


def test_who_gets_a_copy_sees_the_record_from_then_on(office: Office) -> None:
    approval = office.submitted(cost="10.00")
    form, id_ = office.form(), approval.record

    def seen() -> bool:
        reading = read_record(office.services, office.act("sue"), form, id_)
        return not isinstance(reading, Missing)

    assert not seen()
    office.decide(approval, "chief_north", "agree")
    assert seen()
    assert isinstance(office.decide(approval, "sue", "acknowledge"), Settled)
    assert seen()


def test_whoever_comes_second_is_told_what_happened(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    task = office.task(approval, "chief_north")
    office.decide(approval, "chief_north", "agree")
    again = office.decide(approval, "chief_north", "agree")
    assert isinstance(again, Refusal)
    assert task is not None
    assert not isinstance(again, Conflict)


def test_nobody_decides_on_the_task_of_another(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    task = office.task(approval, "chief_north")
    assert task is not None
    foreign = decide_approval(office.services, office.act("ann"), task.id, Choice(verb="agree"))
    assert isinstance(foreign, Missing)


def test_reminders_and_the_ladder_come_when_they_are_due(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    before = len(office.told("chief_north"))
    office.pass_time(hours=19)
    assert len(office.told("chief_north")) == before
    office.pass_time(hours=2)
    assert len(office.told("chief_north")) == before + 1
    assert office.told("admin") == []
    office.pass_time(hours=4)
    assert len(office.told("admin")) == 1
    office.pass_time(days=9)
    assert len(office.told("admin")) == 1
    assert office.waiting(approval) == ["chief_north"]


def test_one_urges_once_in_a_while(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    office.clock.move(hours=5)
    before = len(office.told("chief_north"))
    assert isinstance(urge_approval(office.services, office.act("ann"), approval.id), Settled)
    assert len(office.told("chief_north")) == before + 1
    assert isinstance(urge_approval(office.services, office.act("ann"), approval.id), Refusal)
    office.clock.move(hours=5)
    assert isinstance(urge_approval(office.services, office.act("ann"), approval.id), Settled)


def test_a_person_reads_how_it_stands_and_what_can_be_done(office: Office) -> None:
    approval = office.submitted(cost="2000.00")
    (seen,) = _seen(office, "chief_north", approval.record)
    assert [one.verbs for one in seen.own] == [
        ("agree", "refuse", "return", "transfer", "add_signer", "ask_opinion")
    ]
    assert not seen.withdraw
    (own,) = _seen(office, "ann", approval.record)
    assert own.withdraw
    assert own.own == ()
    assert "孙主管" in own.names.values()


def _seen(office: Office, login: str, record: str) -> tuple[Seen, ...]:
    found = approvals_of(office.services, office.act(login), office.form(), record)
    assert not isinstance(found, Missing)
    return found

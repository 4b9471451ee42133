from __future__ import annotations

from pathlib import Path

from engine.outcomes import Refusal, Saved
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.approvals.course import Settled
from tests.desk import TICKET
from tests.runtime.approvals.office import Office, open_office

FORM = {
    "forms/ticket.yaml": TICKET.replace(
        "  - id: fixing\n    label: {zh: 处理中, en: Fixing}\n",
        "  - id: fixing\n    label: {zh: 处理中, en: Fixing}\n    gate: {approval: review}\n",
    )
}


def _fixing(office: Office) -> str:
    record = office.ticket("ann", cost="10.00", cause="磨损")
    step = Step(target="fixing", override=True)
    moved = advance_record(
        office.services, office.act("chief_north", "急"), office.form(), record.id, step
    )
    assert isinstance(moved, Saved), moved
    return record.id


def _advance(office: Office, id_: str) -> object:
    return advance_record(office.services, office.act("ann"), office.form(), id_)


def test_a_gate_opens_once_its_approval_ended_well(tmp_path: Path) -> None:
    with open_office(tmp_path, more=FORM) as office:
        id_ = _fixing(office)
        shut = _advance(office, id_)
        assert isinstance(shut, Refusal)
        assert [(one.kind, one.subject, str(one.message)) for one in shut.reasons] == [
            ("approval", "review", "需要先通过“费用审批”")
        ]

        submitted = office.submit(office.stored(id_))
        assert isinstance(submitted, Settled)
        office.decide(submitted.approval, "chief_north", "agree")
        assert isinstance(_advance(office, id_), Saved)


def test_an_approval_of_an_earlier_stay_opens_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path, more=FORM) as office:
        id_ = _fixing(office)
        submitted = office.submit(office.stored(id_))
        assert isinstance(submitted, Settled)
        office.decide(submitted.approval, "chief_north", "agree")
        office.clock.move(hours=1)
        act = office.act("chief_north", "再来")
        back = advance_record(office.services, act, office.form(), id_, Step(target="open"))
        assert isinstance(back, Saved)
        office.clock.move(hours=1)
        step = Step(target="fixing", override=True)
        assert isinstance(advance_record(office.services, act, office.form(), id_, step), Saved)
        assert isinstance(_advance(office, id_), Refusal)

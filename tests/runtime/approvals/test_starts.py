"""How does an approval begin, and what stays as it is while it runs?"""

from __future__ import annotations

from pathlib import Path

from engine.forms.submission import read_json
from engine.outcomes import Denied, Saved
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.create_record import create_record
from runtime.use_cases.edit_record import edit_record
from tests.runtime.approvals.office import Office, open_office

STEPS = """
steps:
  - {kind: approve, id: chief, label: 主管, who: [{person: chief_north}]}
"""


def flow(name: str, keys: str) -> dict[str, str]:
    text = f"workflow: {name}\nlabel: 审批\nform: ticket\n{keys}{STEPS}"
    return {f"workflows/{name}.yaml": text}


def running(office: Office, record: str) -> list[str]:
    with office.services.store.reading() as unit:
        return [one.workflow for one in unit.approvals.of_record(record, running=True)]


def test_when_a_record_is_created(tmp_path: Path) -> None:
    with open_office(tmp_path, more=flow("fresh", "start: {created: true}\n")) as office:
        asked = read_json(office.form(), {"name": "新工单"})
        made = create_record(office.services, office.act("ann"), office.form(), asked)
        assert isinstance(made, Saved), made
        assert running(office, made.record.id) == ["fresh"]


def test_when_a_record_enters_a_stage(tmp_path: Path) -> None:
    with open_office(tmp_path, more=flow("entered", "start: {stage: fixing}\n")) as office:
        record = office.ticket("ann", cost="10.00", cause="磨损")
        assert running(office, record.id) == []
        step = Step(target="fixing", override=True)
        act = office.act("chief_north", "急")
        moved = advance_record(office.services, act, office.form(), record.id, step)
        assert isinstance(moved, Saved), moved
        assert running(office, record.id) == ["entered"]


def test_without_a_button_nobody_submits_it(tmp_path: Path) -> None:
    with open_office(tmp_path, more=flow("silent", "start: {button: false}\n")) as office:
        answer = office.submit(office.ticket("ann"), "silent")
        assert not isinstance(answer, Settled)


def test_only_what_is_locked_stays_as_it_is(tmp_path: Path) -> None:
    with open_office(tmp_path, more=flow("part", "lock: [cost]\n")) as office:
        record = office.ticket("ann", cost="10.00")
        assert isinstance(office.submit(record, "part"), Settled)
        for values, expected in (({"cost": "20.00"}, Denied), ({"cause": "磨损"}, Saved)):
            asked = read_json(office.form(), values)
            got = edit_record(
                office.services, office.act("ann"), office.form(), record.id, asked, None
            )
            assert isinstance(got, expected), got

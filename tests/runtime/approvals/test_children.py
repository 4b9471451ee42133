from __future__ import annotations

from pathlib import Path

import pytest

from runtime.store.approvals import Approval
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.decide_approval import withdraw_approval
from tests.runtime.approvals.office import Office, open_office

PARENT = """
workflow: parent
label: 总审批
form: ticket
steps:
  - {kind: approval, id: first, label: 先审费用, workflow: review}
  - {kind: approve, id: last, label: 最后, who: [{person: admin}]}
"""
SITE = """
workflow: site_check
label: 站点审批
form: site
steps:
  - {kind: approve, id: one, label: 看站点, who: [{person: audit}]}
"""
OF_SITE = """
workflow: of_site
label: 带站点
form: ticket
steps:
  - {kind: approval, id: site, label: 站点, workflow: site_check, of: site}
  - {kind: approve, id: last, label: 最后, who: [{person: admin}]}
"""
MORE = {
    "workflows/parent.yaml": PARENT,
    "workflows/site_check.yaml": SITE,
    "workflows/of_site.yaml": OF_SITE,
}


def _child(office: Office, parent: Approval) -> Approval:
    with office.services.store.reading() as unit:
        (child,) = [one for one in unit.approvals.running() if one.parent]
    assert child.parent is not None
    assert child.parent.startswith(parent.id)
    return child


def test_a_parent_goes_on_when_its_child_ended_well(tmp_path: Path) -> None:
    with open_office(tmp_path, more=MORE) as office:
        parent = office.submitted("parent", cost="10.00")
        office.pass_time(seconds=1)
        child = _child(office, parent)
        assert office.waiting(parent) == []
        assert isinstance(office.decide(child, "chief_north", "agree"), Settled)
        office.pass_time(seconds=1)
        assert office.waiting(parent) == ["admin"]


def test_a_child_of_another_record_is_about_that_record(tmp_path: Path) -> None:
    with open_office(tmp_path, more=MORE) as office:
        site = office.made("site", "ann", name="一号站")
        parent = office.submitted("of_site", site=site.id)
        office.pass_time(seconds=1)
        child = _child(office, parent)
        assert (child.form, child.record) == ("site", site.id)
        office.decide(child, "audit", "refuse", opinion="不行")
        office.pass_time(seconds=1)
        assert office.now(parent).outcome == "refused"


@pytest.mark.parametrize("deed", ["withdraw", "nowhere"])
def test_a_child_never_holds_its_parent_for_ever(tmp_path: Path, deed: str) -> None:
    with open_office(tmp_path, more=MORE) as office:
        if deed == "nowhere":
            parent = office.submitted("of_site")
            office.pass_time(seconds=1)
            assert office.now(parent).outcome is not None or office.waiting(parent)
            return
        parent = office.submitted("parent", cost="10.00")
        office.pass_time(seconds=1)
        child = _child(office, parent)
        withdraw_approval(office.services, office.act("ann"), parent.id)
        office.pass_time(seconds=1)
        assert office.now(child).outcome == "cancelled"
        assert office.waiting(child) == []

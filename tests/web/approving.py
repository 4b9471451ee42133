"""An app with approvals of every kind, and what tests of its pages do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.approvals.submit_approval import submit_approval
from tests.desk import FILES, Desk, open_desk
from tests.web.visitor import Visitor

REPAIR = """
workflow: repair
label: {zh: 维修申请, en: Repair}
help: {zh: 费用先由主管审批，再由审计复核, en: The chief decides first}
form: ticket
steps:
  - kind: approve
    id: chief
    label: {zh: 主管审批, en: Chief}
    who: [{role: chief}]
    edit: [cost]
    opinion: [refuse, return]
    phrases: [{zh: 核对无误, en: Checked}]
  - kind: approve
    id: audit
    label: {zh: 审计复核, en: Audit}
    who: [{role: auditor}]
    within: {calendar: PT24H}
  - kind: cc
    id: copy
    label: {zh: 抄送归档, en: Copy}
    who: [{person: ben}]
"""

SIGNED = """
workflow: signed
label: {zh: 报废申请, en: Scrapping}
form: ticket
steps:
  - kind: approve
    id: chief
    label: {zh: 主管签字, en: Signature}
    who: [{role: chief}]
    signature: true
    password: true
    opinion: [agree, refuse]
  - kind: approve
    id: second
    label: {zh: 指定复核, en: Second look}
    who: [{chosen: auditor}]
"""

FILLED = """
workflow: filled
label: {zh: 补充说明, en: Details}
form: ticket
steps:
  - kind: handle
    id: fill
    label: {zh: 填写原因, en: Cause}
    who: [{person: ben}]
    edit: [cause]
    need: [cause]
"""

APPROVING = {
    **FILES,
    "workflows/repair.yaml": REPAIR.encode(),
    "workflows/signed.yaml": SIGNED.encode(),
    "workflows/filled.yaml": FILLED.encode(),
}


@contextmanager
def approving_desk(folder: Path) -> Iterator[Desk]:
    """Open the neutral app with its approvals."""
    with open_desk(folder, files=APPROVING) as desk:
        yield desk


def submitted(desk: Desk, login: str = "ann", workflow: str = "repair", **values: object) -> str:
    """Make a ticket, submit it, and return its id."""
    record = desk.ticket(login, **values)
    answer = submit_approval(desk.services, desk.act(login), desk.form(), record.id, workflow)
    assert isinstance(answer, Settled), answer
    return record.id


def page_of(id_: str, more: str = "") -> str:
    """Return the address of a ticket, or of something below it."""
    return f"/a/desk/ticket/{id_}{more}"


def deeds(somebody: Visitor, id_: str) -> dict[str, str]:
    """Return what the page of a ticket offers to do about its approvals, by verb."""
    found = re.findall(
        rf'href="({page_of(id_)}/approvals?/\w+/(\w+))"', somebody.get(page_of(id_)).text
    )
    return {verb: href for href, verb in found}

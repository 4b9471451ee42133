from __future__ import annotations

from pathlib import Path

import pytest

from runtime.scenarios.run import Result, run_scenarios
from runtime.scenarios.telling import tell
from tests.desk import PEOPLE
from tests.runtime.approvals.office import WITH_APPROVALS

GIVEN = """
given:
  records:
    - {form: ticket, id: t1, owner: ann, name: 打印机, cost: 2000}
"""


def _play(folder: Path, steps: str) -> Result:
    app = folder / "desk"
    for name, content in WITH_APPROVALS.items():
        path = app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (app / "scenarios").mkdir()
    told = f"scenario: 一个故事{GIVEN}steps:\n{steps}"
    (app / "scenarios" / "one.yaml").write_text(told, encoding="utf-8")
    (folder / "demo_people.yaml").write_text(PEOPLE, encoding="utf-8")
    (result,) = run_scenarios(app)
    return result


def test_a_story_of_an_approval_with_time_that_passes(tmp_path: Path) -> None:
    result = _play(
        tmp_path,
        """
  - as: ann
    submit: {record: t1, workflow: review, remark: 急}
    then: {approval: {state: running, waiting: [chief_north], steps: [chief]}, told: {sue: []}}
  - {pass: PT21H, then: {told: {chief_north: [“主管”快到期了，请处理], admin: []}}}
  - {pass: P1D, then: {told: {chief_north: [], admin: [“主管”等孙主管处理，已到期：费用审批]}}}
  - as: chief_north
    delegate: {to: ben, ends: "+2d"}
    then: {told: {ben: [“打印机”费用审批：主管]}}
  - {as: ben, return: {record: t1, opinion: 写原因}, then: {approval: {waiting: [ann]}}}
  - as: ann
    resubmit: {record: t1, values: {cause: 磨损}, opinion: 已补}
    then: {values: {cause: 磨损}, approval: {steps: [chief]}}
  - {as: ann, edit: {record: t1, values: {cause: 又改}}, then: {denied: true}}
  - {as: ben, agree: {record: t1}, then: {approval: {waiting: [audit]}}}
  - {as: ben, take_back: {record: t1}, then: {approval: {waiting: [ben]}}}
  - {as: ben, agree: {record: t1}}
  - {as: audit, agree: {record: t1, values: {cause: 涨价}}}
  - as: ann
    read: {record: t1}
    then: {values: {cause: 审批通过}, approval: {state: agreed, waiting: [sue], steps: [known]}}
  - {as: sue, acknowledge: {record: t1}, then: {approval: {waiting: []}}}
""",
    )
    assert result.passed, "\n".join(tell([result]))


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("{approval: {waiting: [ann]}}", "应等待 ann，实际 chief_north"),
        ("{approval: {state: agreed}}", "审批应为 agreed，实际 running"),
        ("{approval: {steps: [audit]}}", "应停在 audit，实际 chief"),
        ("{approval: {workflow: crowd}}", "这条记录没有审批"),
        ("{told: {chief_north: []}}", "“chief_north”应收到 —"),
        ("{told: {nobody: []}}", "这一步无法进行：nobody"),
    ],
)
def test_what_differs_of_an_approval_is_told(tmp_path: Path, then: str, words: str) -> None:
    result = _play(
        tmp_path, f"  - {{as: ann, submit: {{record: t1, workflow: review}}, then: {then}}}\n"
    )
    assert not result.passed
    assert words.removesuffix(" —") in "\n".join(tell([result]))
